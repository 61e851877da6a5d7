import type {
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
  InteractionType,
} from "discord-api-types/v10";

/**
 * `waiting`: no answer yet. `thinking`: deferred, no message yet. `done`: answered. `failed`: no answer within 3 s, which
 * the user sees as "The application did not respond".
 */
export type InteractionState = "waiting" | "thinking" | "done" | "failed";

export interface InteractionRecord {
  id: string;
  token: string;
  type: InteractionType;
  userId: string;
  channelId: string;
  guildId: string | undefined;
  createdAt: number;
  state: InteractionState;
  /** The command's name, for "alice used /edit". */
  commandName: string | undefined;
  /** The target of a message command. */
  targetMessageId: string | undefined;
  /** The message that carries the component, also for a modal that a component opened. */
  sourceMessageId: string | undefined;
  /** The callback type that acknowledged it. */
  acknowledgedBy: number | undefined;
  /** The message behind `@original`. */
  originalMessageId: string | undefined;
  /** `@original` is a deferred reply that has not been filled yet. */
  deferred: boolean;
  /** Whether the deferred reply is private. */
  ephemeral: boolean;
  /** Follow-ups made so far; applications that only the user installed may make five. */
  followups: number;
  userInstallOnly: boolean;
  modal: APIModalInteractionResponseCallbackData | undefined;
  choices: APIApplicationCommandOptionChoice[] | undefined;
  cancelDeadline: () => void;
  /** The dispatched payload, kept so that it can be sent again. */
  payload: Record<string, unknown>;
}
