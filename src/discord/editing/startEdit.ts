import { randomInt } from "node:crypto";
import { normaliseInstruction } from "../../conversation/normaliseInstruction.ts";
import type { NewTurn, Turn } from "../../conversation/Turn.ts";
import { inspectPicture } from "../../images/inspectPicture.ts";
import { type LearnedRef, MAX_STEPS } from "../../queue/contract/EditJob.ts";
import { alphaSchema, type PictureRef } from "../../queue/contract/scalars.ts";
import type { ProfileName } from "../../queue/profiles.ts";
import type { GuildSettings } from "../../settings/GuildSettings.ts";
import { Refusal } from "../Refusal.ts";
import type { Services } from "../Services.ts";
import { downloadPicture } from "../source/downloadPicture.ts";
import type { Asker } from "./Asker.ts";
import { jobOf } from "./jobOf.ts";
import { limitsOf } from "./limitsOf.ts";
import { requireAllowed } from "./requireAllowed.ts";
import { AUTO, requireKnownTask } from "./requireKnownTask.ts";
import { lineLimitsOf, requirePlace, takePlace } from "./takePlace.ts";
import { withDefaults } from "./withDefaults.ts";

const MINUTE_MS = 60_000;
/** A message of its own can be posted at any time; this is how long somebody may still want it. */
const CHANNEL_DEADLINE_MS = 60 * MINUTE_MS;
/** The deferred reply can be filled for 15 min. */
const REPLY_DEADLINE_MS = 13 * MINUTE_MS;

export interface EditWish {
  /** An address of a picture on Discord, the turn whose result is to be edited, or the one whose source is, once more. */
  readonly picture: { readonly url: string } | { readonly turn: Turn } | { readonly again: Turn };
  readonly instruction: string;
  readonly task?: string | undefined;
  readonly seed?: number | undefined;
  readonly profile?: ProfileName | undefined;
  readonly steps?: number | undefined;
  readonly textGuidance?: number | undefined;
  readonly imageGuidance?: number | undefined;
  /** 0 … 1. */
  readonly alpha?: number | undefined;
  /** The message that shows the picture, for the result to reply to. */
  readonly sourceMessage?: string | undefined;
}

/**
 * From a wish to a job in the queue. An interaction has been deferred; nothing is recorded before everything was
 * checked, and the turn's id is the asker's, so that a replay changes nothing.
 * @throws EmendError whose words the router shows to the asker
 */
export async function startEdit(asker: Asker, asked: EditWish, services: Services): Promise<void> {
  const settings = await services.settings.get(asker.guild); // also finds out, before any download, whether Redis is there
  requireAllowed(asker.standing, settings);
  const wish = withDefaults(asked, settings);
  const instruction = normaliseInstruction(wish.instruction);
  if (wish.steps !== undefined && !(Number.isInteger(wish.steps) && wish.steps >= 1 && wish.steps <= MAX_STEPS)) {
    throw new Refusal("bad_usage", (texts) => texts.problems.badSteps);
  }
  if (!alphaSchema.optional().safeParse(wish.alpha).success) {
    throw new Refusal("bad_usage", (texts) => texts.problems.badAlpha);
  }
  const task = wish.task ?? AUTO;
  const learned = await services.tasks.published(asker.guild);
  await requireKnownTask(task, services.workers, learned);

  const limits = lineLimitsOf(settings, services.maxWaiting);
  const { id: turnId, user: member, guild } = asker;
  await requirePlace({ turnId, member, guild, steps: wish.steps, deadline: 0 }, limits, services);

  const source = await sourceOf(wish, { ...services, limits: limitsOf(services.limits, settings) });
  const turn = newTurn(asker, { ...wish, instruction, task, learned }, source, settings);
  if (!(await services.turns.create(turn))) return;
  const round = await takePlace(turn, limits, services);
  if (asker.reply) await services.replies.save(turn.id, asker.reply.token, asker.reply.createdAt);
  const made = await services.turns.get(turn.id);
  if (!made) throw new Error("the turn that was just made is gone");
  services.board.track(made); // before there is a job whose end could end the reports
  await services.queue.add(jobOf(made), round);
  await services.turns.change(turn.id, { status: "queued" });
}

async function sourceOf({ picture }: EditWish, services: Services): Promise<PictureRef> {
  if (!("url" in picture)) {
    const kept = "again" in picture ? picture.again.source : resultOf(picture.turn);
    if (await services.blobs.has(kept.sha256)) return kept;
    throw new Refusal("not_found", (texts) => texts.problems.pictureGone);
  }
  const { maxBytes } = services.limits;
  const bytes = await downloadPicture(picture.url, { maxBytes, cdnBase: services.cdnBase });
  const { width, height } = inspectPicture(bytes, services.limits);
  return { sha256: await services.blobs.put(bytes), width, height, bytes: bytes.length };
}

const resultOf = ({ outcome, source }: Turn): PictureRef => (outcome?.status === "done" ? outcome.picture : source);

/** Where the turn stands. What is made again stands beside the first try, not below it. */
function placeOf({ picture }: EditWish, id: string): Pick<Turn, "parent" | "tree"> {
  if ("turn" in picture) return { parent: picture.turn.id, tree: picture.turn.tree };
  return "again" in picture ? { parent: picture.again.parent, tree: picture.again.tree } : { parent: null, tree: id };
}

function newTurn(
  asker: Asker,
  wish: EditWish & { readonly task: string; readonly learned: LearnedRef[] },
  source: PictureRef,
  { language }: GuildSettings,
): NewTurn {
  const { destination, mayReply } = asker.destination;
  const requestedAt = Date.now();
  return {
    id: asker.id,
    ...placeOf(wish, asker.id),
    source,
    instruction: wish.instruction,
    task: wish.task,
    seed: wish.seed ?? randomInt(2 ** 32),
    ...(wish.profile === undefined ? {} : { profile: wish.profile }),
    ...(wish.steps === undefined ? {} : { steps: wish.steps }),
    ...(wish.textGuidance === undefined ? {} : { textGuidance: wish.textGuidance }),
    ...(wish.imageGuidance === undefined ? {} : { imageGuidance: wish.imageGuidance }),
    ...(wish.alpha === undefined ? {} : { alpha: wish.alpha }),
    ...(wish.learned.length === 0 ? {} : { learned: wish.learned }),
    ...(asker.ageRestricted ? { ageRestricted: true } : {}),
    requestedAt,
    deadline: requestedAt + (destination === "channel" ? CHANNEL_DEADLINE_MS : REPLY_DEADLINE_MS),
    author: asker.user,
    guild: asker.guild,
    channel: asker.channel,
    locale: asker.locale,
    channelLocale: language ?? asker.channelLocale,
    sourceMessage: mayReply ? (wish.sourceMessage ?? null) : null,
    instructionMessage: mayReply ? asker.message : null,
    destination,
    attachmentLimit: asker.attachmentLimit,
  };
}
