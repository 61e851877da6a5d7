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

export const dawn: Effect = {
  name: "dawn",
  caption: "at dawn",
  back(context, w) {
    wash(context, w, "source-over", "#8fb6e8c0", "#f7c3d6b8", "#ffe2a0b8", "#f4c98a60", "#d8a88060");
    const glow = context.createRadialGradient(0.16 * w, 0.44, 0, 0.16 * w, 0.44, 0.6);
    glow.addColorStop(0, "#fffbe0ff");
    glow.addColorStop(0.12, "#fff6c8ff");
    glow.addColorStop(0.2, "#ffe9a0b0");
    glow.addColorStop(1, "#ffe9a000");
    context.fillStyle = glow;
    context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
  },
  front(context, w) {
    context.save();
    context.globalCompositeOperation = "soft-light";
    const light = context.createLinearGradient(0, 0, w, 0);
    light.addColorStop(0, "#ffd060e0");
    light.addColorStop(1, "#a06080a0");
    context.fillStyle = light;
    context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
    context.restore();
  },
};

export const moonlight: Effect = {
  name: "moonlit night",
  caption: "on a moonlit night",
  back(context, w) {
    wash(context, w, "saturation", "#80808090");
    wash(context, w, "multiply", "#1a2c52", "#3c5686", "#4a6494", "#42587e");
    const glow = context.createRadialGradient(w / 2, 0.2, 0.1, w / 2, 0.2, 0.55);
    glow.addColorStop(0, "#e8f2ffd0");
    glow.addColorStop(0.3, "#b8d0ff70");
    glow.addColorStop(1, "#b8d0ff00");
    context.fillStyle = glow;
    context.fillRect(-0.01, -0.01, w + 0.02, 1.02);
    context.fillStyle = "#f8faff";
    context.beginPath();
    context.arc(w / 2, 0.2, 0.15, 0, 7);
    context.fill();
    context.fillStyle = "#ccd6ea";
    context.beginPath();
    for (const [x, y, r] of [
      [-0.05, -0.04, 0.035],
      [0.06, 0.02, 0.028],
      [-0.02, 0.07, 0.03],
    ] as const) {
      context.moveTo(w / 2 + x + r, 0.2 + y);
      context.arc(w / 2 + x, 0.2 + y, r, 0, 7);
    }
    context.fill();
  },
  front(context, w) {
    wash(context, w, "multiply", "#c4d4f4", "#9fb2e0");
  },
};
