import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { backgrounds } from "../backgrounds/index.ts";
import { type Filter, filters, type Strength } from "../filters/index.ts";
import { foreignEdits } from "../foreign/foreignEdit.ts";
import { heldOutValues, valueKey } from "../holdouts.ts";
import { article, type Slots, type Templates } from "../language/grammar.ts";
import type { Random } from "../random.ts";
import { sampleScene } from "../sampleScene.ts";
import type { Edit, WorldTask } from "./WorldTask.ts";

/** How each filter is worded. `<much>` is a word for the strength, empty for the normal one. */
const words: Readonly<Record<string, readonly string[]>> = {
  brighter: [
    "make <it> <much> brighter",
    "brighten <it> <adv>",
    "increase the brightness <adv>",
    "lighten <it> <adv>",
    "turn the brightness up <adv>",
    "raise the exposure <adv>",
  ],
  darker: [
    "make <it> <much> darker",
    "darken <it> <adv>",
    "decrease the brightness <adv>",
    "lower the exposure <adv>",
    "turn the brightness down <adv>",
    "dim <it> <adv>",
  ],
  "more contrast": [
    "increase the contrast <adv>",
    "raise the contrast <adv>",
    "turn up the contrast <adv>",
    "make the contrast <much> (stronger|higher)",
    "boost the contrast <adv>",
  ],
  "less contrast": [
    "reduce the contrast <adv>",
    "lower the contrast <adv>",
    "turn down the contrast <adv>",
    "make the contrast <much> (weaker|lower)",
    "decrease the contrast <adv>",
    "flatten the contrast <adv>",
  ],
  "more saturated": [
    "increase the saturation <adv>",
    "make the colors <much> (stronger|more vivid|more intense)",
    "boost the saturation <adv>",
    "make <it> <much> more colorful",
    "saturate <it> <adv>",
    "turn up the saturation <adv>",
  ],
  "less saturated": [
    "reduce the saturation <adv>",
    "make the colors <much> (weaker|paler|more muted)",
    "desaturate <it> <adv>",
    "make <it> <much> less colorful",
    "fade the colors <adv>",
    "tone the colors down <adv>",
  ],
  hue: [
    "shift the hue by <angle> degrees",
    "rotate the hue by <angle> degrees",
    "rotate the colors by <angle> degrees",
    "change the hue by <angle> degrees",
    "turn the hue <angle> degrees",
    "apply a hue shift of <angle> degrees",
    "shift all hues <adv>",
    "shift the hue <adv>",
    "rotate the colors <adv> around the color wheel",
    "change the hue <adv>",
    "apply <amount> hue shift",
    "turn all the colors <adv> along the rainbow",
  ],
  grayscale: [
    "make <it> black and white",
    "turn <it> into grayscale",
    "convert <it> to greyscale",
    "remove all color",
    "take the color out of <it>",
    "make <it> gray",
    "drain the colors from <it>",
  ],
  sepia: [
    "apply a sepia (tone|filter)",
    "make <it> sepia",
    "turn <it> sepia",
    "give <it> a sepia tone",
    "make <it> look like an old brown photo",
    "tint <it> in sepia",
  ],
  inverted: [
    "invert the colors",
    "make <it> a negative",
    "invert <it>",
    "turn <it> into a photo negative",
    "flip all colors to their opposites",
    "show <it> in negative colors",
  ],
  blurred: [
    "blur <it> <adv>",
    "make <it> <much> (blurrier|softer)",
    "apply <amount> blur",
    "add <amount> blur",
    "soften <it> <adv>",
  ],
  sharpened: [
    "sharpen <it> <adv>",
    "make <it> <much> (sharper|crisper)",
    "apply <amount> sharpening",
    "increase the sharpness <adv>",
    "make the details <much> crisper",
    "add <amount> sharpness",
  ],
  warmer: [
    "make <it> <much> warmer",
    "make the colors <much> warmer",
    "warm up <it> <adv>",
    "shift the white balance to warm <adv>",
    "give <it> <amount> warm tint",
    "raise the color temperature <adv>",
  ],
  cooler: [
    "make <it> <much> (cooler|colder)",
    "make the colors <much> cooler",
    "cool down <it> <adv>",
    "shift the white balance to cool <adv>",
    "give <it> <amount> cool tint",
    "add <amount> bluish tint",
  ],
  defocused: [
    "defocus <it> <adv>",
    "put <it> out of focus <adv>",
    "apply <amount> lens blur",
    "add <amount> defocus blur",
    "make <it> look <much> out of focus",
    "give <it> <amount> bokeh",
    "turn the lens out of focus <adv>",
  ],
};

