import { describe, expect, it } from "vitest";
import { loadCommands } from "../../src/discord/framework/loadCommands.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { flatTexts } from "./flatTexts.ts";

interface Part {
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly name_localizations?: { readonly de?: string };
  readonly description_localizations?: { readonly de?: string };
  readonly options?: readonly Part[];
  readonly choices?: readonly Part[];
}

const payloads = async () =>
  (await loadCommands(new URL("../../commands/", import.meta.url))).payloads as unknown as Part[];

/** Examples of instructions stay English, which is what the models read; and there are words of both languages. */
const SAME =
  /^(form\.placeholder|learning\.form\.\w*[pP]laceholder|learning\.form\.name|result\.predicted.*|result\.alpha.*)$/;
const SAME_WORDS = new Set(["α", "Name", "Original"]);

describe("German", () => {
  it("has every text, and none that is still English", () => {
    const [english, german] = [flatTexts(en), flatTexts(de)];
    for (const [path, text] of english) {
      if (SAME.test(path) || SAME_WORDS.has(text) || !/[a-z]{2}/.test(text)) continue;
      expect([path, german.get(path) === text]).toEqual([path, false]);
    }
    const missing = [...english.keys()].filter((path) => !german.has(path));
    // Numbers are written with another decimal sign, which only words have.
    for (const path of missing) expect(path).toMatch(/\((0|1|undefined)\)$/);
  });

  it("names and describes every command, every part of one, every option and every choice", async () => {
    const look = (part: Part, path: string, isChoice = false) => {
      const here = `${path}/${part.name}`;
      expect([here, typeof part.name_localizations?.de]).toEqual([here, "string"]);
      if (!isChoice && part.description !== undefined) {
        expect([here, typeof part.description_localizations?.de]).toEqual([here, "string"]);
        expect([here, part.description_localizations?.de]).not.toEqual([here, part.description]);
      }
      const names = (part.options ?? []).map(({ name_localizations }) => name_localizations?.de);
      expect(new Set(names).size).toBe(names.length);
      for (const inner of part.options ?? []) look(inner, here);
      for (const choice of part.choices ?? []) look(choice, here, true);
    };
    const all = await payloads();
    for (const payload of all) look(payload, "");
    expect(new Set(all.map(({ name_localizations }) => name_localizations?.de)).size).toBe(all.length);
  });

  it.each(["en", "de"] as const)("speaks of commands by the names that people see, in %s", async (language) => {
    const nameOf = (part: Part) => (language === "de" ? part.name_localizations?.de : part.name) ?? "";
    const known = new Set<string>();
    for (const command of (await payloads()).filter(({ type = 1 }) => type === 1)) {
      known.add(nameOf(command));
      for (const inner of command.options ?? []) if (inner.type === 1) known.add(`${nameOf(command)} ${nameOf(inner)}`);
    }
    const texts = [...flatTexts({ en, de }[language]).entries()];
    const said = texts.flatMap(([path, text]) =>
      [...text.matchAll(/`\/([^`…]+?)(?: …[^`]*)?`/g)].map(([, words]) => [path, (words ?? "").trim()] as const),
    );
    expect(said.length).toBeGreaterThan(20);
    for (const [path, words] of said) expect([path, words, known.has(words)]).toEqual([path, words, true]);
  });
});
