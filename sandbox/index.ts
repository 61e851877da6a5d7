/** The local Discord: start it, point a bot at it, and act as its people. See docs/sandbox.md. */
export type { FieldValue, FieldValues } from "./driver/actions/submitModal.ts";
export type { OptionValues } from "./driver/actions/useCommand.ts";
export { ChannelHandle } from "./driver/ChannelHandle.ts";
export type { FileInput } from "./driver/FileInput.ts";
export { InteractionHandle } from "./driver/InteractionHandle.ts";
export { MessageHandle, type MessagePicture } from "./driver/MessageHandle.ts";
export { ModalHandle } from "./driver/ModalHandle.ts";
export { Person } from "./driver/Person.ts";
export { PersonCannot } from "./driver/PersonCannot.ts";
export { Sandbox } from "./driver/Sandbox.ts";
export type { WaitOptions } from "./driver/waitFor.ts";
export type { Fault } from "./server/http/Faults.ts";
export { type SandboxOptions, startSandbox } from "./startSandbox.ts";
