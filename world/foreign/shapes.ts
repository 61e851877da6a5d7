import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Random } from "../random.ts";
import type { Painter } from "./ForeignPicture.ts";
import { hsl, type Palette, palette } from "./palette.ts";

function fillAll(context: SKRSContext2D, w: number, random: Random, colors: Palette): void {
  const angle = random.range(0, 6.28);
  const [x, y] = [Math.cos(angle) * 0.6, Math.sin(angle) * 0.6];
  const gradient = context.createLinearGradient(w / 2 - x, 0.5 - y, w / 2 + x, 0.5 + y);
  const stops = 2 + random.int(3);
  for (let i = 0; i < stops; i++) gradient.addColorStop(i / (stops - 1), colors.color(random));
  context.fillStyle = gradient;
  context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
}

function trace(context: SKRSContext2D, random: Random, x: number, y: number, r: number, round: number): void {
  context.beginPath();
  if (random.chance(round)) {
    context.ellipse(x, y, r, r * random.range(0.5, 1), random.range(0, 3.14), 0, 7);
    return;
  }
  const corners = 3 + random.int(5);
  const turn = random.range(0, 6.28);
  for (let i = 0; i < corners; i++) {
    const angle = turn + ((i + random.range(-0.2, 0.2)) / corners) * 6.283;
    const far = r * random.range(0.7, 1.2);
    context.lineTo(x + Math.cos(angle) * far, y + Math.sin(angle) * far);
  }
  context.closePath();
}

/**
 * Dead leaves: shapes that cover each other, their radii spread as r⁻³, which gives the edges and the spectrum of
 * natural pictures (Lee, Mumford and Huang, "Occlusion models for natural images", 2001).
 */
export const deadLeaves: Painter = {
  caption: "overlapping shapes",
  paint(context, w, random) {
    const colors = palette(random);
    fillAll(context, w, random, colors);
    const round = random.pick([0, 0.5, 1]);
    const shaded = random.chance(0.5);
    const [least, most] = [random.range(0.025, 0.07), random.range(0.2, 0.45)];
    const count = 60 + random.int(80);
    for (let i = 0; i < count; i++) {
      // The inverse of the distribution function of r⁻³ between least and most.
      const r = 1 / Math.sqrt(random.range(1 / (most * most), 1 / (least * least)));
      const [x, y] = [random.range(0, w), random.next()];
      trace(context, random, x, y, r, round);
      if (shaded && r > 0.05) {
        const light = random.range(0.15, 0.75);
        const gradient = context.createLinearGradient(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7);
        gradient.addColorStop(0, colors.color(random, light + 0.15));
        gradient.addColorStop(1, colors.color(random, light - 0.1));
        context.fillStyle = gradient;
      } else context.fillStyle = colors.color(random);
      context.fill();
    }
  },
};

export const blobs: Painter = {
  caption: "soft blobs of color",
  paint(context, w, random) {
    const colors = palette(random);
    fillAll(context, w, random, colors);
    const count = 3 + random.int(9);
    for (let i = 0; i < count; i++) {
      const [x, y, r] = [random.range(0, w), random.next(), random.range(0.1, 0.5)];
      const gradient = context.createRadialGradient(x, y, 0, x, y, r);
      const light = random.range(0.1, 0.95);
      gradient.addColorStop(0, colors.color(random, light, random.range(0.6, 1)));
      gradient.addColorStop(random.range(0.2, 0.9), colors.color(random, light, random.range(0.3, 0.8)));
      gradient.addColorStop(1, colors.color(random, light, 0));
      context.fillStyle = gradient;
      context.fillRect(x - r, y - r, 2 * r, 2 * r);
    }
  },
};

