import type { Background } from "./backgrounds/Background.ts";
import { backgroundOf } from "./backgrounds/index.ts";
import { kindOf } from "./objects/index.ts";
import { formOf, type Habitat, type Kind } from "./objects/Kind.ts";
import { type Bounds, boundsOf } from "./render/paintObject.ts";
import type { Scene, SceneObject } from "./scene.ts";

/** Whether this kind of object may be at this place. */
export function fits(kind: Kind, background: Background): boolean {
  if (background.name === "room" && !kind.indoor) return false;
  const habitat = habitatFor(kind, background);
  if (background.name === "space" && habitat === "sky") return kind.inSpace === true;
  return habitat !== undefined;
}

/** How a kind is held at a place: on the ground, on water, in the sky or under water. */
export function habitatFor(kind: Kind, background: Background): Habitat | undefined {
  return kind.habitats.find((habitat) => background.habitats.includes(habitat));
}

/** How an object is held in its scene. */
export function habitatIn(scene: Scene, object: SceneObject): Habitat {
  const kind = kindOf(object.kind);
  return habitatFor(kind, backgroundOf(scene.background)) ?? (kind.habitats[0] as Habitat);
}

/** The range of `y` (foot or centre, in shares of the height) that a habitat allows. */
export function depthRange(kind: Kind, habitat: Habitat): readonly [number, number] {
  if (habitat === "ground") return [0.72, 0.95];
  if (habitat === "water") return [0.72, 0.95];
  if (habitat === "sky") return [0.19, 0.3];
  return kind.habitats.includes("ground") ? [0.78, 0.83] : [0.22, 0.7];
}

/** How much bigger things look that stand nearer: 0.88 at the back, 1.12 in front. */
export function perspective(habitat: Habitat, y: number): number {
  if (habitat === "ground" || habitat === "water") return 0.88 + ((y - 0.72) / 0.23) * 0.24;
  return 1;
}

/** The box an object's pixels fill in a square picture of side 1. */
export function unitBox(object: SceneObject, habitat: Habitat): Bounds {
  const kind = kindOf(object.kind);
  const side = kind.size * object.scale;
  const left = object.x - side / 2;
  const top = object.y - side * (habitat === "ground" || habitat === "water" ? 1 : 0.5);
  const bounds = boundsOf(kind, object);
  return {
    left: left + (bounds.left * side) / 100,
    top: top + (bounds.top * side) / 100,
    right: left + (bounds.right * side) / 100,
    bottom: top + (bounds.bottom * side) / 100,
  };
}

/** The share of the smaller box that the two have in common. */
export function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Bounds) => (box.right - box.left) * (box.bottom - box.top);
  return (width * height) / Math.min(area(a), area(b));
}

/** The box of what must stay visible of an object that stands behind another: its face and head, with the hat. */
function faceBox(object: SceneObject, habitat: Habitat): Bounds | undefined {
  const kind = kindOf(object.kind);
  const { face, head } = formOf(kind, object.pose);
  if (!face && !head) return undefined;
  const side = kind.size * object.scale;
  const left = object.x - side / 2;
  const top = object.y - side * (habitat === "ground" || habitat === "water" ? 1 : 0.5);
  const spots = [
    ...(face ? [{ ...face, up: 0.45, down: 0.45 }] : []),
    ...(head ? [{ ...head, up: object.hat ? 1 : 0, down: 0.8 }] : []),
  ];
  const share = (value: number) => (value * side) / 100;
  const xs = spots.map((spot) => (object.flipped ? 100 - spot.x : spot.x));
  return {
    left: left + Math.min(...spots.map((spot, i) => share((xs[i] as number) - spot.width / 2))),
    right: left + Math.max(...spots.map((spot, i) => share((xs[i] as number) + spot.width / 2))),
    top: top + Math.min(...spots.map((spot) => share(spot.y - spot.width * spot.up))),
    bottom: top + Math.max(...spots.map((spot) => share(spot.y + spot.width * spot.down))),
  };
}

/** Boxes may overlap by this share of the smaller one and still count as clear of each other. */
const clear = 0.12;
/** The share of an object behind another that may be hidden. */
const mostHidden = 0.3;

/** Whether of two overlapping objects the one behind still shows its face and most of itself. */
function stillShows(back: SceneObject, backHabitat: Habitat, backBox: Bounds, frontBox: Bounds): boolean {
  const width = Math.min(backBox.right, frontBox.right) - Math.max(backBox.left, frontBox.left);
  const height = Math.min(backBox.bottom, frontBox.bottom) - Math.max(backBox.top, frontBox.top);
  const area = (backBox.right - backBox.left) * (backBox.bottom - backBox.top);
  if (width * height > mostHidden * area) return false;
  const face = back.upsideDown ? backBox : faceBox(back, backHabitat);
  return !face || overlap(face, frontBox) === 0;
}

/**
 * Whether an object lies inside the picture and clear of the scene's other objects (up to 12 % overlap).
 * @param ignore the index of an object that does not count
 * @param crowded lets it stand in front of one other object or behind it, so that the one behind stays recognizable:
 * at most 30 % of it and nothing of its face is hidden
 */
export function hasRoom(scene: Scene, object: SceneObject, ignore = -1, crowded = false): boolean {
  const habitat = habitatIn(scene, object);
  const box = unitBox(object, habitat);
  if (box.left < 0.01 || box.right > 0.99 || box.top < 0.01 || box.bottom > 0.995) return false;
  const others = scene.objects.flatMap((other, index) => {
    if (index === ignore) return [];
    const itsHabitat = habitatIn(scene, other);
    return [{ other, habitat: itsHabitat, box: unitBox(other, itsHabitat) }];
  });
  const touching = others.filter((each) => overlap(box, each.box) > clear);
  if (touching.length === 0) return true;
  const [touched] = touching;
  if (!crowded || !touched || touching.length > 1) return false;
  if (others.some((each) => each !== touched && overlap(each.box, touched.box) > clear)) return false;
  return object.y >= touched.other.y
    ? stillShows(touched.other, touched.habitat, touched.box, box)
    : stillShows(object, habitat, box, touched.box);
}

/** The same objects, the farthest first: what hangs in the sky is behind what stands on the ground. */
export function byDepth(objects: readonly SceneObject[]): SceneObject[] {
  return objects
    .map((object, index) => ({ object, index }))
    .sort((a, b) => a.object.y - b.object.y || a.index - b.index)
    .map(({ object }) => object);
}
