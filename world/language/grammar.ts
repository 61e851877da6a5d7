import type { Random } from "../random.ts";

/**
 * The templates of a task. `(a|b|)` chooses one alternative (they nest), `<name>` is filled from the slots. A template
 * that begins with "=" is a sentence of its own; every other one is a command, so that "please", "can you" and the
 * like may stand before it. `heldOut` templates are never used in training.
 */
export interface Templates {
  readonly train: readonly string[];
  readonly heldOut: readonly string[];
}

/** What fills `<name>`: a text, or a function that words it differently each time. */
export type Slots = Readonly<Record<string, string | ((random: Random) => string)>>;

/** Chooses the alternatives of a template and fills its slots. */
export function expand(template: string, slots: Slots, random: Random): string {
  let text = template;
  for (;;) {
    const next = text.replace(/\(([^()]*)\)/g, (_, inner: string) => random.pick(inner.split("|")));
    if (next === text) break;
    text = next;
  }
  return text
    .replace(/<(\w+)>/g, (_, name: string) => {
      const slot = slots[name];
      if (slot === undefined) throw new RangeError(`template "${template}" uses <${name}>, which is not given`);
      return typeof slot === "string" ? slot : slot(random);
    })
    .replace(/\s+/g, " ")
    .replace(/ ([,.?!])/g, "$1")
    .trim();
}

const polite = [
  "please ",
  "could you ",
  "can you ",
  "can u ",
  "pls ",
  "please ",
  "would you ",
  "i'd like you to ",
  "could you please ",
  "i want you to ",
  "hey, ",
  "ok now ",
  "just ",
  "now ",
  "kindly ",
];
const endings = ["", "", "", " please", " pls", " thanks", " thx", " :)", "!"];

/** One slip of the fingers in a longer word: two letters swapped, one dropped, or one doubled. */
function typo(text: string, random: Random): string {
  const words = text.split(" ");
  const places = words.flatMap((word, i) => (/^[a-z]{5,}$/.test(word) ? [i] : []));
  if (places.length === 0) return text;
  const place = random.pick(places);
  const word = words[place] as string;
  const at = 1 + random.int(word.length - 2);
  const kind = random.int(3);
  words[place] =
    kind === 0
      ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
      : kind === 1
        ? word.slice(0, at) + word.slice(at + 1)
        : word.slice(0, at) + word[at] + word.slice(at);
  return words.join(" ");
}

/** Gives a worded command a voice: plain, neat, polite, terse, shouting, or with a typo. */
function voiced(text: string, command: boolean, random: Random): string {
  let result = text;
  const asks = command && random.chance(0.24) ? random.pick(polite) : "";
  result = asks + result;
  if (command && asks === "" && random.chance(0.1)) result = result.replace(/\b(the|a|an) /g, "");
  if (random.chance(0.07)) result = typo(result, random);
  if (asks === "" && random.chance(0.2)) result += random.pick(endings);
  const manner = random.next();
  if (manner < 0.38) {
    result = (result[0] as string).toUpperCase() + result.slice(1);
    if (/[a-z]$/.test(result)) result += /^(could|can|would) /i.test(result) ? "?" : ".";
    result = result.replace(/\bi('d|)\b/g, "I$1");
  } else if (manner < 0.41) result = result.toUpperCase();
  return result;
}

/** `count` different wordings of one edit. With `heldOut`, about half of them use held-out templates. */
export function phrase(
  templates: Templates,
  slots: Slots,
  random: Random,
  options: { readonly heldOut: boolean; readonly count: number },
): string[] {
  const found = new Set<string>();
  for (let attempt = 0; attempt < 60 && found.size < options.count; attempt++) {
    const template = random.pick(options.heldOut && random.chance(0.5) ? templates.heldOut : templates.train);
    const command = !template.startsWith("=");
    found.add(voiced(expand(command ? template : template.slice(1), slots, random), command, random));
  }
  return [...found];
}

/** "a" or "an" before a word. */
export const article = (word: string): string => (/^[aeiou8]/i.test(word) ? `an ${word}` : `a ${word}`);
