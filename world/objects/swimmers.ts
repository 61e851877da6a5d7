import { box, circle, fixed, type Kind, limb, line, main, oval, polygon, shade, shadow, spot, tint } from "./Kind.ts";

const ink = "#1d1a26";

export const boat: Kind = {
  name: "boat",
  synonyms: ["sailboat"],
  habitats: ["water"],
  size: 0.42,
  color: "red",
  sideways: true,
  parts: [
    limb("#7a5230", 3, "M46 4L46 72"),
    fixed("#fffaf0", "M50 6C72 24 84 46 86 62L50 62Z"),
    fixed("#ffe9c2", "M42 14C30 34 20 48 14 62L42 62Z"),
    main("M4 70L98 70C94 86 86 98 74 98L24 98C12 98 6 86 4 70Z"),
  ],
};

export const duck: Kind = {
  name: "duck",
  synonyms: ["rubber duck"],
  habitats: ["water"],
  size: 0.34,
  color: "yellow",
  sideways: true,
  head: { x: 66, y: 8, width: 28 },
  parts: [
    fixed("#f78c1e", "M82 32C92 30 99 34 99 38C98 44 88 46 80 44Z"),
    main(
      "M2 56C10 60 24 62 34 56C44 52 48 48 46 38C44 20 54 8 66 8C80 8 88 20 87 34C86 44 82 48 84 56C92 76 80 98 56 98L36 98C14 98 2 80 2 56Z",
    ),
    shade("M24 68C36 64 52 66 60 74C56 88 34 88 24 68Z"),
    spot(ink, circle(72, 27, 5)),
  ],
};

export const whale: Kind = {
  name: "whale",
  habitats: ["water"],
  size: 0.42,
  color: "blue",
  sideways: true,
  head: { x: 74, y: 42, width: 24 },
  parts: [
    line("#bfeaff", 5, "M70 40C70 26 62 20 52 22M70 40C70 26 80 18 90 22"),
    main("M2 36C10 32 18 38 20 46C24 36 34 32 40 38C38 48 34 54 26 58L16 58C8 52 4 46 2 36Z"),
    main("M16 54C22 62 30 66 38 60C46 46 60 40 72 40C90 40 99 54 98 70C97 88 84 97 66 97L46 97C26 97 14 78 16 54Z"),
    tint("M58 97C74 98 92 90 97 72C86 78 70 80 58 97Z"),
    spot(ink, circle(79, 63, 4.5)),
  ],
};

export const fish: Kind = {
  name: "fish",
  habitats: ["underwater"],
  size: 0.36,
  color: "orange",
  sideways: true,
  parts: [
    shade("M40 30C46 14 62 14 70 18C72 24 70 30 68 34Z"),
    shade(polygon(46, 74, 60, 76, 50, 90, 40, 86)),
    main("M26 50C18 36 8 28 2 26C6 40 6 62 2 76C10 74 18 66 26 54Z"),
    main("M20 52C30 30 50 24 64 26C84 28 94 40 99 52C94 66 82 78 62 78C46 78 30 70 20 52Z"),
    spot("#ffffff", circle(80, 46, 8)),
    spot(ink, circle(82, 46, 4.5)),
    shadow("M52 48C62 46 62 62 50 62C54 56 54 52 52 48Z"),
  ],
};

export const octopus: Kind = {
  name: "octopus",
  habitats: ["underwater"],
  size: 0.38,
  color: "purple",
  head: { x: 50, y: 4, width: 36 },
  face: { x: 50, y: 38, width: 42 },
  parts: [
    limb("main", 9, "M30 56C24 76 8 70 6 86"),
    limb("main", 9, "M70 56C76 76 92 70 94 86"),
    limb("main", 9, "M38 62C36 80 24 82 24 96"),
    limb("main", 9, "M62 62C64 80 76 82 76 96"),
    limb("main", 9, "M50 62C46 80 56 84 50 97"),
    main("M50 3C28 3 18 18 18 36C18 48 26 66 34 68L66 68C74 66 82 48 82 36C82 18 72 3 50 3Z"),
  ],
};

export const jellyfish: Kind = {
  name: "jellyfish",
  habitats: ["underwater"],
  size: 0.36,
  color: "pink",
  parts: [
    limb("shade", 5, "M26 48C18 64 34 76 24 96"),
    limb("shade", 5, "M42 48C34 64 50 78 42 98"),
    limb("shade", 5, "M58 48C66 64 50 78 58 98"),
    limb("shade", 5, "M74 48C82 64 66 76 76 96"),
    main(
      "M10 50C8 20 28 4 50 4C72 4 92 20 90 50C84 58 76 50 70 50C64 58 56 58 50 50C44 58 36 58 30 50C24 50 16 58 10 50Z",
    ),
    tint("M24 32C26 20 36 12 44 12C42 18 32 22 30 34Z"),
  ],
};

export const submarine: Kind = {
  name: "submarine",
  habitats: ["underwater", "water"],
  size: 0.4,
  color: "yellow",
  sideways: true,
  parts: [
    limb("#55565f", 5, "M54 30L54 14L66 14"),
    shade(box(40, 28, 28, 24, 5)),
    shade(polygon(12, 50, 1, 42, 1, 94, 12, 86)),
    main(oval(54, 68, 45, 28)),
    fixed("#8fdcff", circle(36, 66, 8)),
    fixed("#8fdcff", circle(58, 66, 8)),
    fixed("#8fdcff", circle(80, 66, 8)),
  ],
};
