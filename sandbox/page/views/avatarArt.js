/** Small pictures for people without one: what is on them follows from the id, the ground is the person's colour. */

const SVG = "http://www.w3.org/2000/svg";
const LIGHT = "#fff";
const DARK = "#23272f";
const SUN = "#ffd166";
const LEAF = "#b7e4c7";
const SEA = "#cfe8ff";

/** Each is a list of shapes on a square of 64 by 64, within the circle that is shown. */
const MOTIFS = [
  // hills
  [
    ["circle", { cx: 44, cy: 21, r: 8, fill: SUN }],
    ["path", { d: "M-2 52 18 27l14 16 9-9 25 22v12H-2z", fill: LIGHT }],
    ["path", { d: "M-2 58q16-12 34-3t34-3v14H-2z", fill: LEAF }],
  ],
  // tree
  [
    ["path", { d: "M29 38h6v18h-6z", fill: DARK }],
    ["path", { d: "M32 12a12 12 0 0 1 11 13 10 10 0 0 1-4 19H25a10 10 0 0 1-4-19 12 12 0 0 1 11-13z", fill: LEAF }],
    ["path", { d: "M6 56h52v8H6z", fill: LIGHT }],
  ],
  // fish
  [
    ["path", { d: "M12 33q14-19 30-4l9-8v24l-9-8q-16 15-30-4z", fill: LIGHT }],
    ["circle", { cx: 23, cy: 30, r: 2.6, fill: DARK }],
    ["path", { d: "M31 24q5 9 0 18", fill: "none", stroke: DARK, "stroke-width": 2, opacity: 0.4 }],
  ],
  // moon
  [
    ["path", { d: "M41 12a20 20 0 1 0 11 30A17 17 0 0 1 41 12z", fill: LIGHT }],
    ["circle", { cx: 45, cy: 24, r: 2, fill: SUN }],
    ["circle", { cx: 53, cy: 32, r: 1.6, fill: SUN }],
  ],
  // cat
  [
    ["path", { d: "M15 14l11 8h12l11-8v25a17 15 0 0 1-34 0z", fill: LIGHT }],
    ["circle", { cx: 25, cy: 34, r: 2.6, fill: DARK }],
    ["circle", { cx: 39, cy: 34, r: 2.6, fill: DARK }],
    ["path", { d: "M29 41h6l-3 3zM32 44v3", fill: DARK, stroke: DARK, "stroke-width": 1.4 }],
  ],
  // flower
  [
    ["path", { d: "M32 34v24M32 50q-9 1-11-7M32 52q9 0 11-7", fill: "none", stroke: LEAF, "stroke-width": 4 }],
    ...[0, 1, 2, 3, 4].map((i) => {
      const angle = (i * 2 * Math.PI) / 5 - Math.PI / 2;
      return ["circle", { cx: 32 + 10 * Math.cos(angle), cy: 25 + 10 * Math.sin(angle), r: 7.5, fill: LIGHT }];
    }),
    ["circle", { cx: 32, cy: 25, r: 6, fill: SUN }],
  ],
  // boat
  [
    ["path", { d: "M30 10v30H14zM34 17l15 23H34z", fill: LIGHT }],
    ["path", { d: "M10 43h44l-7 10H18z", fill: DARK }],
    ["path", { d: "M-2 52q8-5 17 0t17 0 17 0 17 0v14H-2z", fill: SEA }],
  ],
  // house
  [
    ["path", { d: "M17 32h30v24H17z", fill: LIGHT }],
    ["path", { d: "M32 13 12 34h40z", fill: DARK }],
    ["path", { d: "M28 42h8v14h-8z", fill: SUN }],
  ],
];

/**
 * @param {string} id a Discord id; the same one gives the same picture
 * @param {string} ground any CSS colour
 */
export function avatarArt(id, ground, size) {
  const make = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    return element;
  };
  const number = /^\d+$/.test(id) ? BigInt(id) : 0n;
  // Ids count upwards in their lowest bits, so that neighbours differ; the turn tells more people apart.
  const motif = MOTIFS[Number(number % BigInt(MOTIFS.length))];
  const isTurned = (number / BigInt(MOTIFS.length)) % 2n === 1n;
  const picture = make("svg", {
    viewBox: "0 0 64 64",
    width: size,
    height: size,
    class: "avatar",
    "aria-hidden": "true",
  });
  const shapes = motif.map(([tag, attributes]) => make(tag, attributes));
  const group = make("g", isTurned ? { transform: "translate(64 0) scale(-1 1)" } : {});
  group.append(...shapes);
  picture.append(make("rect", { width: 64, height: 64, fill: ground }), group);
  return picture;
}
