import { escapeMarkdown } from "discord.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText } from "../../src/discord/escapeText.ts";
import { fileNameOf } from "../../src/discord/learning/fileNameOf.ts";
import { TaskProblem } from "../../src/learning/TaskProblem.ts";
import { nameKey, taskName } from "../../src/learning/taskName.ts";
import { taskSchema } from "../../src/queue/contract/scalars.ts";
import { taskNames } from "../../src/queue/tasks.ts";

const reserved = new Set<string>(["auto", "none", ...taskNames]);
const alphabet = [..."abcXYZ019 _-"];

describe("a task's name", () => {
  it("is a plain word or some, or is refused, for any text", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...alphabet, "*", "`", "<", "@", "\n", "é"), maxLength: 50 }),
      fc.constantFrom(...reserved, "AUTO", " Texture "),
    );
    fc.assert(
      fc.property(anything, (text) => {
        let name: string;
        try {
          name = taskName(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TaskProblem);
          return;
        }
        expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$/);
        expect(taskSchema.safeParse(name).success).toBe(true);
        expect(reserved.has(nameKey(name))).toBe(false);
        expect(taskName(name)).toBe(name);
        // Nothing in it is a mention, a link or part of a path; _ is all that could be markup, and cards escape it.
        expect(fileNameOf(name)).toMatch(/^[\w-]+$/);
        expect(escapeText(name).replaceAll("\\_", "_").replaceAll("\\-", "-")).toBe(name);
      }),
    );
  });

  it("takes every text of the right letters and length that is not reserved", () => {
    const letters = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 0, maxLength: 38 });
    fc.assert(
      fc.property(fc.constantFrom(..."aZ9"), letters, (first, rest) => {
        const text = `${first}${rest}`.replace(/ +/g, " ").trim();
        fc.pre(!reserved.has(text.toLowerCase()));
        expect(taskName(` ${text} `)).toBe(text);
        expect(escapeMarkdown(text).replaceAll("\\", "")).toBe(text);
      }),
    );
  });
});