const much: Record<Strength, readonly string[]> = {
  slight: ["a bit", "slightly", "a little"],
  normal: [""],
  strong: ["much", "a lot", "way"],
  extreme: ["far, far", "massively", "way, way"],
};
const adverb: Record<Strength, readonly string[]> = {
  slight: ["a bit", "slightly", "a little"],
  normal: [""],
  strong: ["a lot", "strongly", "heavily", "very much"],
  extreme: ["extremely", "drastically", "to the extreme", "massively"],
};
const amount: Record<Strength, readonly string[]> = {
  slight: ["a slight", "a little", "a bit of"],
  normal: ["a"],
  strong: ["a strong", "a heavy"],
  extreme: ["an extreme", "a massive", "a drastic"],
};
/** How captions say it, before the filter's own words. */
const inCaption: Record<Strength, string> = { slight: "slightly ", normal: "", strong: "very ", extreme: "extremely " };

/** How much: what the filter takes, and the words for it. */
interface Amount {
  readonly value: number;
  readonly slots: Slots;
  readonly caption: string;
  readonly degrees: boolean;
}

/** Some amount of a filter, in words ("a bit", "drastically") or in numbers ("by 35%", "by 120 degrees"). */
function sampleAmount(random: Random, filter: Filter): Amount {
  const { levels, measure } = filter;
  if (!levels) return { value: 0, slots: {}, caption: "", degrees: false };
  if (measure && random.chance(measure.unit === "degrees" ? 0.7 : 0.3)) {
    const steps = Math.floor((measure.most - measure.least) / measure.step);
    const number = measure.least + measure.step * random.int(steps + 1);
    const degrees = measure.unit === "degrees";
    const sign = random.pick(["%", "%", " percent"]);
    return {
      value: measure.value(number),
      slots: degrees ? { angle: String(number) } : { much: `${number}${sign}`, adv: `by ${number}${sign}` },
      caption: degrees ? "" : `${number}% `,
      degrees,
    };
  }
  const strength = random.weighted([
    ["slight", 3],
    ["normal", 3],
    ["strong", 3],
    ["extreme", 1.5],
  ] as const);
  return {
    value: levels[strength],
    slots: {
      much: (each) => each.pick(much[strength]),
      adv: (each) => each.pick(adverb[strength]),
      amount: (each) => each.pick(amount[strength]),
    },
    caption: inCaption[strength],
    degrees: false,
  };
}

export const color: WorldTask = {
  name: "color",
  propose(random, split) {
    const wish = split === "benchmark" ? random.pick(heldOutValues.color ?? []) : undefined;
    const filter = wish
      ? (filters.find((each) => each.name === wish[0]) ?? random.pick(filters))
      : random.pick(filters);
    const source = sampleScene(random, { backgrounds: wish ? [wish[1]] : backgrounds.map((each) => each.name) });
    return {
      source,
      target: source,
      ...filtering(random, filter),
      compositions: [valueKey("color", filter.name, source.background)],
    };
  },
  besides: foreignEdits((random) => filtering(random, random.pick(filters))),
};

/** How any picture is filtered, in words and in pixels. */
function filtering(random: Random, filter: Filter) {
  const { value, slots, caption, degrees } = sampleAmount(random, filter);
  const own = (words[filter.name] as readonly string[]).filter((each) => each.includes("<angle>") === degrees);
  return {
    post: (picture: Picture) => filter.apply(picture, value),
    templates: {
      train: [...own, ...own, ...frames.train.flatMap((frame) => own.map((each) => frame.replace("@", each)))],
      heldOut: frames.heldOut.flatMap((frame) => own.map((each) => frame.replace("@", each))),
    },
    slots: {
      it: (each: Random) => each.pick(["it", "this", "the picture", "the image", "the photo", "everything"]),
      ...slots,
    },
    targetCaption: (text: string) => `${article(`${caption}${filter.caption}`)} picture of ${text}`,
  } satisfies Partial<Edit>;
}

/** Sentences around the wordings above (@). */
const frames: Templates = {
  train: [
    "@",
    "@",
    "@",
    "=i want you to @",
    "=you should @",
    "=let's @",
    "=time to @",
    "=i'd like to @",
    "=we need to @",
  ],
  heldOut: ["=it would help to @", "=maybe @", "=i think you should @"],
};
