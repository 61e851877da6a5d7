import type { Texts } from "../../src/discord/texts/en.ts";

/** Stands for whatever is filled into a text. */
export const HOLE = "\u0001";

const picture = ["empty", "not-a-picture", "other-format", "damaged", "animated", "too-many-pixels", "too-many-bytes"];
const task = [
  ...["bad-name", "built-in-name", "name-taken", "unknown", "gone", "too-many-tasks", "too-many-examples"],
  ...["no-examples", "state", "not-in-training", "odd-pictures", "instructions", "sizes-differ", "file-too-large"],
  "bad-file",
];
const states = ["draft", "training", "learned", "published"];

/** Every text of a language by its path, with holes; one that depends on a number or a kind in all its variants. */
export function flatTexts(texts: Texts): Map<string, string> {
  const flat = new Map<string, string>();
  const add = (path: string, value: unknown) => {
    if (typeof value === "string") flat.set(path, value);
    else if (typeof value === "function") {
      for (const [variant, args] of variantsOf(path, value.length)) {
        try {
          flat.set(`${path}${variant}`, String(value(...args)));
        } catch {
          // It wants words where this variant has a number.
        }
      }
    } else for (const [key, each] of Object.entries(value as object)) add(path === "" ? key : `${path}.${key}`, each);
  };
  add("", texts);
  return flat;
}

function variantsOf(path: string, arity: number): [string, unknown[]][] {
  if (path === "problems.picture") return picture.map((kind) => [`.${kind}`, [{ kind, format: HOLE }]]);
  if (path === "problems.task") {
    const fault = { name: HOLE, most: HOLE, have: HOLE, pictures: HOLE, pairs: HOLE, instructions: HOLE };
    return [
      ...task.map((kind): [string, unknown[]] => [`.${kind}`, [{ ...fault, kind, state: "draft" }]]),
      ...states.map((state): [string, unknown[]] => [`.state.${state}`, [{ ...fault, kind: "state", state }]]),
    ];
  }
  if (path === "privacy.show") {
    return [0, 1].map((count) => [`(${count})`, [{ count, here: HOLE, since: HOLE, retentionDays: HOLE }]]);
  }
  return [HOLE, 0, 1, undefined].map((value) => [`(${value})`, new Array(Math.max(1, arity)).fill(value)]);
}
