import { backgroundOf } from "../backgrounds/index.ts";
import { effectOf } from "../effects/index.ts";
import { isMaterial } from "../looks.ts";
import { kindOf } from "../objects/index.ts";
import type { Random } from "../random.ts";
import type { Scene, SceneObject, SceneText } from "../scene.ts";
import { fonts } from "../text/fonts.ts";
import { isCorner } from "../text/layout.ts";
import { article } from "./grammar.ts";
import { numberWord, pluralOf } from "./plural.ts";
import { poseWords } from "./poses.ts";
import { type Relation, relationsOf } from "./relations.ts";

/** "striped red boat", "wooden cat": the object's look and kind without an article. */
export function lookOf(object: SceneObject): string {
  const look = isMaterial(object.finish)
    ? object.finish
    : object.finish === "plain"
      ? object.color
      : `${object.finish} ${object.color}`;
  return `${look} ${object.kind}`;
}

/** "a sad red cat wearing a blue hat", "a waving red knight". */
export function describeObject(object: SceneObject): string {
  const mood = object.mood && object.mood !== "happy" ? `${object.mood} ` : "";
  const turned = object.upsideDown ? "upside-down " : "";
  const { before, after } = object.pose ? poseWords[object.pose] : {};
  const [action, posture] = [before ? `${before} ` : "", after ? ` ${after}` : ""];
  const hat = object.hat ? ` wearing ${article(object.hat)} hat` : "";
  return article(`${turned}${mood}${action}${lookOf(object)}`) + posture + hat;
}

/** "three sad red cats with blue hats", when they all look like this one. */
function describeSeveral(object: SceneObject, count: number): string {
  const look = lookOf(object);
  const several = look.slice(0, -object.kind.length) + pluralOf(object.kind);
  const [things = "", ...rest] = describeObject(object).replace(/^an? /, "").split(" wearing ");
  const hats = rest.map((each) => ` wearing ${each.replace(/^an? (\w+) hat/, "$1 hats")}`).join("");
  return `${numberWord(count)} ${things.replace(look, several)}${hats}`;
}

/** "with "SALE" written at the top in red plain letters on a sign". */
function describeText({ words, color, font, place, plate }: SceneText): string {
  const where = isCorner(place) ? `in the ${place} corner` : place === "middle" ? "in the middle" : `at the ${place}`;
  return `with "${words}" written ${where} in ${color} ${fonts[font].words[0]} letters${plate ? ` on a ${plate}` : ""}`;
}

/** One sentence about a scene: what is in it from left to right, where, and the weather. */
export function captionOf(scene: Scene): string {
  const objects = [...scene.objects].sort((a, b) => a.x - b.x);
  const looks = objects.map(describeObject);
  // Those that look alike are counted, where the first of them stands.
  const things = looks.flatMap((look, i) => {
    const count = looks.filter((each) => each === look).length;
    if (count === 1) return [look];
    return looks.indexOf(look) === i ? [describeSeveral(objects[i] as SceneObject, count)] : [];
  });
  const list =
    things.length === 0
      ? "nothing"
      : things.length === 1
        ? (things[0] as string)
        : `${things.slice(0, -1).join(", ")} and ${things.at(-1)}`;
  const weather = scene.effect === undefined ? "" : ` ${effectOf(scene.effect).caption}`;
  const written = (scene.texts ?? []).map((text) => `, ${describeText(text)}`).join("");
  return `${list} ${backgroundOf(scene.background).place}${weather}${written}`;
}

/** Where an object is among those of its kind, or in the picture: "on the left". */
function side(scene: Scene, index: number): string | undefined {
  const object = scene.objects[index] as SceneObject;
  const [twin, third] = scene.objects.filter((other, i) => i !== index && other.kind === object.kind);
  if (third) return undefined;
  if (twin) return Math.abs(twin.x - object.x) < 0.15 ? undefined : object.x < twin.x ? "left" : "right";
  return object.x < 0.36 ? "left" : object.x > 0.64 ? "right" : undefined;
}

/** How an object may be named. */
export interface NamingOptions {
  /** Without other things ("left of the tree"), for a name that is part of a longer one. */
  readonly short?: boolean;
}

