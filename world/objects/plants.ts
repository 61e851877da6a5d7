import { box, circle, fixed, type Kind, limb, line, main, oval, polygon, shadow, spot, tint } from "./Kind.ts";

export const tree: Kind = {
  name: "tree",
  habitats: ["ground"],
  size: 0.48,
  color: "green",
  parts: [
    fixed("#8a5a35", "M42 58L58 58L62 100L38 100Z"),
    main(
      "M50 3C66 1 76 12 76 20C92 20 98 36 90 48C92 62 76 70 66 66C58 72 42 72 34 66C24 70 8 62 10 48C2 36 8 20 24 20C24 12 34 1 50 3Z",
    ),
    tint("M26 34C26 22 38 12 48 13C40 18 34 24 34 36Z"),
  ],
};

export const pine: Kind = {
  name: "pine tree",
  synonyms: ["fir tree"],
  habitats: ["ground"],
  size: 0.48,
  color: "green",
  parts: [
    fixed("#7a4d2c", box(43, 82, 14, 18)),
    main(polygon(50, 44, 90, 86, 10, 86)),
    main(polygon(50, 22, 82, 62, 18, 62)),
    main(polygon(50, 1, 74, 38, 26, 38)),
  ],
};

export const flower: Kind = {
  name: "flower",
  synonyms: ["blossom"],
  habitats: ["ground"],
  size: 0.34,
  color: "red",
  indoor: true,
  parts: [
    limb("#3c9a3f", 5, "M50 50L50 99"),
    fixed("#3c9a3f", "M50 90C34 92 24 84 22 72C38 72 48 78 50 90Z"),
    fixed("#3c9a3f", "M50 94C66 94 76 88 78 76C62 76 52 82 50 94Z"),
    main(circle(50, 16, 14)),
    main(circle(69, 30, 14)),
    main(circle(62, 52, 14)),
    main(circle(38, 52, 14)),
    main(circle(31, 30, 14)),
    fixed("#ffd23a", circle(50, 36, 11)),
  ],
};

export const mushroom: Kind = {
  name: "mushroom",
  synonyms: ["toadstool"],
  habitats: ["ground"],
  size: 0.34,
  color: "red",
  parts: [
    fixed("#fbeed2", "M36 50C40 70 34 84 30 92C34 101 66 101 70 92C66 84 60 70 64 50Z"),
    main("M4 54C4 22 26 4 50 4C74 4 96 22 96 54C84 64 16 64 4 54Z"),
    tint(oval(34, 26, 8, 6)),
  ],
};

export const cactus: Kind = {
  name: "cactus",
  habitats: ["ground"],
  size: 0.38,
  color: "green",
  indoor: true,
  parts: [
    limb("main", 13, "M44 74L18 74C14 74 14 70 14 66L14 44"),
    limb("main", 13, "M56 62L82 62C86 62 86 58 86 54L86 32"),
    main("M36 100L36 20C36 -2 64 -2 64 20L64 100Z"),
    spot("#fff3c4", circle(44, 30, 2.6)),
    spot("#fff3c4", circle(56, 44, 2.6)),
    spot("#fff3c4", circle(44, 60, 2.6)),
    spot("#fff3c4", circle(56, 80, 2.6)),
    fixed("#ff6fae", circle(50, 6, 6)),
  ],
};

export const pumpkin: Kind = {
  name: "pumpkin",
  habitats: ["ground"],
  size: 0.34,
  color: "orange",
  indoor: true,
  head: { x: 50, y: 26, width: 30 },
  face: { x: 50, y: 62, width: 46 },
  parts: [
    fixed("#4f7d2c", "M44 32C44 20 48 10 58 6L64 12C58 18 56 24 57 32Z"),
    main(oval(24, 64, 22, 32)),
    main(oval(76, 64, 22, 32)),
    main(oval(50, 63, 26, 36)),
    line("#4f7d2c", 3, "M58 26C70 20 74 26 80 24"),
  ],
};

export const apple: Kind = {
  name: "apple",
  habitats: ["ground"],
  size: 0.3,
  color: "red",
  indoor: true,
  parts: [
    limb("#6f4a2a", 4, "M50 26C50 16 52 10 56 4"),
    fixed("#4fae3a", "M54 16C62 2 80 2 88 8C82 22 66 26 54 16Z"),
    main(
      "M50 26C34 14 6 20 6 52C6 78 26 99 38 99C44 99 46 96 50 96C54 96 56 99 62 99C74 99 94 78 94 52C94 20 66 14 50 26Z",
    ),
    tint("M18 52C18 40 24 32 32 32C30 38 24 42 24 54Z"),
    shadow("M60 92C76 90 86 72 86 56C78 72 70 82 60 92Z"),
  ],
};
