import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";
import { DiscordError } from "./DiscordError.ts";

/** Discord's refusals by name, with the wording that Discord uses. */
export const refusals = {
  unauthorized: () => new DiscordError(401, 0, "401: Unauthorized"),
  notFound: () => new DiscordError(404, 0, "404: Not Found"),
  methodNotAllowed: () => new DiscordError(405, 0, "405: Method Not Allowed"),
  badRequest: () => new DiscordError(400, 0, "400: Bad Request"),
  badJson: () => new DiscordError(400, 50109, "The request body contains invalid JSON."),
  unknownChannel: () => new DiscordError(404, Code.UnknownChannel, "Unknown Channel"),
  unknownGuild: () => new DiscordError(404, Code.UnknownGuild, "Unknown Guild"),
  unknownMember: () => new DiscordError(404, Code.UnknownMember, "Unknown Member"),
  unknownMessage: () => new DiscordError(404, Code.UnknownMessage, "Unknown Message"),
  unknownUser: () => new DiscordError(404, Code.UnknownUser, "Unknown User"),
  unknownEmoji: () => new DiscordError(400, Code.UnknownEmoji, "Unknown Emoji"),
  unknownWebhook: () => new DiscordError(404, Code.UnknownWebhook, "Unknown Webhook"),
  unknownInteraction: () => new DiscordError(404, Code.UnknownInteraction, "Unknown interaction"),
  unknownApplicationCommand: () => new DiscordError(404, Code.UnknownApplicationCommand, "Unknown application command"),
  tooManyDailyCommands: () =>
    new DiscordError(
      400,
      Code.MaximumDailyApplicationCommandCreatesReached,
      "Max number of daily application command creates has been reached (200)",
    ),
  tooLarge: () => new DiscordError(413, Code.RequestEntityTooLarge, "Request entity too large"),
  alreadyAcknowledged: () =>
    new DiscordError(400, Code.InteractionHasAlreadyBeenAcknowledged, "Interaction has already been acknowledged."),
  /** The bot cannot see the channel. */
  missingAccess: () => new DiscordError(403, Code.MissingAccess, "Missing Access"),
  missingPermissions: () => new DiscordError(403, Code.MissingPermissions, "Missing Permissions"),
  cannotReplyWithoutHistory: () =>
    new DiscordError(
      400,
      Code.CannotReplyWithoutPermissionToReadMessageHistory,
      "Cannot reply without permission to read message history",
    ),
  notYourMessage: () =>
    new DiscordError(
      403,
      Code.CannotEditMessageAuthoredByAnotherUser,
      "Cannot edit a message authored by another user",
    ),
  emptyMessage: () => new DiscordError(400, Code.CannotSendAnEmptyMessage, "Cannot send an empty message"),
  cannotMessageUser: () =>
    new DiscordError(403, Code.CannotSendMessagesToThisUser, "Cannot send messages to this user"),
  /** The interaction's 15 minutes are over, or its token was never handed out. */
  invalidWebhookToken: () => new DiscordError(401, Code.InvalidWebhookToken, "Invalid Webhook Token"),
  /** An application that only the user installed may make five follow-ups. */
  tooManyFollowups: () =>
    new DiscordError(400, 40094, "This interaction response has reached the maximum number of follow-up messages"),
};
