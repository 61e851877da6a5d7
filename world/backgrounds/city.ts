import { type Background, band, clouds, disc, hills } from "./Background.ts";

export const nightCity: Background = {
  name: "night city",
  place: "in a city at night",
  names: ["a city at night", "a night city", "city lights at night"],
  habitats: ["ground", "sky"],
  outdoors: false,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.7, "#141a44", "#3f3a7e");
    say("detail");
    for (let i = 0; i < 12; i++) disc(context, random.range(0, w), random.range(0.02, 0.3), 0.006, "#ffffffcc");
    const count = 7;
    for (let i = 0; i < count; i++) {
      say("buildings", 0.64);
      const x = (i / count) * w;
      const width = w / count;
      const top = random.range(0.24, 0.46);
      context.fillStyle = i % 2 ? "#262a5c" : "#2f2b63";
      context.fillRect(x, top, width + 0.005, 0.7 - top);
      say("detail");
      context.fillStyle = "#ffd95e";
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 2; column++) {
          if (random.chance(0.65)) {
            context.fillRect(x + width * (0.2 + column * 0.38), top + 0.04 + row * 0.075, width * 0.22, 0.032);
          }
        }
      }
    }
    say("road");
    band(context, w, 0.64, 1, "#4a4a66", "#3a3a54");
    say("pavement");
    context.fillStyle = "#8a88a0";
    context.fillRect(-0.01, 0.635, w + 0.02, 0.02);
    say("detail");
    context.fillStyle = "#e8e4c8";
    for (let i = 0; i < 5; i++) context.fillRect(((i + 0.25) / 5) * w, 0.965, 0.1, 0.014);
  },
};

export const street: Background = {
  name: "street",
  place: "on a street",
  names: ["a street", "a town street", "a sunny street in town"],
  habitats: ["ground", "sky"],
  outdoors: true,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.6, "#8ed2f8", "#eef9ff");
    say("detail");
    clouds(context, w, random, 1);
    const count = 5;
    for (let i = 0; i < count; i++) {
      say("buildings", 0.62);
      const x = (i / count) * w;
      const width = w / count;
      const top = random.range(0.26, 0.4);
      context.fillStyle = random.pick(["#f2b8a0", "#f6dca0", "#b8d8c8", "#c8c4e8", "#f0c8d4"]);
      context.fillRect(x, top, width + 0.004, 0.64 - top);
      context.fillStyle = "#a5604c";
      context.fillRect(x, top, width + 0.004, 0.03);
      say("detail");
      context.fillStyle = "#6f8fb0";
      for (let row = 0; row < 2; row++) {
        for (let column = 0; column < 2; column++) {
          context.fillRect(x + width * (0.2 + column * 0.38), top + 0.06 + row * 0.11, width * 0.22, 0.06);
        }
      }
    }
    say("pavement");
    band(context, w, 0.62, 0.68, "#d8d4cc", "#d8d4cc");
    say("road");
    band(context, w, 0.68, 1, "#8f929c", "#7f828c");
    say("detail");
    context.fillStyle = "#f8f4e4";
    for (let i = 0; i < 5; i++) context.fillRect(((i + 0.25) / 5) * w, 0.965, 0.1, 0.014);
  },
};

export const room: Background = {
  name: "room",
  place: "in a room",
  names: ["a room", "a cosy room", "a living room"],
  habitats: ["ground", "sky"],
  outdoors: false,
  draw(context, w, random, say) {
    const wall = random.pick(["#f6cfa9", "#f4dfb8", "#cfe0c8", "#e8cfe0"]);
    say("wall", 0.62);
    band(context, w, 0, 0.64, wall, wall);
    say("detail");
    context.fillStyle = "#ffffff40";
    for (let i = 0; i < 8; i++) context.fillRect(((i + 0.25) / 8) * w, 0, 0.06, 0.62);
    say("window", 0.62);
    const x = random.range(0.2, 0.8) * w;
    context.fillStyle = "#ffffff";
    context.fillRect(x - 0.15, 0.12, 0.3, 0.3);
    context.fillStyle = "#9bd8f5";
    context.fillRect(x - 0.125, 0.145, 0.115, 0.25);
    context.fillRect(x + 0.01, 0.145, 0.115, 0.25);
    say("floor");
    band(context, w, 0.62, 1, "#b9804f", "#a06a3e");
    say("skirting", 0.62);
    context.fillStyle = "#fff6e6";
    context.fillRect(-0.01, 0.6, w + 0.02, 0.035);
    say("detail");
    context.fillStyle = "#935f36";
    for (let i = 0; i < 4; i++) context.fillRect(0, 0.7 + i * 0.08, w, 0.008);
    say("rug");
    disc(context, w / 2, 0.86, 0.42, random.pick(["#6f9fc8aa", "#c86f7faa", "#7fae7faa"]), 0.24);
  },
};

export const space: Background = {
  name: "space",
  place: "on the moon in space",
  names: ["outer space", "the moon in space", "space"],
  habitats: ["ground", "sky"],
  outdoors: false,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.75, "#0b0b26", "#241a4e");
    say("detail");
    for (let i = 0; i < 26; i++) {
      disc(context, random.range(0, w), random.range(0, 0.64), random.range(0.004, 0.009), "#ffffff");
    }
    say("planet");
    const x = random.range(0.15, 0.85) * w;
    disc(context, x, 0.2, 0.085, random.pick(["#e58b5a", "#5aa8e5", "#b87ae0"]));
    context.strokeStyle = "#f0dcb0";
    context.lineWidth = 0.014;
    context.beginPath();
    context.ellipse(x, 0.2, 0.14, 0.035, -0.3, 0, 7);
    context.stroke();
    say("moon ground");
    context.fillStyle = "#b9b6c4";
    context.beginPath();
    context.ellipse(w / 2, 1.1, w * 0.9, 0.47, 0, 0, 7);
    context.fill();
    say("detail");
    for (let i = 0; i < 7; i++)
      disc(context, random.range(0, w), random.range(0.74, 0.97), random.range(0.03, 0.06), "#9a97a8", 0.4);
  },
};

export const candyLand: Background = {
  name: "candy land",
  place: "in candy land",
  names: ["candy land", "a land of sweets", "a candy world"],
  habitats: ["ground", "sky"],
  outdoors: false,
  draw(context, w, random, say) {
    say("sky");
    band(context, w, 0, 0.62, "#ffc4e4", "#fff0d8");
    say("detail");
    clouds(context, w, random, 2, "#ffffffcc");
    for (let i = 0; i < 5; i++) {
      say("lollipops", 0.58);
      const x = ((i + random.range(0.2, 0.8)) / 5) * w;
      const y = random.range(0.36, 0.46);
      context.fillStyle = "#ffffff";
      context.fillRect(x - 0.01, y, 0.02, 0.6 - y);
      disc(context, x, y, 0.07, random.pick(["#f76fa8", "#8f7bf0", "#5fc8d8"]));
      say("detail");
      disc(context, x, y, 0.04, "#ffffffb0");
    }
    say("hills", 0.58);
    hills(context, w, random, 0.58, 0.02, "#a8e6c8", 1.2);
    say("candy ground");
    hills(context, w, random, 0.66, 0.015, "#f9d2e8", 0.8);
    say("detail");
    for (let i = 0; i < 12; i++) {
      disc(
        context,
        random.range(0, w),
        random.range(0.72, 0.98),
        0.014,
        random.pick(["#ff7f9f", "#7fc8ff", "#ffd85f", "#9fe07f"]),
      );
    }
  },
};
