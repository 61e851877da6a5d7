import { type Background, band, clouds, disc, hills, peaks } from "./Background.ts";

export const meadow: Background = {
  name: "meadow",
  place: "on a meadow",
  names: ["a meadow", "a green meadow", "a grassy field"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#6cc3f5", "#d8f1ff");
    say("detail");
    clouds(context, w, random, 2);
    say("hills", 0.55);
    hills(context, w, random, 0.55, 0.035, "#9fd86f", 1.2);
    say("grass");
    const grass = random.pick(["#74c552", "#6fbd4a", "#86cc58"]);
    hills(context, w, random, 0.62, 0.02, grass, 0.8);
    say("detail");
    for (let i = 0; i < 12; i++) {
      const [x, y] = [random.range(0, w), random.range(0.68, 0.98)];
      disc(context, x, y, 0.011, random.pick(["#fffbe8", "#ffe04d", "#ffffff"]));
    }
  },
};

export const snowField: Background = {
  name: "snow field",
  place: "on a snow field",
  names: ["a snow field", "a snowy field", "a snowy winter landscape"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#a9cdea", "#eaf4fb");
    say("mountains", 0.46);
    peaks(context, w, random, 0.6, 0.16, "#c3d9ec");
    say("hills", 0.56);
    hills(context, w, random, 0.58, 0.03, "#dfecf7", 1.2);
    say("trees", 0.6);
    for (let i = 0; i < 5; i++) {
      const x = random.range(0, w);
      const y = random.range(0.56, 0.6);
      context.fillStyle = "#7fa3a6";
      context.beginPath();
      context.moveTo(x, y - 0.1);
      context.lineTo(x + 0.035, y);
      context.lineTo(x - 0.035, y);
      context.fill();
    }
    say("snow");
    hills(context, w, random, 0.63, 0.02, "#f7fbff", 0.8);
    say("detail");
    for (let i = 0; i < 3; i++) disc(context, random.range(0, w), random.range(0.75, 0.97), 0.13, "#e4eef8", 0.13);
  },
};

export const desert: Background = {
  name: "desert",
  place: "in a desert",
  names: ["a desert", "a sandy desert", "the desert"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#7fd0ee", "#fdeec2");
    say("detail");
    disc(context, random.range(0.15, 0.85) * w, 0.12, 0.055, "#fff6c9");
    say("hills", 0.5);
    hills(context, w, random, 0.52, 0.05, "#e8b765", 0.9);
    say("hills", 0.58);
    hills(context, w, random, 0.6, 0.035, "#f0c672", 0.9);
    say("sand");
    hills(context, w, random, 0.68, 0.02, random.pick(["#f6d68b", "#f3cd7c"]), 0.7);
    say("detail");
    context.strokeStyle = "#dfb45f";
    context.lineWidth = 0.012;
    for (let i = 0; i < 4; i++) {
      const [x, y] = [random.range(0, w), random.range(0.78, 0.97)];
      context.beginPath();
      context.moveTo(x - 0.09, y);
      context.quadraticCurveTo(x, y - 0.025, x + 0.09, y);
      context.stroke();
    }
  },
};

export const mountains: Background = {
  name: "mountains",
  place: "in the mountains",
  names: ["the mountains", "a mountain landscape", "snowy mountains"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#79b6ee", "#e3efff");
    say("mountains", 0.43);
    peaks(context, w, random, 0.62, 0.46, "#8292b5", "#ffffff");
    say("mountains", 0.48);
    peaks(context, w, random, 0.62, 0.24, "#62789f");
    say("hills", 0.58);
    hills(context, w, random, 0.6, 0.02, "#5d9a5f", 1.1);
    say("grass");
    hills(context, w, random, 0.67, 0.015, "#7fb560", 0.8);
    say("detail");
    for (let i = 0; i < 6; i++) disc(context, random.range(0, w), random.range(0.72, 0.97), 0.02, "#9aa0a8", 0.6);
  },
};