export const strokes: Painter = {
  caption: "brush strokes and shards",
  paint(context, w, random) {
    const colors = palette(random);
    fillAll(context, w, random, colors);
    const count = 14 + random.int(50);
    const direction = random.range(0, 6.28);
    const spread = random.range(0.2, 3);
    context.lineCap = random.pick(["round", "butt"]);
    context.lineJoin = "round";
    for (let i = 0; i < count; i++) {
      const [x, y] = [random.range(0, w), random.next()];
      if (random.chance(0.25)) {
        trace(context, random, x, y, random.range(0.03, 0.2), 0);
        context.fillStyle = colors.color(random, undefined, random.range(0.5, 1));
        context.fill();
        continue;
      }
      const angle = direction + random.range(-spread, spread);
      const length = random.range(0.1, 0.5);
      const [dx, dy] = [Math.cos(angle) * length, Math.sin(angle) * length];
      const bend = random.range(-0.15, 0.15);
      context.strokeStyle = colors.color(random, undefined, random.range(0.6, 1));
      context.lineWidth = random.range(0.008, 0.07);
      context.beginPath();
      context.moveTo(x - dx / 2, y - dy / 2);
      context.quadraticCurveTo(x + bend, y - bend, x + dx / 2, y + dy / 2);
      context.stroke();
    }
  },
};

/** A ball, or another body, lit from one side: a soft light on it and the shadow at its edge. */
function body(
  context: SKRSContext2D,
  x: number,
  y: number,
  r: number,
  tall: number,
  hue: number,
  s: number,
  l: number,
) {
  context.save();
  context.translate(x, y);
  context.scale(r, r * tall);
  const gradient = context.createRadialGradient(-0.35, -0.4, 0.05, 0, 0, 1);
  gradient.addColorStop(0, hsl(hue, s * 0.7, Math.min(0.97, l + 0.3)));
  gradient.addColorStop(0.45, hsl(hue, s, l));
  gradient.addColorStop(0.95, hsl(hue + 8, s, l * 0.42));
  gradient.addColorStop(1, hsl(hue + 8, s * 0.8, l * 0.5));
  context.fillStyle = gradient;
  context.beginPath();
  context.arc(0, 0, 1, 0, 7);
  context.fill();
  context.restore();
}

export const stillLife: Painter = {
  caption: "shaded solids on a table",
  paint(context, w, random) {
    const colors = palette(random);
    const edge = random.range(0.4, 0.7);
    const wall = context.createLinearGradient(0, 0, random.range(-0.5, 0.5), edge);
    wall.addColorStop(0, colors.color(random, random.range(0.2, 0.85)));
    wall.addColorStop(1, colors.color(random, random.range(0.2, 0.85)));
    context.fillStyle = wall;
    context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
    const table = context.createLinearGradient(0, edge, 0, 1);
    table.addColorStop(0, colors.color(random, random.range(0.25, 0.7)));
    table.addColorStop(1, colors.color(random, random.range(0.25, 0.7)));
    context.fillStyle = table;
    context.fillRect(-0.01, edge, w + 0.02, 1.02 - edge);
    const count = 1 + random.int(5);
    const feet = Array.from({ length: count }, () => random.range(edge + 0.08, 0.98)).sort((a, b) => a - b);
    for (const foot of feet) {
      const x = random.range(0.1, w - 0.1);
      const r = random.range(0.06, 0.17);
      const [hue, s, l] = [random.range(0, 360), random.range(0.05, 0.8), random.range(0.2, 0.75)];
      const shade = context.createRadialGradient(0, 0, 0, 0, 0, 1);
      shade.addColorStop(0, "#000000a0");
      shade.addColorStop(1, "#00000000");
      context.save();
      context.translate(x + r * 0.5, foot);
      context.scale(r * 1.5, r * 0.42);
      context.fillStyle = shade;
      context.fillRect(-1, -1, 2, 2);
      context.restore();
      const manner = random.int(3);
      if (manner === 0) body(context, x, foot - r, r, 1, hue, s, l);
      else if (manner === 1) body(context, x, foot - r * 1.5, r, 1.5, hue, s, l);
      else {
        const tall = r * random.range(1.2, 3.2);
        const side = context.createLinearGradient(x - r, 0, x + r, 0);
        side.addColorStop(0, hsl(hue, s, l * 0.9));
        side.addColorStop(0.3, hsl(hue, s * 0.8, Math.min(0.95, l + 0.22)));
        side.addColorStop(1, hsl(hue + 8, s, l * 0.4));
        context.fillStyle = side;
        context.beginPath();
        context.ellipse(x, foot - r * 0.15, r, r * 0.26, 0, 0, 3.15);
        context.lineTo(x - r, foot - tall);
        context.lineTo(x + r, foot - tall);
        context.lineTo(x + r, foot - r * 0.15);
        context.fill();
        context.fillStyle = hsl(hue, s * 0.8, Math.min(0.92, l + 0.14));
        context.beginPath();
        context.ellipse(x, foot - tall, r, r * 0.26, 0, 0, 7);
        context.fill();
      }
    }
  },
};

