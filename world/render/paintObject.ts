import { type Canvas, createCanvas, Path2D, type SKRSContext2D } from "@napi-rs/canvas";
import { type ColorName, mix } from "../colors.ts";
import { type Finish, type Tones, tonesOf } from "../looks.ts";
import { circle, type Form, formOf, type Kind, type Part, polygon } from "../objects/Kind.ts";
import type { Mood, SceneObject } from "../scene.ts";

/** Width of the contour in units of the object's 100 × 100 box. */
export const contour = 5;
const ink = "#1d1a26";

const starMark = new Path2D("M0 -7L2 -2.2L7 -2L3 1.2L4.4 6L0 3.2L-4.4 6L-3 1.2L-7 -2L-2 -2.2Z");

/** Draws the marks of a finish over the whole box; the caller has clipped to the part. */
function drawFinish(context: SKRSContext2D, finish: Finish, tones: Tones): void {
  context.fillStyle = tones.mark;
  context.beginPath();
  switch (finish) {
    case "striped":
      for (let x = -90; x < 110; x += 26) {
        context.moveTo(x, -5);
        context.lineTo(x + 12, -5);
        context.lineTo(x + 12 + 30, 105);
        context.lineTo(x + 30, 105);
        context.closePath();
      }
      context.fill();
      break;
    case "dotted":
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 6; column++) {
          const x = column * 22 + (row % 2) * 11 - 2;
          context.moveTo(x + 6.5, row * 20);
          context.arc(x, row * 20, 6.5, 0, Math.PI * 2);
        }
      }
      context.fill();
      break;
    case "checkered":
      for (let row = 0; row < 7; row++) {
        for (let column = row % 2; column < 7; column += 2) context.rect(column * 16 - 6, row * 16 - 6, 16, 16);
      }
      context.fill();
      break;
    case "starry":
      for (let row = 0; row < 5; row++) {
        for (let column = 0; column < 5; column++) {
          const x = column * 26 + (row % 2) * 13;
          const y = row * 24 + 4;
          context.translate(x, y);
          context.fill(starMark);
          context.translate(-x, -y);
        }
      }
      break;
    case "wooden":
      context.strokeStyle = "#7d4c24";
      context.lineWidth = 3.5;
      for (let y = 6; y < 110; y += 16) {
        context.moveTo(-5, y);
        context.bezierCurveTo(25, y - 9, 60, y + 10, 105, y - 3);
      }
      context.stroke();
      break;
    case "golden": {
      const gradient = context.createLinearGradient(0, 0, 100, 100);
      for (const [stop, color] of [
        [0, "#fff6b8"],
        [0.25, "#ffd23f"],
        [0.5, "#e09a12"],
        [0.62, "#fff0a0"],
        [0.75, "#f0b020"],
        [1, "#b97708"],
      ] as const) {
        gradient.addColorStop(stop, color);
      }
      context.fillStyle = gradient;
      context.rect(-10, -10, 120, 120);
      context.fill();
      break;
    }
    case "stone":
      for (const [color, points] of [
        ["#7d7871", stoneDark],
        ["#bdb8b0", stoneLight],
      ] as const) {
        context.fillStyle = color;
        context.beginPath();
        for (const [x, y, r] of points) {
          context.moveTo(x + r, y);
          context.ellipse(x, y, r, r * 0.7, 0, 0, Math.PI * 2);
        }
        context.fill();
      }
      break;
    case "rainbow":
      ["#f04848", "#ff9a2e", "#ffe14a", "#4fc25a", "#3f86f0", "#9a52d8"].forEach((color, i) => {
        context.fillStyle = color;
        context.fillRect(-10, i === 0 ? -10 : i * 16.7, 120, i === 0 || i === 5 ? 30 : 16.8);
      });
      break;
    case "brick":
      context.strokeStyle = "#ead2c0";
      context.lineWidth = 3;
      for (let row = 0; row < 8; row++) {
        const y = row * 15;
        context.moveTo(-5, y);
        context.lineTo(105, y);
        for (let x = row % 2 ? 2 : 15; x < 105; x += 27) {
          context.moveTo(x, y);
          context.lineTo(x, y + 15);
        }
      }
      context.stroke();
      break;
    case "plain":
      break;
  }
}

