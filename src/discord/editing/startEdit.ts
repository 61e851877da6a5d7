import { randomInt } from "node:crypto";
import type { RepliableInteraction } from "discord.js";
import { normaliseInstruction } from "../../conversation/normaliseInstruction.ts";
import type { NewTurn, Turn } from "../../conversation/Turn.ts";
import { inspectPicture } from "../../images/inspectPicture.ts";
import { type LearnedRef, MAX_STEPS } from "../../queue/contract/EditJob.ts";
import type { PictureRef } from "../../queue/contract/scalars.ts";
import type { GuildSettings } from "../../settings/GuildSettings.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { downloadPicture } from "../source/downloadPicture.ts";
import { type Destination, destinationOf } from "./destinationOf.ts";
import { jobOf } from "./jobOf.ts";
import { limitsOf } from "./limitsOf.ts";
import { requireAllowed } from "./requireAllowed.ts";
import { AUTO, requireKnownTask } from "./requireKnownTask.ts";
import { standingOf } from "./standingOf.ts";
import { lineLimitsOf, requirePlace, takePlace } from "./takePlace.ts";
import { withDefaults } from "./withDefaults.ts";

const MINUTE_MS = 60_000;
/** A message of its own can be posted at any time; this is how long somebody may still want it. */
const CHANNEL_DEADLINE_MS = 60 * MINUTE_MS;
/** The deferred reply can be filled for 15 min. */
const REPLY_DEADLINE_MS = 13 * MINUTE_MS;

export interface EditWish {
  /** An address of a picture on Discord, the turn whose result is to be edited, or the one to make again in another way. */
  readonly picture: { readonly url: string } | { readonly turn: Turn } | { readonly again: Turn };
  readonly instruction: string;
  readonly task?: string | undefined;
  readonly seed?: number | undefined;
  readonly steps?: number | undefined;
  readonly textGuidance?: number | undefined;
  readonly imageGuidance?: number | undefined;
  /** 0 … 1. */
  readonly alpha?: number | undefined;
  /** The message that shows the picture, for the result to reply to. */
  readonly sourceMessage?: string | undefined;
}

/**
 * From a wish to a job in the queue. The interaction has been deferred; nothing is recorded before everything was
 * checked, and the turn's id is the interaction's, so that a replay changes nothing.
 * @throws EmendError whose words the router shows to the asker
 */
export async function startEdit(interaction: RepliableInteraction, asked: EditWish, services: Services): Promise<void> {
  const settings = await services.settings.get(interaction.guildId); // also finds out whether Redis is there
  requireAllowed(standingOf(interaction), settings);
  const wish = withDefaults(asked, settings);
  const instruction = normaliseInstruction(wish.instruction);
  if (wish.steps !== undefined && !(Number.isInteger(wish.steps) && wish.steps >= 1 && wish.steps <= MAX_STEPS)) {
    throw new Refusal("bad_usage", (texts) => texts.problems.badSteps);
  }
  const destination = destinationOf(interaction);
  const task = wish.task ?? AUTO;
  const learned = await services.tasks.published(interaction.guildId);
  await requireKnownTask(task, services.workers, learned);

  const limits = lineLimitsOf(settings, services.maxWaiting);
  const { id: turnId, user, guildId: guild } = interaction;
  await requirePlace({ turnId, member: user.id, guild, steps: wish.steps, deadline: 0 }, limits, services);

  const source = await sourceOf(wish, { ...services, limits: limitsOf(services.limits, settings) });
  const turn = newTurn(interaction, { ...wish, instruction, task, learned }, source, destination, settings);
  if (!(await services.turns.create(turn))) return;
  const round = await takePlace(turn, limits, services);
  await services.replies.save(turn.id, interaction.token, interaction.createdTimestamp);
  const made = await services.turns.get(turn.id);
  if (!made) throw new Error("the turn that was just made is gone");
  services.board.track(made); // before there is a job whose end could end the reports
  await services.queue.add(jobOf(made), round);
  await services.turns.change(turn.id, { status: "queued" });
}

async function sourceOf({ picture }: EditWish, services: Services): Promise<PictureRef> {
  if ("again" in picture) {
    const { source } = picture.again;
    if (await services.blobs.has(source.sha256)) return source;
    throw new Refusal("not_found", (texts) => texts.problems.pictureGone);
  }
  if ("turn" in picture) {
    const { outcome, source } = picture.turn;
    return outcome?.status === "done" ? outcome.picture : source;
  }
  const { maxBytes } = services.limits;
  const bytes = await downloadPicture(picture.url, { maxBytes, cdnBase: services.cdnBase });
  const { width, height } = inspectPicture(bytes, services.limits);
  return { sha256: await services.blobs.put(bytes), width, height, bytes: bytes.length };
}

/** What is made again stands beside the first try, not below it. */
function parentOf({ picture }: EditWish): string | null {
  if ("turn" in picture) return picture.turn.id;
  return "again" in picture ? picture.again.parent : null;
}

function newTurn(
  interaction: RepliableInteraction,
  wish: EditWish & { readonly task: string; readonly learned: LearnedRef[] },
  source: PictureRef,
  { destination, mayReply }: Destination,
  { language }: GuildSettings,
): NewTurn {
  const requestedAt = Date.now();
  return {
    id: interaction.id,
    parent: parentOf(wish),
    source,
    instruction: wish.instruction,
    task: wish.task,
    seed: wish.seed ?? randomInt(2 ** 32),
    ...(wish.steps === undefined ? {} : { steps: wish.steps }),
    ...(wish.textGuidance === undefined ? {} : { textGuidance: wish.textGuidance }),
    ...(wish.imageGuidance === undefined ? {} : { imageGuidance: wish.imageGuidance }),
    ...(wish.learned.length === 0 ? {} : { learned: wish.learned }),
    requestedAt,
    deadline: requestedAt + (destination === "channel" ? CHANNEL_DEADLINE_MS : REPLY_DEADLINE_MS),
    author: interaction.user.id,
    guild: interaction.guildId,
    channel: interaction.channelId ?? interaction.user.id,
    locale: interaction.locale,
    channelLocale: language ?? interaction.guildLocale ?? interaction.locale,
    sourceMessage: mayReply ? (wish.sourceMessage ?? null) : null,
    destination,
    attachmentLimit: interaction.attachmentSizeLimit,
  };
}
