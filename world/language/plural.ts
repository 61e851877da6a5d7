import type { Templates } from "./grammar.ts";

const irregular: Readonly<Record<string, string>> = {
  sheep: "sheep",
  fish: "fish",
  jellyfish: "jellyfish",
  child: "children",
};

/** The plural of a noun: "balloons", "kitties", "snowmen", "fish". */
export function pluralOf(noun: string): string {
  const own = irregular[noun];
  if (own) return own;
  if (noun.endsWith("man")) return noun.replace(/man$/, "men");
  if (/[^aeiou]y$/.test(noun)) return noun.replace(/y$/, "ies");
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** "three"; digits above ten. */
export const numberWord = (count: number): string => numbers[count] ?? String(count);

const verbs: readonly (readonly [RegExp, string])[] = [
  [/<obj> was\b/g, "<obj> were"],
  [/<obj> is\b/g, "<obj> are"],
  [/<obj> has\b/g, "<obj> have"],
  [/<obj> looks\b/g, "<obj> look"],
  [/<obj> covers\b/g, "<obj> cover"],
  [/\(it is\|it's\)/g, "(they are|they're)"],
  [/\b(lose|ditch|lose\|ditch\)) it\b/g, "$1 them"],
  [/what <obj> is now/g, "what <obj> are now"],
  [/\b(disappear|vanish)s\b/g, "$1"],
];

const cache = new WeakMap<Templates, Templates>();

/** The templates for an `<obj>` of several things: with their verbs in the plural, less those that name one `<kind>`. */
export function forSeveral(templates: Templates): Templates {
  let plural = cache.get(templates);
  if (!plural) {
    const adapt = (list: readonly string[]) =>
      list
        .filter((each) => !each.includes("<kind>"))
        .map((each) => verbs.reduce((text, [verb, instead]) => text.replace(verb, instead), each));
    plural = { train: adapt(templates.train), heldOut: adapt(templates.heldOut) };
    cache.set(templates, plural);
  }
  return plural;
}
