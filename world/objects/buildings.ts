import { box, circle, fixed, type Kind, limb, main, oval, polygon, shade, spot } from "./Kind.ts";

export const house: Kind = {
  name: "house",
  synonyms: ["cottage"],
  habitats: ["ground"],
  size: 0.46,
  color: "yellow",
  parts: [
    fixed("#9b4a34", box(68, 10, 12, 26)),
    main(polygon(14, 46, 86, 46, 86, 100, 14, 100)),
    fixed("#b5533b", polygon(50, 4, 98, 50, 2, 50)),
    fixed("#6b3f22", box(42, 66, 18, 34, 2)),
    fixed("#aee6ff", box(20, 60, 16, 16)),
    fixed("#aee6ff", box(66, 60, 16, 16)),
  ],
};

export const castle: Kind = {
  name: "castle",
  habitats: ["ground"],
  size: 0.46,
  color: "gray",
  parts: [
    main(polygon(24, 48, 34, 48, 34, 56, 45, 56, 45, 48, 55, 48, 55, 56, 66, 56, 66, 48, 76, 48, 76, 100, 24, 100)),
    main(box(6, 36, 24, 64)),
    main(box(70, 36, 24, 64)),
    shade(polygon(18, 4, 34, 38, 2, 38)),
    shade(polygon(82, 4, 98, 38, 66, 38)),
    spot("#3a3040", box(14, 50, 8, 14, 3)),
    spot("#3a3040", box(78, 50, 8, 14, 3)),
    fixed("#5a3a24", "M38 100L38 80C38 66 62 66 62 80L62 100Z"),
  ],
};

export const tent: Kind = {
  name: "tent",
  habitats: ["ground"],
  size: 0.42,
  color: "orange",
  parts: [
    limb("#6f4a2a", 3, "M50 12L54 4M50 12L46 4"),
    main(polygon(50, 10, 98, 99, 2, 99)),
    fixed("#3b2a38", polygon(50, 38, 68, 99, 32, 99)),
    shade(polygon(50, 38, 32, 99, 22, 99)),
  ],
};

export const lighthouse: Kind = {
  name: "lighthouse",
  habitats: ["ground"],
  size: 0.48,
  color: "red",
  parts: [
    main(polygon(36, 34, 64, 34, 72, 100, 28, 100)),
    spot("#fffaf0", polygon(33.6, 54, 66.4, 54, 69, 76, 31, 76)),
    fixed("#4a4652", box(28, 28, 44, 9, 2)),
    fixed("#ffe46b", box(38, 14, 24, 15)),
    shade("M34 15C36 2 64 2 66 15Z"),
  ],
};

export const car: Kind = {
  name: "car",
  habitats: ["ground"],
  size: 0.4,
  color: "red",
  sideways: true,
  parts: [
    main("M22 56C26 36 32 30 44 30L62 30C72 30 78 42 84 56Z"),
    spot("#bdeaff", "M32 54C34 44 38 37 45 37L49 37L49 54Z"),
    spot("#bdeaff", "M54 37L61 37C67 38 71 46 74 54L54 54Z"),
    main("M3 60C3 54 10 53 20 53L84 54C94 54 99 62 99 70L99 80C99 84 96 86 92 86L10 86C5 86 3 82 3 78Z"),
    spot("#ffef8a", oval(94, 66, 4, 5)),
    fixed("#2c2a33", circle(26, 86, 13)),
    fixed("#2c2a33", circle(76, 86, 13)),
    spot("#c9ccd4", circle(26, 86, 6)),
    spot("#c9ccd4", circle(76, 86, 6)),
  ],
};
