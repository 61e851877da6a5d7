import { box, circle, fixed, type Kind, limb, line, main, oval, shade, spot, tint } from "./Kind.ts";

export const ball: Kind = {
  name: "ball",
  habitats: ["ground"],
  size: 0.3,
  color: "blue",
  indoor: true,
  parts: [main(circle(50, 52, 47)), tint("M22 46C22 32 32 22 44 20C40 28 32 34 30 48Z")],
};

export const umbrella: Kind = {
  name: "umbrella",
  synonyms: ["parasol"],
  habitats: ["ground"],
  size: 0.42,
  color: "purple",
  indoor: true,
  parts: [
    limb("#7a5230", 4, "M50 10L50 99"),
    main("M3 50C4 22 26 7 50 7C74 7 96 22 97 50C88 42 76 42 66 50C60 42 40 42 34 50C24 42 12 42 3 50Z"),
    limb("#7a5230", 4, "M50 7L50 2"),
  ],
};

export const teapot: Kind = {
  name: "teapot",
  habitats: ["ground"],
  size: 0.34,
  color: "turquoise",
  sideways: true,
  indoor: true,
  parts: [
    limb("shade", 7, "M24 48C4 44 2 80 26 80"),
    main("M70 66C82 66 82 46 90 36L99 38C98 60 92 84 70 86Z"),
    main("M18 66C18 44 32 34 48 34C66 34 78 46 78 66C78 84 68 98 62 98L34 98C28 98 18 84 18 66Z"),
    shade("M30 38C34 26 62 26 66 38Z"),
    shade(circle(48, 21, 7)),
  ],
};

export const cup: Kind = {
  name: "cup",
  synonyms: ["mug"],
  habitats: ["ground"],
  size: 0.3,
  color: "blue",
  sideways: true,
  indoor: true,
  parts: [
    limb("shade", 8, "M70 42C98 36 98 78 68 76"),
    main("M8 26L76 26C76 60 74 98 62 98L22 98C10 98 8 60 8 26Z"),
    fixed("#6b4426", oval(42, 26, 34, 9)),
    line("#e9e9f0", 4, "M30 14C24 8 34 6 30 0M52 14C46 8 56 6 52 0"),
  ],
};

export const gift: Kind = {
  name: "gift",
  synonyms: ["present"],
  habitats: ["ground"],
  size: 0.34,
  color: "purple",
  indoor: true,
  parts: [
    main(box(10, 46, 80, 53, 3)),
    main(box(4, 32, 92, 20, 3)),
    spot("#ffd83a", box(42, 32, 16, 67)),
    fixed("#ffd83a", "M50 32C38 30 18 26 20 12C26 0 46 12 50 32Z"),
    fixed("#ffd83a", "M50 32C62 30 82 26 80 12C74 0 54 12 50 32Z"),
  ],
};

export const robot: Kind = {
  name: "robot",
  habitats: ["ground"],
  size: 0.38,
  color: "gray",
  indoor: true,
  head: { x: 50, y: 14, width: 34 },
  face: { x: 50, y: 32, width: 36 },
  parts: [
    limb("#55565f", 4, "M50 14L50 5"),
    fixed("#ff4d4d", circle(50, 5, 4.5)),
    shade(box(32, 86, 13, 14, 3)),
    shade(box(55, 86, 13, 14, 3)),
    shade(box(10, 58, 12, 28, 5)),
    shade(box(78, 58, 12, 28, 5)),
    main(box(24, 54, 52, 36, 5)),
    main(box(22, 14, 56, 38, 8)),
    fixed("#ffd83a", circle(50, 72, 8)),
  ],
};

export const cake: Kind = {
  name: "cake",
  habitats: ["ground"],
  size: 0.34,
  color: "pink",
  indoor: true,
  parts: [
    fixed("#fffaf0", box(47, 12, 7, 26, 2)),
    spot("#ff9a1f", "M50.5 0C56 6 56 12 50.5 13C45 12 45 6 50.5 0Z"),
    main(box(24, 36, 52, 26, 5)),
    main(box(8, 60, 84, 34, 6)),
    spot(
      "#fffaf0",
      "M24 42C24 36 28 36 32 36L68 36C72 36 76 36 76 42C76 50 68 50 66 44C62 54 54 54 52 46C48 54 40 54 38 46C34 52 26 50 24 42Z",
    ),
    fixed("#d9dbe2", box(2, 92, 96, 8, 3)),
  ],
};

export const snowman: Kind = {
  name: "snowman",
  habitats: ["ground"],
  size: 0.38,
  color: "white",
  head: { x: 50, y: 4, width: 30 },
  face: { x: 50, y: 22, width: 26 },
  parts: [
    limb("#6f4a2a", 4, "M30 54L8 40"),
    limb("#6f4a2a", 4, "M70 54L92 40"),
    main(circle(50, 78, 22)),
    main(circle(50, 48, 18)),
    main(circle(50, 22, 19)),
    spot("#2c2a33", circle(50, 46, 3)),
    spot("#2c2a33", circle(50, 56, 3)),
    fixed("#e03636", "M33 34C44 42 56 42 67 34L68 41C56 48 44 48 32 41Z"),
  ],
};