const stoneDark = [8, 30, 55, 82, 20, 44, 70, 94, 12, 36, 62, 88].map(
  (x, i) => [x, 10 + ((i * 37) % 90), 5 + (i % 3) * 1.5] as const,
);
const stoneLight = [16, 40, 66, 90, 4, 28, 52, 78].map((x, i) => [x, 6 + ((i * 53) % 92), 3.5 + (i % 2) * 2] as const);

export const hatParts: readonly { readonly path: Path2D; readonly fill: "main" | "shade" | `#${string}` }[] = [
  { path: new Path2D(polygon(0, -70, 30, 0, -30, 0)), fill: "main" },
  { path: new Path2D("M-40 -6h80v12h-80Z"), fill: "shade" },
  { path: new Path2D(circle(0, -70, 12)), fill: "#fffaf0" },
];
export const mouths: Record<Mood, Path2D> = {
  happy: new Path2D("M-22 14C-16 36 16 36 22 14Z"),
  sad: new Path2D("M-20 34C-12 14 12 14 20 34"),
  surprised: new Path2D("M-11 26A11 14 0 1 1 11 26A11 14 0 1 1 -11 26Z"),
  sleepy: new Path2D("M-9 26L9 26"),
};
export const eyes: Record<Mood, Path2D> = {
  happy: new Path2D(circle(-26, -8, 9) + circle(26, -8, 9)),
  sad: new Path2D(
    `${circle(-26, -4, 8) + circle(26, -4, 8)}M-42 -16L-18 -26L-18 -19L-40 -9ZM42 -16L18 -26L18 -19L40 -9Z`,
  ),
  surprised: new Path2D(circle(-26, -12, 12) + circle(26, -12, 12)),
  sleepy: new Path2D("M-40 -10C-34 4 -18 4 -12 -10M12 -10C18 4 34 4 40 -10"),
};

/** The paint of one object: its tones, or one flat colour for everything (`segment`, silhouettes). */
function paintPart(context: SKRSContext2D, part: Part, tones: Tones, finish: Finish, flat: string | undefined): void {
  const color =
    flat ?? (part.fill === "main" || part.fill === "shade" || part.fill === "tint" ? tones[part.fill] : part.fill);
  const outline = flat ?? (part.fill.startsWith("#") ? mix(part.fill, "#1a1030", 0.66) : tones.outline);
  context.lineJoin = "round";
  context.lineCap = "round";
  if (part.lineWidth !== undefined) {
    if (part.outlined) {
      context.strokeStyle = outline;
      context.lineWidth = part.lineWidth + contour;
      context.stroke(part.path);
    }
    context.strokeStyle = color;
    context.lineWidth = part.lineWidth;
    context.stroke(part.path);
    return;
  }
  if (part.outlined) {
    context.strokeStyle = outline;
    context.lineWidth = contour;
    context.stroke(part.path);
  }
  context.fillStyle = color;
  context.fill(part.path);
  if (part.fill === "main" && finish !== "plain" && flat === undefined) {
    context.save();
    context.clip(part.path);
    drawFinish(context, finish, tones);
    context.restore();
    context.strokeStyle = outline;
    context.lineWidth = contour * 0.6;
    context.stroke(part.path);
  }
}

/** Moves the context to where `eyes` and `mouths` are drawn; returns by how much it is scaled. */
export function placeFace(context: SKRSContext2D, face: NonNullable<Form["face"]>): number {
  context.translate(face.x, face.y);
  if (face.tilt) context.rotate((face.tilt * Math.PI) / 180);
  context.scale(face.width / 84, face.width / 84);
  return face.width / 84;
}

/** Moves the context to where `hatParts` are drawn; returns by how much it is scaled. */
export function placeHat(context: SKRSContext2D, head: NonNullable<Form["head"]>): number {
  context.translate(head.x, head.y + 4);
  if (head.tilt) context.rotate((head.tilt * Math.PI) / 180);
  context.scale(head.width / 62, head.width / 62);
  return head.width / 62;
}

