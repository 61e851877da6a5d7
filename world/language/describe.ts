import { backgroundOf } from "../backgrounds/index.ts";
import { effectOf } from "../effects/index.ts";
import { isMaterial } from "../looks.ts";
import { kindOf } from "../objects/index.ts";
import type { Random } from "../random.ts";
import type { Scene, SceneObject, SceneText } from "../scene.ts";
import { fonts } from "../text/fonts.ts";
import { isCorner } from "../text/layout.ts";
import { article } from "./grammar.ts";
import { poseWords } from "./poses.ts";

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

/** "with "SALE" written at the top in red plain letters on a sign". */
function describeText({ words, color, font, place, plate }: SceneText): string {
  const where = isCorner(place) ? `in the ${place} corner` : place === "middle" ? "in the middle" : `at the ${place}`;
  return `with "${words}" written ${where} in ${color} ${fonts[font].words[0]} letters${plate ? ` on a ${plate}` : ""}`;
}

/** One sentence about a scene: what is in it from left to right, where, and the weather. */
export function captionOf(scene: Scene): string {
  const things = [...scene.objects].sort((a, b) => a.x - b.x).map(describeObject);
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

/** Whether words can single the object out. */
export function canName(scene: Scene, index: number): boolean {
  const object = scene.objects[index] as SceneObject;
  const twins = scene.objects.filter((other) => other.kind === object.kind);
  return twins.length === 1 || side(scene, index) !== undefined || new Set(twins.map(lookOf)).size === twins.length;
}

/** A function that names the object so that only it can be meant: "the boat", "the red boat", "the boat on the left". */
export function naming(scene: Scene, index: number): (random: Random) => string {
  const object = scene.objects[index] as SceneObject;
  const kind = kindOf(object.kind);
  const twins = scene.objects.filter((other) => other.kind === object.kind);
  const alone = twins.length === 1;
  const where = side(scene, index);
  const byLook = new Set(twins.map(lookOf)).size === twins.length;
  return (random) => {
    const word = kind.synonyms && random.chance(0.12) ? random.pick(kind.synonyms) : kind.name;
    const ways: [string, number][] = [];
    if (alone) ways.push([`the ${word}`, 10]);
    if (byLook) ways.push([`the ${lookOf(object).slice(0, -kind.name.length)}${word}`, 5]);
    if (where) ways.push([`the ${word} on the ${where}`, 2]);
    return random.weighted(ways);
  };
}
