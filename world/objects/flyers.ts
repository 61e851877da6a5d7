import { circle, fixed, type Kind, limb, line, main, oval, polygon, shade, shadow, spot } from "./Kind.ts";

const ink = "#1d1a26";

export const bird: Kind = {
  name: "bird",
  habitats: ["sky"],
  size: 0.32,
  color: "blue",
  sideways: true,
  parts: [
    main(polygon(24, 62, 0, 50, 4, 66, 0, 78, 26, 74)),
    main("M16 68C22 50 46 46 60 46C66 34 90 32 90 52C90 78 66 88 46 86C30 86 20 80 16 68Z"),
    spot("#fdf6e3", "M40 82C52 86 72 82 78 70C64 74 52 74 40 82Z"),
    shade("M60 62C58 40 40 16 22 12C22 34 28 56 40 64C48 68 56 68 60 62Z"),
    fixed("#f9a31b", polygon(88, 48, 100, 54, 87, 60)),
    spot(ink, circle(77, 49, 4)),
  ],
};

export const butterfly: Kind = {
  name: "butterfly",
  habitats: ["sky"],
  size: 0.32,
  color: "purple",
  indoor: true,
  parts: [
    main("M48 48C40 10 6 4 4 22C2 42 20 56 46 54Z"),
    main("M52 48C60 10 94 4 96 22C98 42 80 56 54 54Z"),
    main("M46 54C22 56 12 72 20 86C30 98 46 80 49 62Z"),
    main("M54 54C78 56 88 72 80 86C70 98 54 80 51 62Z"),
    shadow(circle(24, 30, 7)),
    shadow(circle(76, 30, 7)),
    line(ink, 3, "M48 26C44 14 38 8 34 8"),
    line(ink, 3, "M52 26C56 14 62 8 66 8"),
    fixed("#3a2f45", oval(50, 54, 6, 30)),
  ],
};

export const balloon: Kind = {
  name: "balloon",
  habitats: ["sky"],
  size: 0.34,
  color: "red",
  indoor: true,
  parts: [
    line("#3c3a46", 3, "M50 72C44 80 56 88 50 100"),
    main(polygon(44, 76, 56, 76, 50, 66)),
    main("M50 2C28 2 20 18 20 34C20 52 38 68 50 70C62 68 80 52 80 34C80 18 72 2 50 2Z"),
    spot("#ffffff", "M32 30C32 20 38 13 44 12C46 16 38 22 36 32Z"),
  ],
};

export const hotAirBalloon: Kind = {
  name: "hot air balloon",
  habitats: ["sky"],
  size: 0.38,
  color: "orange",
  parts: [
    line("#4a3527", 3, "M34 62L42 84M66 62L58 84"),
    main("M50 2C24 2 12 18 12 36C12 54 32 66 38 74L62 74C68 66 88 54 88 36C88 18 76 2 50 2Z"),
    shadow("M50 2C40 14 40 60 46 74L54 74C60 60 60 14 50 2Z"),
    fixed("#a9713d", "M39 82L61 82L58 99L42 99Z"),
  ],
};

export const kite: Kind = {
  name: "kite",
  habitats: ["sky"],
  size: 0.34,
  color: "pink",
  parts: [
    line("#3c3a46", 3, "M46 68C56 76 34 84 46 98"),
    fixed("#ffd83a", polygon(47, 79, 57, 74, 57, 84)),
    fixed("#ffd83a", polygon(42, 90, 32, 85, 32, 95)),
    main(polygon(50, 2, 84, 30, 46, 70, 16, 30)),
    line("#3c3a46", 3, "M50 2L46 70M16 30L84 30"),
  ],
};

export const airplane: Kind = {
  name: "airplane",
  synonyms: ["plane"],
  habitats: ["sky"],
  size: 0.38,
  color: "white",
  sideways: true,
  parts: [
    shade(polygon(48, 46, 34, 24, 44, 24, 66, 46)),
    main(polygon(6, 24, 18, 24, 32, 48, 12, 52)),
    main("M8 50C14 42 30 42 44 42L78 42C92 42 99 50 99 56C99 64 88 68 76 68L34 68C18 68 8 60 8 50Z"),
    spot("#7fd4ff", "M80 45C88 45 94 50 94 54L80 54Z"),
    spot("#3f6f9a", circle(38, 53, 4)),
    spot("#3f6f9a", circle(52, 53, 4)),
    spot("#3f6f9a", circle(66, 53, 4)),
    shade(polygon(38, 62, 62, 62, 36, 88, 22, 88)),
  ],
};

export const rocket: Kind = {
  name: "rocket",
  habitats: ["sky"],
  inSpace: true,
  size: 0.38,
  color: "red",
  parts: [
    spot("#ff8a1f", polygon(36, 78, 64, 78, 50, 100)),
    spot("#ffe14a", polygon(43, 78, 57, 78, 50, 92)),
    shade("M32 50C18 58 14 72 16 86L34 78Z"),
    shade("M68 50C82 58 86 72 84 86L66 78Z"),
    main("M50 1C34 16 28 40 32 80L68 80C72 40 66 16 50 1Z"),
    fixed("#8fdcff", circle(50, 38, 11)),
  ],
};

export const star: Kind = {
  name: "star",
  habitats: ["sky"],
  inSpace: true,
  size: 0.32,
  color: "yellow",
  indoor: true,
  face: { x: 50, y: 52, width: 32 },
  parts: [main("M50 3L64 34L98 38L73 61L80 95L50 78L20 95L27 61L2 38L36 34Z")],
};

export const moon: Kind = {
  name: "moon",
  synonyms: ["crescent moon"],
  habitats: ["sky"],
  inSpace: true,
  size: 0.32,
  color: "yellow",
  parts: [
    main("M66 6C30 0 6 28 10 56C14 86 44 102 74 90C90 84 96 72 96 68C76 80 50 70 44 50C40 30 50 14 66 6Z"),
    spot(ink, circle(30, 46, 4)),
    line(ink, 4, "M38 68C42 74 50 76 54 74"),
  ],
};

export const sun: Kind = {
  name: "sun",
  habitats: ["sky"],
  inSpace: true,
  size: 0.36,
  color: "yellow",
  face: { x: 50, y: 50, width: 36 },
  parts: [
    ...Array.from({ length: 8 }, (_, i) => {
      const at = (angle: number, r: number) =>
        [50 + r * Math.cos((angle * Math.PI) / 180), 50 + r * Math.sin((angle * Math.PI) / 180)].map(
          (value) => Math.round(value * 10) / 10,
        );
      return shade(polygon(...at(i * 45 - 13, 30), ...at(i * 45, 49), ...at(i * 45 + 13, 30)));
    }),
    main(circle(50, 50, 32)),
  ],
};

export const ghost: Kind = {
  name: "ghost",
  habitats: ["sky"],
  size: 0.34,
  color: "white",
  indoor: true,
  head: { x: 50, y: 5, width: 36 },
  face: { x: 50, y: 40, width: 42 },
  parts: [
    limb("main", 10, "M22 56L8 66"),
    limb("main", 10, "M78 56L92 66"),
    main(
      "M18 92C16 70 16 50 18 38C20 16 34 4 50 4C66 4 80 16 82 38C84 50 84 70 82 92C76 102 70 86 64 92C58 102 54 86 50 92C44 102 42 86 36 92C30 102 24 86 18 92Z",
    ),
  ],
};
