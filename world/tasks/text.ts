import { backgroundOf } from "../backgrounds/index.ts";
import { type ColorName, colorNames } from "../colors.ts";
import { heldOutValues, valueKey } from "../holdouts.ts";
import { article, type Slots, type Templates } from "../language/grammar.ts";
import type { Random } from "../random.ts";
import { sampleScene } from "../sampleScene.ts";
import type { Scene, SceneText } from "../scene.ts";
import { type FontName, fontNames, fonts } from "../text/fonts.ts";
import { longestIn, type TextPlace, textPlaces } from "../text/layout.ts";
import { sampleWords } from "../text/words.ts";
import {
  addTemplates,
  colorTemplates,
  defaultTemplates,
  fontTemplates,
  removeTemplates,
  replaceTemplates,
} from "./textTemplates.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

/** What is written when the instruction does not say how or where. */
const usual = { font: "sans", color: "white", place: "top" } as const;

/** What a benchmark scene must show, so that it combines something that training never does. */
interface Wish {
  readonly font?: FontName;
  readonly color?: ColorName;
}

const placeWords: Record<TextPlace, readonly string[]> = {
  top: ["at the top", "at the top", "at the top of the picture", "along the top", "up top", "near the top edge"],
  middle: ["in the middle", "in the center", "in the centre", "across the middle", "in the middle of the picture"],
  bottom: [
    "at the bottom",
    "at the bottom",
    "at the bottom of the picture",
    "along the bottom",
    "near the bottom edge",
  ],
  "top left": ["in the top left corner", "top left", "in the upper left corner", "at the top left"],
  "top right": ["in the top right corner", "top right", "in the upper right corner", "at the top right"],
  "bottom left": ["in the bottom left corner", "bottom left", "in the lower left corner", "at the bottom left"],
  "bottom right": ["in the bottom right corner", "bottom right", "in the lower right corner", "at the bottom right"],
};

/** Texts stand in bands: two in one band would lie over each other. */
const bandOf = (place: TextPlace): string => place.split(" ")[0] as string;

function samplePlace(random: Random, taken: readonly SceneText[]): TextPlace {
  const bands = taken.map(({ place }) => bandOf(place));
  const free = textPlaces.filter((place) => !bands.includes(bandOf(place)));
  return random.weighted(free.map((place) => [place, place.includes(" ") ? 0.5 : place === "middle" ? 2 : 3]));
}

function sampleText(random: Random, benchmark: boolean, taken: readonly SceneText[], wish: Wish): SceneText {
  const place = samplePlace(random, taken);
  return {
    words: sampleWords(random, longestIn(place), benchmark),
    font: wish.font ?? random.pick(fontNames),
    color: wish.color ?? random.pick(colorNames),
    place,
    ...(random.chance(0.18) ? { plate: random.chance(0.6) ? ("sign" as const) : ("banner" as const) } : {}),
  };
}

/** Words as people write them in an instruction: mostly in quotes; small letters mean the same, for texts are capitals. */
function quoted(words: string): (random: Random) => string {
  return (random) => {
    const manner = random.next();
    // Without quotes a mark at the end would look like the sentence's own, and small letters like its words.
    if (manner < 0.3 && /^\w+$/.test(words)) return words;
    if (manner < 0.36 && /^[A-Z]+$/.test(words)) return [...words].join("-");
    const spelt =
      manner < 0.78 ? words : manner < 0.9 ? words.toLowerCase() : `${words[0]}${words.slice(1).toLowerCase()}`;
    return random.chance(0.25) ? `'${spelt}'` : `"${spelt}"`;
  };
}

/** "the word "SALE"", "the number 42", or only "SALE". */
function named(words: string): (random: Random) => string {
  const write = quoted(words);
  const nouns = /^\d+$/.test(words) ? ["the number", "the text"] : ["the word", "the text", "the letters"];
  return (random) => (random.chance(0.3) ? `${random.pick(nouns)} ${write(random)}` : write(random));
}

/** Names a text of a scene so that only it can be meant. */
function naming(texts: readonly SceneText[], text: SceneText): (random: Random) => string {
  const alone = texts.length === 1;
  const write = quoted(text.words);
  const onlyColor = texts.every((other) => other === text || other.color !== text.color);
  return (random) => {
    const noun = random.weighted([
      ["text", 5],
      ["word", /^\d/.test(text.words) ? 0 : 2],
      ["number", /^\d/.test(text.words) ? 4 : 0],
      ["writing", 1],
      ["letters", 1],
      ["lettering", 0.5],
    ] as const);
    const ways: [string, number][] = [
      [`the ${noun} ${random.pick(placeWords[text.place])}`, 3],
      [`the ${random.pick(["text", "word"])} ${write(random)}`, 2],
      [write(random), 1.5],
    ];
    if (alone) ways.push([`the ${noun}`, 8]);
    if (onlyColor) ways.push([`the ${text.color} ${noun}`, 2]);
    return random.weighted(ways);
  };
}

