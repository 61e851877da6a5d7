import { ComponentType } from "discord-api-types/v10";
import type { ErrorCode } from "../../errors/EmendError.ts";
import type { GuildTask } from "../../learning/GuildTask.ts";
import type { EditFailed } from "../../queue/contract/EditOutcome.ts";
import { sayCode } from "../sayError.ts";
import type { Texts } from "../texts/en.ts";
import type { Card } from "./Card.ts";

/** The message of a training that did not work out. */
export function failureCard({ id, name, training }: GuildTask, { code }: EditFailed, texts: Texts): Card {
  const { learning } = texts;
  const why = wordsFor(code, training?.kind ?? "learn", texts) ?? sayCode(code, texts, BigInt(id).toString(36));
  const content = training?.kind === "check" ? learning.notImported(name, why) : learning.ended(name, why);
  const text = { type: ComponentType.TextDisplay as const, content };
  return { components: [{ type: ComponentType.Container, components: [text] }], files: [] };
}

function wordsFor(code: ErrorCode, kind: "learn" | "check", { learning: { why } }: Texts): string | undefined {
  if (code === "cancelled") return why.cancelled;
  if (code === "engine_failed") return why.engine;
  if (kind === "check") return why.file;
  return code === "bad_image" || code === "image_too_large" || code === "not_found" ? why.examples : undefined;
}
