import { type Effect, scatter, wash } from "./Effect.ts";

export const snow: Effect = {
  name: "snow",
  caption: "in the snow",
  back(context, w) {
    wash(context, w, "saturation", "#80808060");
    wash(context, w, "source-over", "#c9d6e466", "#e6edf588", "#ffffffc0", "#ffffffd8", "#ffffffd8");
  },
  front(context, w) {
    context.fillStyle = "#ffffff";
    context.beginPath();
    scatter(Math.round(70 * w), w).forEach(([x, y], i) => {
      const r = 0.011 + (i % 3) * 0.004;
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 7);
    });
    context.fill();
  },
};

export const rain: Effect = {
  name: "rain",
  caption: "in the rain",
  back(context, w) {
    wash(context, w, "saturation", "#80808080");
    wash(context, w, "multiply", "#8794ab", "#a5b0c4", "#a5b0c4");
  },
  front(context, w) {
    wash(context, w, "multiply", "#c8d0e0");
    context.strokeStyle = "#d6e6ffd0";
    context.lineWidth = 0.011;
    context.beginPath();
    for (const [x, y] of scatter(Math.round(64 * w), w)) {
      context.moveTo(x, y);
      context.lineTo(x - 0.025, y + 0.085);
    }
    context.stroke();
  },
};

export const fog: Effect = {
  name: "fog",
  caption: "in thick fog",
  front(context, w) {
    wash(context, w, "source-over", "#e3e7ecb8", "#e6eaefc8", "#e6eaefa0", "#e8ecf080");
  },
};

export const storm: Effect = {
  name: "thunderstorm",
  caption: "in a thunderstorm",
  back(context, w) {
    wash(context, w, "saturation", "#808080a0");
    wash(context, w, "multiply", "#3c4266", "#6a7090", "#7a80a0");
    context.fillStyle = "#50567a";
    for (const [x, y, r] of [
      [0.1, 0.02, 0.13],
      [0.3, 0.05, 0.12],
      [0.5, 0.02, 0.14],
      [0.7, 0.05, 0.12],
      [0.9, 0.02, 0.14],
    ] as const) {
      context.beginPath();
      context.arc(x * w, y, r, 0, 7);
      context.fill();
    }
    context.fillStyle = "#fff27a";
    for (const x of [0.22, 0.78]) {
      context.beginPath();
      const at = x * w;
      context.moveTo(at, 0.13);
      context.lineTo(at - 0.06, 0.33);
      context.lineTo(at - 0.01, 0.33);
      context.lineTo(at - 0.04, 0.52);
      context.lineTo(at + 0.05, 0.28);
      context.lineTo(at, 0.28);
      context.lineTo(at + 0.04, 0.13);
      context.fill();
    }
  },
  front(context, w) {
    wash(context, w, "multiply", "#a8aed0");
  },
};

export const sandstorm: Effect = {
  name: "sandstorm",
  caption: "in a sandstorm",
  back(context, w) {
    wash(context, w, "source-over", "#c98f4ab0", "#dba760b8", "#d9a25ca8", "#c9914e98");
  },
  front(context, w) {
    wash(context, w, "source-over", "#d8a35c70");
    context.strokeStyle = "#f6d9a0c0";
    context.lineWidth = 0.012;
    context.lineCap = "round";
    context.beginPath();
    scatter(Math.round(44 * w), w).forEach(([x, y], i) => {
      const length = 0.06 + (i % 4) * 0.03;
      context.moveTo(x, y);
      context.quadraticCurveTo(x + length / 2, y - 0.012, x + length, y + 0.006);
    });
    context.stroke();
  },
};

export const rainbow: Effect = {
  name: "rainbow",
  caption: "under a rainbow",
  back(context, w) {
    wash(context, w, "source-over", "#9fd4ff90", "#d4eeff70", "#ffffff20", "#ffffff00");
    context.lineWidth = 0.034;
    ["#f0474f", "#ff9a3c", "#ffe45a", "#58c860", "#4a90f0", "#9560dc"].forEach((color, i) => {
      context.strokeStyle = `${color}d0`;
      context.beginPath();
      context.ellipse(w / 2, 0.6, 0.56 * w - i * 0.033, 0.56 - i * 0.033, 0, Math.PI, 0);
      context.stroke();
    });
  },
  front(context, w) {
    wash(context, w, "soft-light", "#ffffff50");
  },
};