/** "in red", "in a gothic font", "in red gothic letters", "": the look as far as it is named. */
function look(color: ColorName | undefined, font: FontName | undefined): (random: Random) => string {
  return (random) => {
    const style = font && random.pick(fonts[font].words);
    const noun = random.pick(["letters", "letters", "lettering", "type", "writing"]);
    if (!style) return color ? random.pick([`in ${color}`, `in ${color}`, `in ${color} ${noun}`]) : "";
    if (!color)
      return random.pick([`in ${article(style)} font`, `in ${style} ${noun}`, `using ${article(style)} font`]);
    return random.pick([
      `in ${color} ${style} ${noun}`,
      `in ${article(color)} ${style} font`,
      `in ${color}, in ${article(style)} font`,
      `in ${color} with ${article(style)} font`,
    ]);
  };
}

function proposeAdd(random: Random, scene: Scene, benchmark: boolean, wish: Wish): Omit<Edit, "compositions"> {
  const texts = scene.texts ?? [];
  // Where there is a text already, "make it say HELLO" would rather mean that one.
  const wherever = texts.length === 0 && random.chance(0.25);
  const sampled = sampleText(random, benchmark, texts, wish);
  const place = wherever ? usual.place : sampled.place;
  const isColored = random.chance(0.72) || (wish.color !== undefined && wish.color !== usual.color);
  const isStyled = random.chance(0.4) || (wish.font !== undefined && wish.font !== usual.font);
  const plate = sampled.plate && random.chance(0.6) ? sampled.plate : undefined;
  const text: SceneText = {
    words: sampled.words,
    font: isStyled ? sampled.font : usual.font,
    color: isColored ? sampled.color : usual.color,
    place,
    ...(plate ? { plate } : {}),
  };
  const on = plate === "sign" ? ["on a sign", "on a board", "on a wooden sign"] : ["on a banner", "on a blue banner"];
  const how = look(isColored ? text.color : undefined, isStyled ? text.font : undefined);
  return {
    source: scene,
    target: { ...scene, texts: [...texts, text] },
    templates: wherever ? defaultTemplates : addTemplates,
    slots: {
      text: named(text.words),
      bare: quoted(text.words),
      how: (each) => `${how(each)}${plate ? ` ${each.pick(on)}` : ""}`,
      where: (each) => each.pick(placeWords[place]),
    },
    text,
  };
}

/** An edit of a text that is there. */
function proposeChange(
  random: Random,
  scene: Scene,
  text: SceneText,
  benchmark: boolean,
  wish: Wish,
): Omit<Edit, "compositions"> | undefined {
  const shown = (here: SceneText): Scene => ({
    ...scene,
    texts: (scene.texts ?? []).map((each) => (each === text ? here : each)),
  });
  const changed = (before: SceneText, after: SceneText, templates: Templates, slots: Slots) => {
    const source = shown(before);
    const obj = naming(source.texts ?? [], before);
    return { source, target: shown(after), templates, slots: { obj, ...slots }, text: after };
  };
  const manner = random.next();
  if (manner < 0.37) {
    const words = sampleWords(random, longestIn(text.place), benchmark);
    if (scene.texts?.some((each) => each.words === words)) return undefined;
    return changed(text, { ...text, words }, replaceTemplates, { text: quoted(words), old: quoted(text.words) });
  }
  if (manner < 0.55) {
    const texts = scene.texts ?? [];
    const target = { ...scene, texts: texts.filter((each) => each !== text) };
    return { source: scene, target, templates: removeTemplates, slots: { obj: naming(texts, text) } };
  }
  if (manner < 0.78) {
    const other = { ...text, color: random.pick(colorNames.filter((each) => each !== text.color)) };
    // What is wished for is the answer, not what the edit takes away.
    const [before, after] = wish.color === undefined ? [text, other] : [other, text];
    return changed(before, after, colorTemplates, { color: after.color });
  }
  const other = { ...text, font: random.pick(fontNames.filter((each) => each !== text.font)) };
  const [before, after] = wish.font === undefined ? [text, other] : [other, text];
  const { words } = fonts[after.font];
  return changed(before, after, fontTemplates, {
    like: (each) => each.pick(words),
    alike: (each) => article(each.pick(words)),
  });
}

/** Keys of everything that the scene's texts combine with its background. */
const keysOf = ({ background, texts }: Scene): string[] =>
  (texts ?? []).flatMap(({ font, color }) => [valueKey("text", font, background), valueKey("text", color, background)]);

export const text: WorldTask = {
  name: "text",
  largestShare: 0.6,
  propose(random, split) {
    const benchmark = split === "benchmark";
    const [value, place] = benchmark ? random.pick(heldOutValues.text ?? []) : [];
    const wish: Wish =
      value === undefined
        ? {}
        : fontNames.includes(value as FontName)
          ? { font: value as FontName }
          : { color: value as ColorName };
    const plain = sampleScene(random, place === undefined ? {} : { backgrounds: [backgroundOf(place).name] });
    const adds = random.chance(0.38);
    const count = adds ? (random.chance(0.2) ? 1 : 0) : random.chance(0.22) ? 2 : 1;
    const texts: SceneText[] = [];
    for (let i = 0; i < count; i++) texts.push(sampleText(random, benchmark, texts, adds ? {} : wish));
    if (new Set(texts.map(({ words }) => words)).size < texts.length) return undefined;
    const scene: Scene = texts.length > 0 ? { ...plain, texts } : plain;
    const edit = adds
      ? proposeAdd(random, scene, benchmark, wish)
      : proposeChange(random, scene, random.pick(texts), benchmark, wish);
    return edit && { ...edit, compositions: [...keysOf(edit.source), ...keysOf(edit.target)] };
  },
};
