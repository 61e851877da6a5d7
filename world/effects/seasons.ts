import { type Effect, scatter, wash } from "./Effect.ts";

function leaves(
  context: Parameters<NonNullable<Effect["front"]>>[0],
  w: number,
  colors: readonly string[],
  count: number,
) {
  scatter(Math.round(count * w), w).forEach(([x, y], i) => {
    context.fillStyle = colors[i % colors.length] as string;
    context.beginPath();
    context.ellipse(x, y, 0.022, 0.012, (i * 2.4) % 3.14, 0, 7);
    context.fill();
  });
}

export const autumn: Effect = {
  name: "autumn",
  caption: "in autumn",
  back(context, w) {
    wash(context, w, "source-over", "#f6d9a840", "#f0b86080", "#d9822bc0", "#c96f22c0", "#b85f1ec0");
  },
  front(context, w) {
    leaves(context, w, ["#e0522a", "#f0a020", "#b03a20", "#f7c53a"], 34);
  },
};

export const spring: Effect = {
  name: "spring",
  caption: "in spring",
  back(context, w) {
    wash(context, w, "source-over", "#ffd6ea80", "#ffe4f080", "#8fe06ab0", "#7fdc5ac0", "#7fdc5ac0");
  },
  front(context, w) {
    leaves(context, w, ["#ff9ecb", "#ffd0e6", "#ff7fb8"], 34);
  },
};

export const winter: Effect = {
  name: "winter",
  caption: "in winter",
  back(context, w) {
    wash(context, w, "saturation", "#80808050");
    wash(context, w, "source-over", "#b8d4f070", "#dfecf880", "#f4f9ffc0", "#ffffffd8", "#dce8f8e0");
  },
  front(context, w) {
    wash(context, w, "soft-light", "#c8e4ff90", "#e4f2ff70");
    // Icicles along the upper edge.
    context.fillStyle = "#e8f6ffe8";
    context.strokeStyle = "#8fb8e0d0";
    context.lineWidth = 0.008;
    context.beginPath();
    const count = Math.round(11 * w);
    for (let i = 0; i < count; i++) {
      const x = (i / count) * w;
      const wide = w / count;
      context.moveTo(x, -0.02);
      context.lineTo(x + wide / 2, 0.05 + ((i * 0.618) % 1) * 0.12);
      context.lineTo(x + wide, -0.02);
    }
    context.fill();
    context.stroke();
  },
};
