import { box, circle, fixed, type Kind, limb, line, main, oval, polygon, shade, spot, tint } from "./Kind.ts";

const ink = "#1d1a26";

export const penguin: Kind = {
  name: "penguin",
  habitats: ["ground"],
  size: 0.34,
  color: "black",
  head: { x: 50, y: 4, width: 32 },
  parts: [
    fixed("#f7941d", oval(35, 95, 13, 5)),
    fixed("#f7941d", oval(65, 95, 13, 5)),
    main("M24 46C8 56 8 74 14 80C22 78 26 68 28 60Z"),
    main("M76 46C92 56 92 74 86 80C78 78 74 68 72 60Z"),
    main("M50 3C30 3 25 20 25 34C18 56 18 96 50 96C82 96 82 56 75 34C75 20 70 3 50 3Z"),
    spot("#fdfaf2", "M50 46C34 46 30 60 30 72C30 84 38 91 50 91C62 91 70 84 70 72C70 60 66 46 50 46Z"),
    spot("#fdfaf2", "M50 30C44 16 30 18 31 30C32 42 44 46 50 46C56 46 68 42 69 30C70 18 56 16 50 30Z"),
    spot(ink, circle(40, 28, 4)),
    spot(ink, circle(60, 28, 4)),
    fixed("#f7941d", polygon(43, 35, 57, 35, 50, 45)),
  ],
};

export const elephant: Kind = {
  name: "elephant",
  habitats: ["ground"],
  size: 0.4,
  color: "gray",
  sideways: true,
  head: { x: 68, y: 22, width: 26 },
  parts: [
    line("#3a3644", 3, "M8 50C2 56 3 66 6 70"),
    shade(box(24, 68, 14, 30, 4)),
    shade(box(46, 68, 14, 30, 4)),
    main("M8 84C4 40 16 28 38 28L62 26L68 70L68 100L52 100L52 78L26 78L26 100L10 100Z"),
    main(
      "M56 32C60 20 76 18 86 28C94 36 93 52 93 62C93 72 94 80 99 80L97 90C86 92 82 84 82 70L80 60C66 66 52 52 56 32Z",
    ),
    fixed("#fffaf0", "M79 60C82 66 88 70 92 68L90 62Z"),
    shade("M66 28C50 18 36 30 40 46C42 60 54 66 64 58C70 52 70 38 66 28Z"),
    spot(ink, circle(79, 38, 3.5)),
  ],
};

export const frog: Kind = {
  name: "frog",
  habitats: ["ground"],
  size: 0.32,
  color: "green",
  indoor: true,
  head: { x: 50, y: 26, width: 28 },
  parts: [
    main("M26 70C2 66 0 92 6 98L34 98Z"),
    main("M74 70C98 66 100 92 94 98L66 98Z"),
    main(oval(50, 78, 32, 21)),
    tint(oval(50, 84, 20, 13)),
    main("M10 50C10 30 28 26 50 26C72 26 90 30 90 50C90 66 72 72 50 72C28 72 10 66 10 50Z"),
    main(circle(29, 25, 14)),
    main(circle(71, 25, 14)),
    spot("#ffffff", circle(29, 24, 9)),
    spot("#ffffff", circle(71, 24, 9)),
    spot(ink, circle(30, 25, 5)),
    spot(ink, circle(70, 25, 5)),
    line(ink, 4, "M26 52C36 64 64 64 74 52"),
  ],
};

export const turtle: Kind = {
  name: "turtle",
  synonyms: ["tortoise"],
  habitats: ["ground", "underwater"],
  size: 0.36,
  color: "green",
  sideways: true,
  indoor: true,
  head: { x: 86, y: 42, width: 20 },
  parts: [
    fixed("#c9b56a", polygon(4, 82, 16, 74, 18, 86)),
    fixed("#c9b56a", box(14, 78, 18, 20, 7)),
    fixed("#c9b56a", box(52, 78, 18, 20, 7)),
    fixed("#c9b56a", "M66 82C70 66 68 44 84 42C98 42 100 58 94 64C86 68 84 82 74 88Z"),
    main("M6 84C6 52 22 36 40 36C60 36 76 54 76 84Z"),
    shade(box(4, 78, 75, 10, 5)),
    spot(ink, circle(88, 52, 4)),
  ],
};

export const snail: Kind = {
  name: "snail",
  habitats: ["ground"],
  size: 0.34,
  color: "orange",
  sideways: true,
  indoor: true,
  parts: [
    limb("#e8cfa0", 4, "M84 54L80 34"),
    limb("#e8cfa0", 4, "M90 54L97 36"),
    spot(ink, circle(80, 34, 4.5)),
    spot(ink, circle(97, 36, 4.5)),
    fixed("#e8cfa0", "M2 98C10 84 40 84 66 84C72 76 70 52 86 50C100 50 100 66 96 76C92 90 86 98 76 98Z"),
    main(circle(40, 58, 33)),
    line("#3b2d3a", 4.5, "M40 58C40 52 48 52 49 59C50 68 40 72 33 68C24 62 26 46 40 43C56 42 62 56 59 68"),
  ],
};

export const dinosaur: Kind = {
  name: "dinosaur",
  synonyms: ["dino"],
  habitats: ["ground"],
  size: 0.4,
  color: "green",
  sideways: true,
  head: { x: 80, y: 8, width: 24 },
  parts: [
    shade(polygon(14, 66, 18, 48, 28, 56, 34, 38, 44, 48, 52, 30, 58, 40, 66, 14, 72, 26, 60, 60, 30, 74)),
    shade(box(34, 72, 12, 27, 4)),
    shade(box(58, 72, 12, 26, 4)),
    main(
      "M2 84C14 82 16 62 32 54C46 46 58 50 62 34C62 16 70 8 82 8C94 8 99 16 98 24C97 32 90 34 84 34C80 52 78 64 72 76L72 100L58 100L57 84L40 84L40 100L26 100L26 86C18 92 6 94 2 84Z",
    ),
    spot(ink, circle(82, 18, 4)),
    line("#2a2433", 3, "M97 27L84 28"),
  ],
};

export const crab: Kind = {
  name: "crab",
  habitats: ["ground", "underwater"],
  size: 0.34,
  color: "red",
  parts: [
    limb("main", 6, "M26 78L8 82L5 94"),
    limb("main", 6, "M74 78L92 82L95 94"),
    limb("main", 6, "M34 84L22 90L20 99"),
    limb("main", 6, "M66 84L78 90L80 99"),
    limb("main", 8, "M26 66C12 62 10 52 14 44"),
    limb("main", 8, "M74 66C88 62 90 52 86 44"),
    main("M4 26C2 40 8 48 17 48C27 48 30 38 26 26L17 36Z"),
    main("M96 26C98 40 92 48 83 48C73 48 70 38 74 26L83 36Z"),
    limb("main", 5, "M40 58L38 44"),
    limb("main", 5, "M60 58L62 44"),
    main(oval(50, 72, 32, 20)),
    spot("#ffffff", circle(38, 43, 7)),
    spot("#ffffff", circle(62, 43, 7)),
    spot(ink, circle(38, 43, 4)),
    spot(ink, circle(62, 43, 4)),
    line(ink, 3.5, "M40 78C46 84 54 84 60 78"),
  ],
};
