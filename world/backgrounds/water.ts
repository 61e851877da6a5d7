import { type Background, band, clouds, disc, hills, peaks } from "./Background.ts";

export const beach: Background = {
  name: "beach",
  place: "on a beach",
  names: ["a beach", "a sandy beach", "the beach"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.5, "#5ec4f2", "#d4f2fb");
    say("detail");
    clouds(context, w, random, 2);
    say("water");
    band(context, w, 0.46, 0.66, "#2596cf", "#4cc4d8");
    say("detail");
    context.fillStyle = "#ffffff";
    const shift = random.range(0, 6);
    context.beginPath();
    context.moveTo(-0.02, 1);
    for (let i = 0; i <= 16; i++) context.lineTo((i / 16) * w, 0.625 + 0.012 * Math.sin(i * 1.1 + shift));
    context.lineTo(w + 0.02, 1);
    context.fill();
    say("sand");
    context.fillStyle = random.pick(["#f4dca0", "#f2d594"]);
    context.beginPath();
    context.moveTo(-0.02, 1.01);
    for (let i = 0; i <= 16; i++) context.lineTo((i / 16) * w, 0.65 + 0.012 * Math.sin(i * 1.1 + shift));
    context.lineTo(w + 0.02, 1.01);
    context.fill();
    say("detail");
    for (let i = 0; i < 5; i++) disc(context, random.range(0, w), random.range(0.72, 0.97), 0.012, "#e2bd74", 0.6);
  },
};

export const sea: Background = {
  name: "sea",
  place: "on the sea",
  names: ["the sea", "the open sea", "the ocean"],
  habitats: ["water", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.52, "#79c9f4", "#e4f6fd");
    say("detail");
    clouds(context, w, random, 2);
    say("water");
    band(context, w, 0.5, 1, "#2d7fc8", "#1d62ad");
    say("detail");
    context.strokeStyle = "#7cbcec";
    context.lineWidth = 0.012;
    for (let i = 0; i < 10; i++) {
      const [x, y] = [random.range(0, w), 0.56 + (i / 10) * 0.44];
      context.beginPath();
      context.moveTo(x - 0.08, y);
      context.quadraticCurveTo(x - 0.04, y - 0.02, x, y);
      context.quadraticCurveTo(x + 0.04, y - 0.02, x + 0.08, y);
      context.stroke();
    }
  },
};

export const lake: Background = {
  name: "lake",
  place: "on a lake",
  names: ["a lake", "a calm lake", "a lake in the hills"],
  habitats: ["water", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.52, "#9ad4f0", "#f3f7e4");
    say("detail");
    clouds(context, w, random, 1);
    say("hills", 0.48);
    hills(context, w, random, 0.46, 0.05, "#8fc27c", 1.3);
    say("hills", 0.54);
    hills(context, w, random, 0.52, 0.025, "#5f9f58", 1.6);
    say("water");
    band(context, w, 0.56, 1, "#86d3d0", "#3fa3b8");
    say("detail");
    context.fillStyle = "#b8e8e2";
    for (let i = 0; i < 7; i++)
      context.fillRect(random.range(-0.1, w), 0.6 + i * 0.056, random.range(0.12, 0.24), 0.009);
    say("grass");
    for (let i = 0; i < 3; i++) disc(context, random.range(0, w), random.range(0.94, 0.99), 0.05, "#4fa35a", 0.35);
  },
};

export const arcticSea: Background = {
  name: "icy sea",
  place: "on an icy sea",
  names: ["an icy sea", "the arctic sea", "a sea with icebergs"],
  habitats: ["water", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.52, "#b8d4ee", "#f3eef8");
    say("mountains", 0.48);
    peaks(context, w, random, 0.56, 0.2, "#dcecf8", "#ffffff");
    say("water");
    band(context, w, 0.52, 1, "#5f9fc0", "#356f98");
    say("ice");
    for (let i = 0; i < 7; i++) {
      disc(context, random.range(0, w), 0.6 + i * 0.055, random.range(0.05, 0.1), "#f2faff", 0.22);
    }
  },
};

export const underwater: Background = {
  name: "underwater",
  place: "under the sea",
  names: ["the bottom of the sea", "a coral reef", "an underwater world"],
  habitats: ["underwater"],
  outdoors: false,
  draw(context, w, random, say) {
    say("open water");
    band(context, w, 0, 1, "#5fd0e6", "#1c7fb8", "#135a94");
    say("detail");
    context.fillStyle = "#ffffff22";
    for (let i = 0; i < 3; i++) {
      const x = random.range(0, w);
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x + 0.12, 0);
      context.lineTo(x - 0.02, 0.85);
      context.lineTo(x - 0.28, 0.85);
      context.fill();
    }
    say("sand");
    hills(context, w, random, 0.9, 0.02, "#e3cf94", 1);
    say("coral", 0.93);
    for (let i = 0; i < 5; i++) {
      const x = random.range(0, w);
      context.strokeStyle = random.pick(["#2fa36b", "#e8617d", "#f08d4a"]);
      context.lineWidth = 0.022;
      context.lineCap = "round";
      context.beginPath();
      context.moveTo(x, 0.93);
      context.bezierCurveTo(x + 0.04, 0.88, x - 0.04, 0.84, x + 0.01, random.range(0.76, 0.82));
      context.stroke();
    }
    say("detail");
    for (let i = 0; i < 7; i++) disc(context, random.range(0, w), random.range(0.08, 0.7), 0.012, "#e5fbff99");
  },
};

export const seaCave: Background = {
  name: "sea cave",
  place: "in a sea cave",
  names: ["a sea cave", "a dark underwater cave", "a cave under the sea"],
  habitats: ["underwater"],
  outdoors: false,
  draw(context, w, random, say) {
    say("open water");
    band(context, w, 0, 1, "#2c8c9c", "#1d5f7d", "#123f5e");
    say("detail");
    disc(context, w / 2, 0.42, 0.46, "#4fb9bd55");
    disc(context, w / 2, 0.4, 0.32, "#8fe3d866");
    say("cliff", 0.6);
    context.fillStyle = "#23304f";
    for (let i = 0; i < 7; i++) {
      const x = ((i + random.range(0.2, 0.8)) / 7) * w;
      const h = random.range(0.08, 0.2);
      context.beginPath();
      context.moveTo(x - 0.08, 0);
      context.lineTo(x + 0.01, h);
      context.lineTo(x + 0.08, 0);
      context.fill();
    }
    say("cave floor");
    hills(context, w, random, 0.88, 0.03, "#31405f", 1.4);
    say("detail");
    for (let i = 0; i < 6; i++) disc(context, random.range(0, w), random.range(0.9, 0.98), 0.03, "#45608a", 0.6);
  },
};