/** Whether words can single the object out. */
export function canName(scene: Scene, index: number, options: NamingOptions = {}): boolean {
  const object = scene.objects[index] as SceneObject;
  const twins = scene.objects.filter((other) => other.kind === object.kind);
  return (
    twins.length === 1 ||
    side(scene, index) !== undefined ||
    new Set(twins.map(lookOf)).size === twins.length ||
    relationsOf(scene, index, !options.short).length > 0
  );
}

/** "the tree", or "the green tree" now and then: a thing that is alone of its kind. */
const anchorName = (object: SceneObject, random: Random): string =>
  `the ${random.chance(0.2) ? lookOf(object) : object.kind}`;

function say(relation: Relation, word: string, random: Random): string {
  const before = relation.before ? `${random.pick(relation.before)} ` : "";
  const after = relation.after ? ` ${random.pick(relation.after)}` : "";
  const [first, second] = relation.anchors ?? [];
  return `the ${before}${word}${after}`
    .replace("@", () => (first ? anchorName(first, random) : ""))
    .replace("&", () => (second ? anchorName(second, random) : ""));
}

/**
 * A function that names the object so that only it can be meant: "the boat", "the red boat", "the boat on the left",
 * and now and then (always, where nothing else will do) by its relation to others: "the boat next to the duck", "the
 * bigger boat", "the second boat from the left".
 */
export function naming(scene: Scene, index: number, options: NamingOptions = {}): (random: Random) => string {
  const object = scene.objects[index] as SceneObject;
  const kind = kindOf(object.kind);
  const twins = scene.objects.filter((other) => other.kind === object.kind);
  const alone = twins.length === 1;
  const where = side(scene, index);
  const byLook = new Set(twins.map(lookOf)).size === twins.length;
  const relations = options.short && alone ? [] : relationsOf(scene, index, !options.short);
  return (random) => {
    const word = kind.synonyms && random.chance(0.12) ? random.pick(kind.synonyms) : kind.name;
    const ways: [string, number][] = [];
    if (alone) ways.push([`the ${word}`, 10]);
    if (byLook) ways.push([`the ${lookOf(object).slice(0, -kind.name.length)}${word}`, 5]);
    if (where) ways.push([`the ${word} on the ${where}`, 2]);
    if (relations.length > 0) ways.push([say(random.pick(relations), word, random), 2.6]);
    return random.weighted(ways);
  };
}

/** Those that an instruction can name together: all of a kind, or all that look alike among them. At least two. */
export function groupsIn(scene: Scene): number[][] {
  const groups: number[][] = [];
  const indices = scene.objects.map((_, i) => i);
  for (const kind of new Set(scene.objects.map((each) => each.kind))) {
    const members = indices.filter((i) => scene.objects[i]?.kind === kind);
    if (members.length < 2) continue;
    groups.push(members);
    const looks = new Map<string, number[]>();
    for (const i of members) {
      const look = lookOf(scene.objects[i] as SceneObject);
      looks.set(look, [...(looks.get(look) ?? []), i]);
    }
    if (looks.size > 1) groups.push(...[...looks.values()].filter((each) => each.length > 1));
  }
  return groups;
}

/** A function that names a group of `groupsIn`: "the three sheep", "both cats", "all the red balloons". */
export function namingGroup(scene: Scene, group: readonly number[]): (random: Random) => string {
  const object = scene.objects[group[0] as number] as SceneObject;
  const kind = kindOf(object.kind);
  const whole = scene.objects.filter((each) => each.kind === object.kind).length === group.length;
  const alike = new Set(group.map((i) => lookOf(scene.objects[i] as SceneObject))).size === 1;
  const count = group.length;
  return (random) => {
    const noun = kind.synonyms && random.chance(0.12) ? random.pick(kind.synonyms) : kind.name;
    const look = alike && (!whole || random.chance(0.3)) ? lookOf(object).slice(0, -kind.name.length) : "";
    const words = `${look}${pluralOf(noun)}`;
    const number = random.chance(0.12) ? String(count) : numberWord(count);
    return random.weighted([
      [`the ${number} ${words}`, 4],
      [`all the ${words}`, 2],
      [`all ${number} ${words}`, count > 2 ? 2 : 0],
      [`both ${words}`, count === 2 ? 4 : 0],
      [`all ${words}`, 1],
      [`the ${words}`, words.endsWith(noun) ? 0 : 2],
    ]);
  };
}