/** A bust before a soft background: hair, face and shoulders as shaded bodies. */
export const bust: Painter = {
  caption: "a softly lit bust",
  paint(context, w, random) {
    const colors = palette(random);
    fillAll(context, w, random, colors);
    const x = w / 2 + random.range(-0.14, 0.14);
    const size = random.range(0.75, 1.25);
    const y = random.range(0.4, 0.5);
    const [hue, s, l] = random.chance(0.6)
      ? [random.range(15, 34), random.range(0.25, 0.55), random.range(0.25, 0.72)]
      : [random.range(0, 360), random.range(0, 0.5), random.range(0.3, 0.7)];
    const hair = [random.range(10, 45), random.range(0.1, 0.7), random.range(0.06, 0.55)] as const;
    const face = 0.15 * size;
    if (random.chance(0.7)) body(context, x, y + 0.02, face * 1.5, random.range(1.2, 1.7), ...hair);
    body(context, x, y + face * 4.1, face * 2.5, 1.15, colors.hue, random.range(0.1, 0.7), random.range(0.15, 0.7));
    body(context, x, y + face * 1.35, face * 0.52, 1, hue, s, l * 0.85);
    body(context, x, y, face, 1.3, hue, s, l);
    if (random.chance(0.8)) body(context, x - face * 0.1, y - face * 0.85, face * 1.02, 0.7, ...hair);
    context.fillStyle = hsl(hue, s, l * 0.28, 0.85);
    for (const side of [-1, 1]) {
      context.beginPath();
      context.ellipse(x + side * face * 0.38, y + face * 0.05, face * 0.13, face * 0.08, 0, 0, 7);
      context.fill();
    }
    context.fillStyle = hsl(hue - 12, s + 0.2, l * 0.5, 0.8);
    context.beginPath();
    context.ellipse(x, y + face * 0.72, face * 0.27, face * 0.07, 0, 0, 7);
    context.fill();
  },
};

export const weave: Painter = {
  caption: "a fine texture",
  paint(context, w, random) {
    const colors = palette(random);
    fillAll(context, w, random, colors);
    const layers = 1 + random.int(3);
    for (let layer = 0; layer < layers; layer++) {
      const step = random.range(0.025, 0.14);
      const angle = random.range(0, 3.14);
      const wavy = random.chance(0.5) ? random.range(0.01, 0.06) : 0;
      const phase = random.range(0, 6.28);
      const waves = random.range(4, 14);
      context.save();
      context.translate(w / 2, 0.5);
      context.rotate(angle);
      context.strokeStyle = colors.color(random, undefined, random.range(0.3, 0.95));
      context.lineWidth = step * random.range(0.2, 0.6);
      if (random.chance(0.3)) context.setLineDash([step * random.range(0.5, 2), step * random.range(0.3, 1)]);
      context.beginPath();
      for (let y = -0.9; y < 0.9; y += step) {
        context.moveTo(-0.9, y);
        if (wavy === 0) context.lineTo(0.9, y);
        else for (let x = -0.9; x <= 0.91; x += 0.06) context.lineTo(x, y + wavy * Math.sin(x * waves + phase + y * 3));
      }
      context.stroke();
      context.restore();
    }
    context.setLineDash([]);
  },
};
