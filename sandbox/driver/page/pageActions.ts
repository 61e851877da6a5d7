import { z } from "zod";
import type { Channel, User } from "../../server/state/Guild.ts";
import type { InteractionRecord } from "../../server/state/InteractionRecord.ts";
import { type Locale, locales } from "../../server/state/locales.ts";
import type { State } from "../../server/state/State.ts";
import type { StoredMessage } from "../../server/state/StoredMessage.ts";
import { changeMessage, postMessage, removeMessage } from "../actions/postMessage.ts";
import { type FieldValues, submitModal } from "../actions/submitModal.ts";
import { askForChoices, type OptionValues, useMessageCommand, useSlashCommand } from "../actions/useCommand.ts";
import { chooseFromMenu, clickButton } from "../actions/useComponent.ts";
import type { FileInput } from "../FileInput.ts";
import { commandsFor } from "../findCommand.ts";
import { InteractionHandle } from "../InteractionHandle.ts";
import { PersonCannot } from "../PersonCannot.ts";
import { maySee, pageMessage, pageState } from "./pageViews.ts";
import { examples } from "./staticFiles.ts";

/** Who asks, and what came with the request. */
export interface ActionContext {
  state: State;
  me: User;
  files: readonly FileInput[];
}

type Action = (context: ActionContext, input: unknown) => unknown;

/** A value in which `{"$file": n}` stands for the n-th file of the request. */
const value: z.ZodType = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ $file: z.int() }),
  z.array(z.union([z.string(), z.object({ $file: z.int() })])),
]);
const values = z.record(z.string(), value).default({});

function action<S extends z.ZodType>(schema: S, run: (context: ActionContext, input: z.output<S>) => unknown): Action {
  return (context, input) => run(context, schema.parse(input ?? {}));
}

/** What the page can ask for, by name: the driver's actions, and the reading that a client does. */
export const pageActions: Record<string, Action> = {
  state: action(z.object({}), async ({ state, me }) => ({ ...pageState(state, me), examples: await examples() })),

  language: action(z.object({ locale: z.enum(Object.keys(locales) as Locale[]) }), ({ state, me }, { locale }) => {
    me.locale = locale;
    state.hub.emit({ type: "personUpdate", userId: me.id });
    return {};
  }),

  messages: action(z.object({ channel: z.string() }), ({ state, me }, { channel }) => {
    const { id } = findChannel(state, channel);
    const visible = state.messagesIn(id).filter((message) => maySee(state, me.id, message));
    return visible.slice(-100).map((message) => pageMessage(state, message));
  }),

  commands: action(z.object({ channel: z.string() }), ({ state, me }, { channel }) =>
    commandsFor(state, me.id, findChannel(state, channel)),
  ),

  post: action(
    z.object({
      channel: z.string(),
      content: z.string(),
      replyTo: z.string().optional(),
      ping: z.boolean().default(true),
    }),
    async ({ state, me, files }, { channel, content, replyTo, ping }) => {
      const parent = replyTo === undefined ? {} : { replyTo: findMessage(state, me, replyTo) };
      const { id } = await postMessage(state, me.id, findChannel(state, channel), content, { files, ping, ...parent });
      return { id };
    },
  ),

  edit: action(z.object({ message: z.string(), content: z.string() }), async ({ state, me }, { message, content }) => {
    await changeMessage(state, me.id, findMessage(state, me, message), content);
    return {};
  }),

  delete: action(z.object({ message: z.string() }), ({ state, me }, { message }) => {
    removeMessage(state, me.id, findMessage(state, me, message));
    return {};
  }),

  slash: action(
    z.object({ channel: z.string(), name: z.string(), options: values }),
    async ({ state, me, files }, { channel, name, options }) =>
      started(
        await useSlashCommand(
          state,
          me.id,
          findChannel(state, channel),
          name,
          withFiles(options, files) as OptionValues,
        ),
      ),
  ),

  autocomplete: action(
    z.object({ channel: z.string(), name: z.string(), focused: z.string(), options: values }),
    async ({ state, me }, { channel, name, focused, options }) => {
      const typed = Object.fromEntries(Object.entries(options).filter(([, item]) => typeof item !== "object"));
      const record = askForChoices(state, me.id, findChannel(state, channel), name, focused, typed as OptionValues);
      return { choices: await new InteractionHandle(state, record).expectChoices({ timeoutMs: 3500 }).catch(() => []) };
    },
  ),

  menu: action(z.object({ message: z.string(), name: z.string() }), ({ state, me }, { message, name }) =>
    started(useMessageCommand(state, me.id, findMessage(state, me, message), name)),
  ),

  click: action(z.object({ message: z.string(), customId: z.string() }), ({ state, me }, { message, customId }) =>
    started(clickButton(state, me.id, findMessage(state, me, message), customId)),
  ),

  select: action(
    z.object({ message: z.string(), customId: z.string(), values: z.array(z.string()) }),
    ({ state, me }, { message, customId, values: picked }) =>
      started(chooseFromMenu(state, me.id, findMessage(state, me, message), customId, picked)),
  ),

  submit: action(
    z.object({ interaction: z.string(), fields: values }),
    async ({ state, me, files }, { interaction, fields }) => {
      const opened = [...state.interactions.values()].find(({ id, userId }) => id === interaction && userId === me.id);
      if (!opened) throw new PersonCannot("this form is gone");
      return started(await submitModal(state, opened, withFiles(fields, files) as FieldValues));
    },
  ),
};

function started({ id }: InteractionRecord) {
  return { interaction: id };
}

function findChannel(state: State, id: string): Channel {
  const channel = state.channels.get(id);
  if (!channel) throw new PersonCannot("this channel is gone");
  return channel;
}

function findMessage(state: State, me: User, id: string): StoredMessage {
  const message = state.messages.get(id);
  if (!message || message.deleted || !maySee(state, me.id, message)) throw new PersonCannot("this message is gone");
  return message;
}

function withFiles(input: Record<string, unknown>, files: readonly FileInput[]): Record<string, unknown> {
  const replace = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(replace);
    if (item === null || typeof item !== "object" || !("$file" in item)) return item;
    const file = files[Number(item.$file)];
    if (!file) throw new PersonCannot("a file is missing");
    return file;
  };
  return Object.fromEntries(Object.entries(input).map(([name, item]) => [name, replace(item)]));
}