/** Flips and turns the 100 × 100 box at the context's origin as the object says. */
export function orient(context: SKRSContext2D, object: SceneObject): void {
  if (object.flipped) {
    context.translate(100, 0);
    context.scale(-1, 1);
  }
  if (object.upsideDown) {
    context.translate(0, 100);
    context.scale(1, -1);
  }
}

function drawFace(context: SKRSContext2D, form: Form, object: SceneObject, flat: string | undefined): void {
  const face = form.face;
  if (!face || flat !== undefined) return;
  const mood = object.mood ?? "happy";
  const color =
    object.color === "black" && !face.dark && !["wooden", "golden", "stone", "rainbow", "brick"].includes(object.finish)
      ? "#ffffff"
      : ink;
  context.save();
  placeFace(context, face);
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 9;
  if (mood === "sleepy") context.stroke(eyes[mood]);
  else context.fill(eyes[mood]);
  if (mood === "happy") {
    context.lineWidth = 5;
    context.stroke(mouths[mood]);
    context.fillStyle = color === ink ? "#c8324a" : "#ff8095";
    context.fill(mouths[mood]);
  } else if (mood === "surprised") context.fill(mouths[mood]);
  else context.stroke(mouths[mood]);
  context.restore();
}

function drawHat(context: SKRSContext2D, { head }: Form, color: ColorName, flat: string | undefined): void {
  if (!head) return;
  const tones = tonesOf(color, "plain");
  context.save();
  context.lineWidth = contour / placeHat(context, head);
  context.strokeStyle = flat ?? tones.outline;
  for (const { path, fill } of hatParts) {
    context.stroke(path);
    context.fillStyle = flat ?? (fill === "main" || fill === "shade" ? tones[fill] : fill);
    context.fill(path);
  }
  context.restore();
}

/** Paints an object in its own 100 × 100 box at the context's origin (turned and flipped as the object says). */
export function paintObject(context: SKRSContext2D, kind: Kind, object: SceneObject, flat?: string): void {
  context.save();
  orient(context, object);
  const tones = tonesOf(object.color, object.finish);
  const form = formOf(kind, object.pose);
  for (const part of form.parts) paintPart(context, part, tones, object.finish, flat);
  drawFace(context, form, object, flat);
  if (object.hat) drawHat(context, form, object.hat, flat);
  context.restore();
}

/** A tight box in the object's 100 × 100 units (it may reach a little beyond them). */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boundsCache = new Map<string, Bounds>();
let probe: Canvas | undefined;

/** The box that an object's painted pixels fill, in its own units: exact to half a unit. */
export function boundsOf(kind: Kind, object: Pick<SceneObject, "flipped" | "upsideDown" | "hat" | "pose">): Bounds {
  const key = `${kind.name}|${object.flipped}|${object.upsideDown ?? false}|${object.hat !== undefined}|${object.pose}`;
  let bounds = boundsCache.get(key);
  if (!bounds) {
    const [margin, zoom] = [60, 2];
    const side = (100 + 2 * margin) * zoom;
    probe ??= createCanvas(side, side);
    const context = probe.getContext("2d");
    context.resetTransform();
    context.clearRect(0, 0, side, side);
    context.scale(zoom, zoom);
    context.translate(margin, margin);
    paintObject(
      context,
      kind,
      { kind: kind.name, color: "red", finish: "plain", x: 0, y: 0, scale: 1, ...object },
      "#ff0000",
    );
    const { data } = context.getImageData(0, 0, side, side);
    let [left, top, right, bottom] = [side, side, 0, 0];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        if ((data[(y * side + x) * 4 + 3] as number) < 128) continue;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
    }
    const unit = (value: number) => value / zoom - margin;
    bounds = { left: unit(left), top: unit(top), right: unit(right), bottom: unit(bottom) };
    boundsCache.set(key, bounds);
  }
  return bounds;
}
