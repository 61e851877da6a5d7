import { type APIEmbed, type APIMessageTopLevelComponent, MessageFlags } from "discord-api-types/v10";
import { type FormIssue, formError, parseForm } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import type { StoredMessage } from "../state/StoredMessage.ts";
import { checkComponents, fillComponentIds } from "../validate/checkComponents.ts";
import { classicMessage, isV2, type MessageBody, v2Message } from "../validate/messageBody.ts";

/** Flags a bot may set on a message; EPHEMERAL only in answers to interactions. */
const SETTABLE =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2 |
  MessageFlags.IsVoiceMessage;

export interface ParsedMessage {
  body: MessageBody;
  /** undefined: leave as it is (on an edit). */
  content: string | undefined;
  embeds: APIEmbed[] | undefined;
  components: APIMessageTopLevelComponent[] | undefined;
  flags: number;
}

/**
 * Checks a message body as Discord does and gives it defaults. `old` is the message that is edited.
 * `at` is where the body lies in the request, for the paths in error messages.
 */
export function parseMessageBody(
  input: unknown,
  options: { old?: StoredMessage; mayBeEphemeral: boolean; at?: string[] },
): ParsedMessage {
  const { old, at = [] } = options;
  const asked = Number((input as { flags?: unknown } | null | undefined)?.flags ?? 0);
  const v2 = isV2(asked) || (old !== undefined && isV2(old.flags));
  const body: MessageBody = parseForm(v2 ? v2Message : classicMessage, input ?? {}, at);

  const allowed = SETTABLE | (options.mayBeEphemeral ? MessageFlags.Ephemeral : 0);
  const flags = (body.flags ?? 0) & allowed;
  const parsed: ParsedMessage = {
    body,
    content: body.content === null ? "" : body.content,
    embeds: body.embeds === null ? [] : (body.embeds as APIEmbed[] | undefined),
    components: body.components === null ? [] : (body.components as APIMessageTopLevelComponent[] | undefined),
    flags: v2 ? flags | MessageFlags.IsComponentsV2 : flags,
  };
  const issues = parsed.components ? checkComponents(parsed.components) : [];
  if (v2) issues.push(...legacyFields(parsed, old));
  if (issues.length > 0) throw formError(issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] })));
  if (parsed.components) fillComponentIds(parsed.components);
  return parsed;
}

/** A V2 message has neither content nor embeds; switching to V2 must clear what was there. */
function legacyFields(parsed: ParsedMessage, old: StoredMessage | undefined): FormIssue[] {
  const code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
  const issue = (field: string): FormIssue => ({
    path: [field],
    code,
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  });
  const content = parsed.content ?? old?.content ?? "";
  const embeds = parsed.embeds ?? old?.embeds ?? [];
  return [
    ...(content === "" ? [] : [issue("content")]),
    ...(embeds.length === 0 ? [] : [issue("embeds")]),
    ...((parsed.body.sticker_ids ?? []).length === 0 ? [] : [issue("sticker_ids")]),
  ];
}

/** Throws 50006 when nothing would be left to show. */
export function requireSomething(
  message: Pick<StoredMessage, "content" | "embeds" | "components" | "files" | "snapshot">,
): void {
  const empty = message.content.trim() === "" && message.embeds.length === 0 && message.files.length === 0;
  if (empty && message.components.length === 0 && message.snapshot === undefined) throw refusals.emptyMessage();
}
