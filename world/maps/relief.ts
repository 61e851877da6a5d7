import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { Kind, Part } from "../objects/Kind.ts";
import { type Bounds, boundsOf } from "../render/paintObject.ts";
import type { SceneObject } from "../scene.ts";
import { inflate } from "./inflate.ts";
import { fillPart, visitParts } from "./visitParts.ts";

/** An object's normals as a picture with transparency, and the box in the object's units that it fills. */
export interface Relief {
  readonly canvas: Canvas;
  readonly box: Bounds;
}

/** A part wider than twice this (in units) is flat in the middle. */
const reach = 14;
const cache = new Map<string, Relief>();

/**
 * The relief of an object: each of its parts inflated, one before the other. Spots and lines that lie on a part follow
 * its surface. Colour, finish and mood do not matter, so that the reliefs of a kind are made once.
 * @param unit the size at which it will be shown, in pixels per unit
 */
export function reliefOf(kind: Kind, object: SceneObject, unit: number): Relief {
  // Cells per unit: a power of two that is not coarser than what will be shown.
  const cells = Math.min(4, Math.max(0.5, 2 ** Math.ceil(Math.log2(unit * 1.4))));
  const { flipped, upsideDown, hat, pose } = object;
  const key = [kind.name, cells, flipped, upsideDown ?? false, hat !== undefined, pose].join("|");
  let relief = cache.get(key);
  if (!relief) {
    if (cache.size > 1500) cache.clear();
    relief = carve(kind, object, cells);
    cache.set(key, relief);
  }
  return relief;
}

function carve(kind: Kind, object: SceneObject, cells: number): Relief {
  const bounds = boundsOf(kind, object);
  // Two cells of air around it, for the sweeps of `inflate`.
  const margin = 2 / cells;
  const width = Math.ceil((bounds.right - bounds.left) * cells) + 4;
  const height = Math.ceil((bounds.bottom - bounds.top) * cells) + 4;
  const [left, top] = [bounds.left - margin, bounds.top - margin];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.scale(cells, cells);
  context.translate(-left, -top);

  const normals = new Float32Array(width * height * 3);
  const cover = new Uint8Array(width * height);
  visitParts(context, kind, object, (part, scale) => {
    const coverage = coverageOf(part, scale);
    raise(coverage, part.outlined);
  });

  /** How much of each cell a part covers, 0–255. */
  function coverageOf(part: Part, scale: number): Uint8Array {
    context.save();
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    context.restore();
    context.fillStyle = "#ffffff";
    fillPart(context, part, scale);
    const { data } = context.getImageData(0, 0, width, height);
    return Uint8Array.from({ length: width * height }, (_, i) => data[i * 4 + 3] as number);
  }

  /** Puts an inflated part in front of the others; a spot only where there is nothing yet. */
  function raise(coverage: Uint8Array, solid: boolean): void {
    const inside = coverage.map((each) => (each >= 96 ? 1 : 0));
    const u = inflate(inside, width, height, reach * cells);
    for (let i = 0; i < coverage.length; i++) {
      const before = cover[i] as number;
      const own = coverage[i] as number;
      if (own === 0) continue;
      cover[i] = Math.max(before, own);
      if (inside[i] ? before >= 96 && !solid : before > 0) continue;
      const dx = ((u[i + 1] ?? 0) - (u[i - 1] ?? 0)) / 2;
      const dy = ((u[i + width] ?? 0) - (u[i - width] ?? 0)) / 2;
      const z = 2 * Math.sqrt(Math.max(0.25, u[i] as number));
      const length = Math.hypot(dx, dy, z);
      normals[i * 3] = -dx / length;
      normals[i * 3 + 1] = dy / length;
      normals[i * 3 + 2] = z / length;
    }
  }

  const image = context.createImageData(width, height);
  for (let i = 0; i < cover.length; i++) {
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = Math.round(127.5 + 127.5 * (normals[i * 3 + c] as number));
    image.data[i * 4 + 3] = cover[i] as number;
  }
  context.resetTransform();
  context.putImageData(image, 0, 0);
  return { canvas, box: { left, top, right: left + width / cells, bottom: top + height / cells } };
}
