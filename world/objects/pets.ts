import { box, circle, type Kind, limb, main, oval, polygon, shade, shadow, spot, tint } from "./Kind.ts";

const ink = "#1d1a26";

export const cat: Kind = {
  name: "cat",
  synonyms: ["kitty"],
  habitats: ["ground"],
  size: 0.34,
  color: "orange",
  indoor: true,
  head: { x: 50, y: 13, width: 34 },
  face: { x: 50, y: 37, width: 38 },
  parts: [
    limb("main", 9, "M66 90C92 96 98 70 84 58"),
    main("M24 36L22 2L50 18L78 2L76 36Z"),
    main("M28 100C20 70 34 48 50 48C66 48 80 70 72 100Z"),
    tint(oval(50, 86, 12, 13)),
    main(oval(50, 35, 31, 25)),
    spot("#ffb3c7", polygon(27, 22, 27, 10, 36, 15)),
    spot("#ffb3c7", polygon(73, 22, 73, 10, 64, 15)),
  ],
};

export const dog: Kind = {
  name: "dog",
  synonyms: ["puppy"],
  habitats: ["ground"],
  size: 0.36,
  color: "brown",
  sideways: true,
  indoor: true,
  head: { x: 74, y: 18, width: 28 },
  parts: [
    limb("main", 8, "M15 56C4 50 3 38 8 30"),
    shade(box(27, 66, 12, 33, 5)),
    shade(box(52, 66, 12, 33, 5)),
    main(box(14, 68, 13, 32, 5)),
    main(box(61, 68, 13, 32, 5)),
    main("M12 60C12 48 20 46 34 47L60 46L76 50L76 74C70 80 18 80 13 74Z"),
    main("M56 36C56 22 66 16 77 17C88 18 91 28 92 33C99 34 101 42 97 47C92 53 84 54 76 54C62 54 56 48 56 36Z"),
    shade("M64 20C52 20 46 34 51 52C60 54 68 44 70 24Z"),
    spot(ink, circle(97, 37, 5)),
    spot(ink, circle(81, 31, 4)),
  ],
};

export const rabbit: Kind = {
  name: "rabbit",
  synonyms: ["bunny"],
  habitats: ["ground"],
  size: 0.34,
  color: "gray",
  indoor: true,
  head: { x: 50, y: 32, width: 26 },
  face: { x: 50, y: 51, width: 32 },
  parts: [
    main(oval(36, 21, 9, 23)),
    main(oval(64, 21, 9, 23)),
    spot("#ffb3c7", oval(36, 22, 4, 15)),
    spot("#ffb3c7", oval(64, 22, 4, 15)),
    main(oval(50, 83, 26, 18)),
    tint(oval(50, 86, 13, 12)),
    main(oval(50, 50, 25, 20)),
    main(oval(32, 95, 12, 6)),
    main(oval(68, 95, 12, 6)),
  ],
};

export const bear: Kind = {
  name: "bear",
  habitats: ["ground"],
  size: 0.36,
  color: "brown",
  indoor: true,
  head: { x: 50, y: 10, width: 36 },
  face: { x: 50, y: 34, width: 40 },
  parts: [
    main(circle(24, 15, 12)),
    main(circle(76, 15, 12)),
    shadow(circle(24, 15, 5)),
    shadow(circle(76, 15, 5)),
    main(oval(25, 70, 10, 15)),
    main(oval(75, 70, 10, 15)),
    main(oval(34, 92, 13, 8)),
    main(oval(66, 92, 13, 8)),
    main(oval(50, 76, 26, 22)),
    tint(oval(50, 78, 15, 14)),
    main(oval(50, 34, 32, 26)),
    tint(oval(50, 43, 15, 11)),
  ],
};

export const sheep: Kind = {
  name: "sheep",
  synonyms: ["lamb"],
  habitats: ["ground"],
  size: 0.36,
  color: "white",
  sideways: true,
  head: { x: 80, y: 27, width: 24 },
  parts: [
    shade(box(24, 74, 9, 26, 4)),
    shade(box(56, 74, 9, 26, 4)),
    main(
      "M14 78C2 76 0 60 10 56C4 44 16 34 26 40C30 28 46 28 50 38C58 30 72 34 72 46C82 50 82 66 72 70C70 82 56 84 50 78C44 86 30 86 28 78C24 82 18 82 14 78Z",
    ),
    shade("M66 46C64 32 72 26 82 27C92 28 97 38 97 48C97 58 92 64 84 64C74 64 68 58 66 46Z"),
    shade(oval(64, 42, 10, 5)),
    main(circle(76, 30, 9)),
    spot("#ffffff", circle(86, 43, 5)),
    spot(ink, circle(87, 43, 3)),
  ],
};
