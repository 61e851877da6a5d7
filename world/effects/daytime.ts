import { type Effect, scatter, wash } from "./Effect.ts";

function stars(context: Parameters<NonNullable<Effect["back"]>>[0], w: number): void {
  context.fillStyle = "#ffffff";
  context.beginPath();
  scatter(Math.round(34 * w), w).forEach(([x, y], i) => {
    const r = 0.006 + (i % 3) * 0.002;
    context.moveTo(x + r, y * 0.48);
    context.arc(x, y * 0.48, r, 0, 7);
  });
  context.fill();
}

export const night: Effect = {
  name: "night",
  caption: "at night",
  back(context, w) {
    wash(context, w, "saturation", "#80808060");
    wash(context, w, "multiply", "#10173f", "#252f66", "#303a76", "#303a76");
    stars(context, w);
    context.fillStyle = "#fff4c4";
    context.beginPath();
    context.arc(w - 0.17, 0.15, 0.075, 0, 7);
    context.fill();
  },
  front(context, w) {
    wash(context, w, "multiply", "#b2b6e6");
  },
};

export const sunset: Effect = {
  name: "sunset",
  caption: "at sunset",
  back(context, w) {
    wash(context, w, "source-over", "#7a3f9ae0", "#ff7a4ee0", "#ffc46ad0", "#e8905070", "#b0605060");
    context.fillStyle = "#fff0a8";
    context.beginPath();
    context.arc(w / 2, 0.47, 0.12, Math.PI, 0);
    context.fill();
  },
  front(context, w) {
    wash(context, w, "multiply", "#ffd9c0");
  },
};

export const aurora: Effect = {
  name: "northern lights",
  caption: "under the northern lights",
  back(context, w) {
    wash(context, w, "multiply", "#101840", "#243468", "#344878", "#344878");
    stars(context, w);
    context.save();
    context.lineCap = "round";
    for (const [color, width, y] of [
      ["#39f0a060", 0.14, 0.2],
      ["#6bffb8a0", 0.06, 0.2],
      ["#b86bff60", 0.1, 0.34],
    ] as const) {
      context.strokeStyle = color;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(-0.05, y + 0.08);
      context.bezierCurveTo(w * 0.3, y - 0.16, w * 0.6, y + 0.2, w + 0.05, y - 0.08);
      context.stroke();
    }
    context.restore();
  },
  front(context, w) {
    wash(context, w, "multiply", "#b0c2dc");
  },
};