export const forest: Background = {
  name: "forest",
  place: "in a forest",
  names: ["a forest", "the woods", "a deep forest"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.65, "#b9e4c0", "#dff3cf");
    for (let layer = 0; layer < 2; layer++) {
      say("trees", 0.55 + layer * 0.07);
      const count = 7;
      for (let i = 0; i < count; i++) {
        const x = ((i + random.range(0.2, 0.8)) / count) * w * 1.1 - 0.05;
        const foot = 0.6 + layer * 0.04;
        context.fillStyle = layer ? "#5e4634" : "#7d8f6e";
        const half = layer ? 0.018 : 0.014;
        context.fillRect(x - half, 0.1, half * 2, foot - 0.1);
        disc(context, x, random.range(0.06, 0.2), random.range(0.11, 0.16), layer ? "#2f7d45" : "#7dbd83", 0.9);
      }
    }
    say("forest floor");
    hills(context, w, random, 0.64, 0.015, "#4f8f44", 0.8);
    say("detail");
    for (let i = 0; i < 8; i++) disc(context, random.range(0, w), random.range(0.7, 0.98), 0.03, "#5fa04f", 0.4);
  },
};

export const farm: Background = {
  name: "farm",
  place: "on a farm",
  names: ["a farm", "a wheat farm", "farmland with a fence"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.6, "#8fd0f2", "#fff3d6");
    say("detail");
    clouds(context, w, random, 1);
    say("hills", 0.53);
    hills(context, w, random, 0.54, 0.02, "#8cbf5a", 1);
    say("field");
    band(context, w, 0.55, 1, "#eac55a", "#d8a73c");
    say("buildings", 0.56);
    const barn = random.range(0.12, 0.88) * w;
    context.fillStyle = "#b5483c";
    context.fillRect(barn - 0.09, 0.44, 0.18, 0.12);
    context.fillStyle = "#7d3a34";
    context.beginPath();
    context.moveTo(barn - 0.11, 0.45);
    context.lineTo(barn, 0.36);
    context.lineTo(barn + 0.11, 0.45);
    context.fill();
    say("detail");
    context.fillStyle = "#c99a32";
    for (let i = 0; i < 6; i++) context.fillRect(0, 0.68 + i * 0.055, w, 0.012);
    say("fence", 0.65);
    context.fillStyle = "#fffaf0";
    context.fillRect(-0.01, 0.575, w + 0.02, 0.018);
    context.fillRect(-0.01, 0.615, w + 0.02, 0.018);
    for (let i = 0; i < 9; i++) context.fillRect(((i + 0.3) / 9) * w, 0.555, 0.022, 0.1);
  },
};

export const park: Background = {
  name: "park",
  place: "in a park",
  names: ["a park", "a park with a path", "the park"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#86d0f7", "#effaff");
    say("detail");
    clouds(context, w, random, 1);
    say("trees", 0.57);
    for (let i = 0; i < 6; i++) {
      const x = ((i + random.range(0.2, 0.8)) / 6) * w;
      context.fillStyle = "#7f5a3c";
      context.fillRect(x - 0.012, 0.48, 0.024, 0.12);
      disc(context, x, 0.44, random.range(0.07, 0.1), random.pick(["#57a84f", "#68b85a", "#4c9b52"]));
    }
    say("grass");
    band(context, w, 0.57, 1, "#7cc865", "#66b653");
    say("path");
    context.fillStyle = "#e6d5ae";
    const x = random.range(0.3, 0.7) * w;
    context.beginPath();
    context.moveTo(x - 0.02, 0.57);
    context.bezierCurveTo(x - 0.1, 0.72, x + 0.06, 0.8, x - 0.3, 1.01);
    context.lineTo(x + 0.3, 1.01);
    context.bezierCurveTo(x + 0.3, 0.82, x + 0.02, 0.74, x + 0.03, 0.57);
    context.fill();
  },
};
