import { backgroundOf } from "../../backgrounds/index.ts";
import { heldOutColors, heldOutObjects, heldOutValues, objectKey, valueKey } from "../../holdouts.ts";
import { captionOf, describeObject } from "../../language/describe.ts";
import type { Slots, Templates } from "../../language/grammar.ts";
import type { MapName } from "../../maps/MapRenderer.ts";
import type { Random } from "../../random.ts";
import { type SceneWishes, sampleScene } from "../../sampleScene.ts";
import type { Scene } from "../../scene.ts";
import { effectsAt } from "../global.ts";
import type { Split, WorldTask } from "../WorldTask.ts";

/** How a map's two directions are worded. */
export interface MapWords {
  /** What a caption calls the map: "a depth map". */
  readonly noun: string;
  /** Picture → map. */
  readonly toMap: Templates;
  /**
   * Map → picture. Each template has `<caption>` ("a red boat and a blue cat on a beach"), or both `<things>` ("a red
   * boat and a blue cat") and `<place>` ("on a beach").
   */
  readonly toPicture: Templates;
}

export interface MapTaskOptions {
  /** Every scene has one of these kinds of objects. Half of the pictures, and all that maps become, have nothing else. */
  readonly kinds?: readonly string[];
  /** Kinds that the map shows: a picture is made of a map of these alone. By default all. */
  readonly shows?: (kind: string) => boolean;
}

/** The share of picture → map; the rest is map → picture. */
const toMapShare = 0.65;
const effectShare = 0.15;

/** What a benchmark scene is wished to have: a held-out kind, place or colour. */
function heldOutWish(random: Random, name: MapName, direction: string, kinds: readonly string[] | undefined) {
  const allowed = (kind: string) => !kinds || kinds.includes(kind);
  const wishes: SceneWishes[] = [];
  const objects = (heldOutObjects[name] ?? []).filter(allowed);
  if (objects.length > 0) wishes.push({ kind: random.pick(objects) });
  const places = (heldOutValues[name] ?? []).filter(([value]) => value === direction);
  if (places.length > 0) wishes.push({ backgrounds: [random.pick(places)[1]] });
  const colors = Object.entries(heldOutColors).filter(([kind]) => allowed(kind));
  if (colors.length > 0) {
    const [kind, color] = random.pick(colors);
    wishes.push({ kind, color, heldOutColors: true });
  }
  return wishes.length > 0 ? random.pick(wishes) : {};
}

/** The same scene with nothing in it that its caption and a map of it do not tell. */
const canonical = ({ background, objects }: Scene): Scene => ({ background, variant: 0, objects });

/**
 * Whether the caption tells which thing is which. It names them from left to right and counts those that look alike:
 * two things that look different must be clearly apart, and none of the one's equals may stand beyond the other.
 * @param kindsShow the map tells things of different kinds apart by itself
 */
function tellsApart(scene: Scene, kindsShow: boolean): boolean {
  const row = [...scene.objects].sort((a, b) => a.x - b.x);
  const looks = row.map(describeObject);
  return row.every((object, i) =>
    row.slice(i + 1).every((other, further) => {
      const j = i + 1 + further;
      if ((kindsShow && other.kind !== object.kind) || looks[i] === looks[j]) return true;
      return other.x - object.x >= 0.07 && !looks.slice(j).includes(looks[i] as string);
    }),
  );
}

/** A task that turns a picture into one of its maps, or a map and a caption into the picture. */
export function mapTask(name: MapName, words: MapWords, options: MapTaskOptions = {}): WorldTask {
  const shown = options.shows ?? (() => true);
  return {
    name,
    propose(random: Random, split: Split) {
      const toMap = random.chance(toMapShare);
      const direction = toMap ? "map" : "picture";
      const wish = split === "benchmark" ? heldOutWish(random, name, direction, options.kinds) : {};
      const kind = wish.kind ?? (options.kinds && random.pick(options.kinds));
      const only = options.kinds && (!toMap || random.chance(0.5)) ? { only: options.kinds } : {};
      const sampled = sampleScene(random, { ...wish, ...only, ...(kind !== undefined && { kind }) });
      if (sampled.objects.length === 0) return undefined;
      const place = backgroundOf(sampled.background);
      const keys = (scene: Scene) => [
        ...scene.objects.map((each) => objectKey(name, each.kind)),
        valueKey(name, direction, scene.background),
        ...(scene.effect === undefined ? [] : [valueKey("global", scene.effect, scene.background)]),
      ];
      if (toMap) {
        const effects = effectsAt(place.name);
        const changed = effects.length > 0 && random.chance(effectShare);
        const scene = changed ? { ...sampled, effect: random.pick(effects).name } : sampled;
        return {
          source: scene,
          target: scene,
          views: { target: name },
          templates: words.toMap,
          slots: {},
          targetCaption: (caption) => `${words.noun} of ${caption}`,
          compositions: keys(scene),
        };
      }
      const scene = canonical(sampled);
      if (!scene.objects.every((each) => shown(each.kind)) || !tellsApart(scene, !options.kinds)) return undefined;
      const caption = captionOf(scene);
      const slots: Slots = { caption, things: caption.slice(0, -place.place.length - 1), place: place.place };
      return {
        source: scene,
        target: scene,
        views: { source: name },
        templates: words.toPicture,
        slots,
        sourceCaption: (text) => `${words.noun} of ${text}`,
        compositions: keys(scene),
      };
    },
  };
}
