import type { Picture } from "../../gpu-worker/image/Picture.ts";
import type { TaskName } from "../../src/queue/tasks.ts";
import type { ForeignPicture } from "../foreign/ForeignPicture.ts";
import type { Slots, Templates } from "../language/grammar.ts";
import type { MapName } from "../maps/MapRenderer.ts";
import type { Random } from "../random.ts";
import type { RenderExtras } from "../render/renderScene.ts";
import type { Scene, SceneText } from "../scene.ts";

/** Which compositions a proposed edit must be free of (train) or have one of (benchmark). */
export type Split = "train" | "benchmark";

/** One edit of one scene, not yet drawn. */
export interface Edit {
  readonly source: Scene;
  /** The scene after the edit; the source itself when only pixels change. */
  readonly target: Scene;
  /** A picture that is not of the world, instead of both scenes; only `post` changes it. */
  readonly foreign?: ForeignPicture;
  /** The answer is the source as it is: what the instruction names is not there. */
  readonly unchanged?: true;
  /** Extra marks on the target: a frame, or a flat object. */
  readonly extras?: RenderExtras;
  /** Shows the source or the target as one of its scene's maps instead of as a picture. */
  readonly views?: { readonly source?: MapName; readonly target?: MapName };
  /** A change of the source's pixels alone: what the edit has to undo. */
  readonly spoil?: (picture: Picture) => Picture;
  /** A change of the target's pixels: a filter or a style. */
  readonly post?: (picture: Picture) => Picture;
  readonly templates: Templates;
  readonly slots: Slots;
  /** What is captioned differently from the source scene's own caption: a map of it. */
  readonly sourceCaption?: (caption: string) => string;
  /** What is captioned differently from the target scene's own caption. */
  readonly targetCaption?: (caption: string) => string;
  /** The text of the target that the edit writes or changes. */
  readonly text?: SceneText;
  /** Keys (world/holdouts.ts) beyond those of the objects' colours, which are added for every scene. */
  readonly compositions: readonly string[];
}

/** A task of the world: one of the sixteen, unless it says otherwise. */
export interface WorldTask<Name extends string = TaskName> {
  readonly name: Name;
  /** Proposes an edit of a new random scene, or undefined when this scene offers none: the caller tries again. */
  readonly propose: (random: Random, split: Split) => Edit | undefined;
  /** Share of the pixels that an edit changes at most; by default all. */
  readonly largestShare?: number;
  /** Other edits that take this share of the training pairs, and none of the benchmark's. */
  readonly besides?: { readonly share: number; readonly propose: (random: Random) => Edit };
}

/** The same list with one entry replaced. */
export const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((each, i) => (i === index ? value : each));
