import type { Once } from "../conversation/Once.ts";
import type { PendingPictures } from "../conversation/PendingPictures.ts";
import type { TurnStore } from "../conversation/TurnStore.ts";
import type { PictureLimits } from "../images/inspectPicture.ts";
import type { GuildTaskStore } from "../learning/GuildTaskStore.ts";
import type { TrainingStore } from "../learning/TrainingStore.ts";
import type { Admission } from "../queue/Admission.ts";
import type { CancelRequests } from "../queue/CancelRequests.ts";
import type { EditQueue } from "../queue/EditQueue.ts";
import type { EditTimes } from "../queue/EditTimes.ts";
import type { LearnQueue } from "../queue/LearnQueue.ts";
import type { WorkerDirectory } from "../queue/WorkerDirectory.ts";
import type { GuildSettingsStore } from "../settings/GuildSettingsStore.ts";
import type { BlobStore } from "../storage/BlobStore.ts";
import type { Deliverer } from "./delivery/Deliverer.ts";
import type { Postbox } from "./delivery/Postbox.ts";
import type { ProgressBoard } from "./delivery/ProgressBoard.ts";
import type { ProgressMessages } from "./delivery/ProgressMessages.ts";
import type { ReplyHandles } from "./delivery/ReplyHandles.ts";
import type { Trainer } from "./learning/Trainer.ts";

/** What the handlers work with. Made once by `startBot`; tests make their own. */
export interface Services {
  readonly turns: TurnStore;
  readonly pending: PendingPictures;
  readonly once: Once;
  readonly settings: GuildSettingsStore;
  readonly blobs: BlobStore;
  readonly queue: EditQueue;
  readonly admission: Admission;
  readonly times: EditTimes;
  readonly cancels: CancelRequests;
  readonly workers: WorkerDirectory;
  readonly replies: ReplyHandles;
  readonly board: ProgressBoard;
  readonly progress: ProgressMessages;
  readonly deliverer: Deliverer;
  readonly postbox: Postbox;
  readonly tasks: GuildTaskStore;
  readonly trainings: TrainingStore;
  readonly learnQueue: LearnQueue;
  readonly trainer: Trainer;
  readonly limits: PictureLimits;
  /** Edits in the line, of all servers together. */
  readonly maxWaiting: number;
  /** DISCORD_CDN_URL, when the bot does not talk to Discord itself. */
  readonly cdnBase: string | undefined;
}
