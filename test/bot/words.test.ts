import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { command } from "../../sandbox/server/validate/command.ts";
import { actionRow } from "../../sandbox/server/validate/interactiveComponents.ts";
import { modal } from "../../sandbox/server/validate/modal.ts";
import { normaliseInstruction } from "../../src/conversation/normaliseInstruction.ts";
import { progressText } from "../../src/discord/delivery/progressText.ts";
import { resultCard } from "../../src/discord/delivery/resultCard.ts";
import { undoneCard } from "../../src/discord/delivery/undoneCard.ts";
import { editForm } from "../../src/discord/editing/editForm.ts";
import { redoMenu } from "../../src/discord/editing/redoMenu.ts";
import { afterUndoRow, resultButtons, undoneButtons } from "../../src/discord/editing/resultButtons.ts";
import { parseCustomId } from "../../src/discord/framework/customId.ts";
import type { SlashCommand } from "../../src/discord/framework/Handler.ts";
import { loadCommands } from "../../src/discord/framework/loadCommands.ts";
import { commandsDiffer } from "../../src/discord/framework/registerCommands.ts";
import { createForm, moreForm } from "../../src/discord/learning/taskForm.ts";
import { lineText } from "../../src/discord/line/lineText.ts";
import { sayError } from "../../src/discord/sayError.ts";
import { de } from "../../src/discord/texts/de.ts";
import { en } from "../../src/discord/texts/en.ts";
import { textsFor } from "../../src/discord/texts/textsFor.ts";
import { EmendError, errorCodes } from "../../src/errors/EmendError.ts";
import type { EditDone } from "../../src/queue/contract/EditOutcome.ts";
import { taskNames } from "../../src/queue/tasks.ts";
import { anOutcome, aTurn } from "./aTurn.ts";

describe("texts", () => {
  it("are chosen by Discord's locale, English when there is no translation", () => {
    expect(textsFor("de")).toBe(de);
    expect(textsFor("en-GB")).toBe(en);
    expect(textsFor("ja")).toBe(en);
    expect(textsFor("constructor")).toBe(en);
    expect(textsFor(undefined)).toBe(en);
  });

  it("have words for every error code, without any of the error's own", () => {
    for (const texts of [en, de]) {
      for (const code of errorCodes) {
        const said = sayError(new EmendError(code, "SECRET DETAIL"), texts, "abc123");
        expect(said.length, code).toBeGreaterThan(10);
        expect(said).not.toContain("SECRET");
      }
      expect(sayError(new EmendError("internal", ""), texts, "abc123")).toContain("abc123");
    }
  });

  it("show progress as a bar that fills", () => {
    const bar = (step: number) => progressText({ kind: "working", step, steps: 12 }, en);
    expect(bar(0)).toBe(en.progress.starting);
    expect(bar(6)).toContain("▰▰▰▰▰▰▱▱▱▱▱▱ step 6 of 12");
    expect(bar(99)).toContain("▰".repeat(12));
    expect(progressText({ kind: "waiting", position: 3, workers: true }, de)).toContain("Platz 3");
    const waiting = { kind: "waiting", position: 1, workers: true, doneAt: 1_500 } as const;
    expect(progressText(waiting, de)).toBe("⏳ Du bist als Nächstes dran. Fertig <t:2:R>, soweit ich es sagen kann.");
  });

  it("tell the line by counts alone", () => {
    const entryOf = (member: string, turnId: string) => ({ turnId, member, guild: "9", round: 1, steps: undefined });
    const edit = (member: string, position: number) => {
      const turnId = `turn${member}${position}`;
      return { turnId, position, entry: entryOf(member, turnId), doneInMs: position * 10_000 };
    };
    const line = {
      edits: [edit("7", 0), edit("7", 1), edit("8", 2), edit("9", 3)],
      entries: new Map(),
      workers: 1,
      typicalMs: 4_210,
    };
    const said = lineText(line, "9", { used: 3, perDay: 200 }, de);
    expect(said).toMatch(/^• Platz 3 · davor 3 Bearbeitungen von 2 Mitgliedern · fertig <t:\d+:R>$/m);
    expect(said).toContain("3 Bearbeitungen warten, 1 in Arbeit, 1 Rechner läuft");
    expect(said).toContain("etwa 4,2 s");
    expect(said).toContain("3 von 200");
    expect(said).not.toMatch(/turn|[^\d]8[^\d]/);
  });
});

describe("commands", () => {
  it("fit Discord's rules, in all languages", async () => {
    const { payloads } = await loadCommands(new URL("../../commands/", import.meta.url));
    expect(payloads.map(({ name }) => name).sort()).toEqual([
      "Add as example",
      "Download edits",
      "Edit this image",
      "cancel",
      "edit",
      "help",
      "history",
      "privacy",
      "queue",
      "settings",
      "task",
      "undo",
    ]);
    for (const payload of payloads) {
      expect(command.safeParse(payload).error).toBeUndefined();
      expect(JSON.stringify(payload).length).toBeLessThan(8_000);
      const localised = JSON.stringify(payload).matchAll(/"de":"([^"]*)"/g);
      for (const [, text] of localised) expect(text?.length).toBeLessThanOrEqual(100);
    }
  });

  it("are all told by /help, which fits into one message, in each language", async () => {
    const { slash } = await loadCommands(new URL("../../commands/", import.meta.url));
    for (const [{ help }, nameOf] of [
      [en, ({ payload }: SlashCommand) => payload.name],
      [de, ({ payload }: SlashCommand) => payload.name_localizations?.de],
    ] as const) {
      for (const command of slash.values()) {
        if (command.payload.name !== "help") expect(help).toContain(`/${nameOf(command)}`);
      }
      expect(help.length).toBeLessThanOrEqual(2_000);
    }
  });

  it.each([en, de])("have forms that fit Discord's rules, in each language", (texts) => {
    const taught = Array.from({ length: 25 }, (_, i) => ({ name: `task ${i}`, description: "x".repeat(i * 8) }));
    const edit = editForm({ action: "continue", key: "1" }, texts, taught);
    for (const form of [
      editForm({ action: "continue", key: "1" }, texts, []),
      edit,
      createForm(texts),
      moreForm("1", texts),
    ]) {
      expect(modal.safeParse(form).error).toBeUndefined();
    }
  });

  it("are registered again only when Discord's copy says something else", async () => {
    const { payloads } = await loadCommands(new URL("../../commands/", import.meta.url));
    const discords = payloads.map((payload) => ({
      ...{
        id: "1",
        application_id: "2",
        version: "3",
        dm_permission: true,
        nsfw: false,
        default_member_permissions: null,
      },
      ...structuredClone(payload),
    }));
    expect(commandsDiffer(discords.reverse(), payloads)).toBe(false);
    expect(commandsDiffer(discords.slice(1), payloads)).toBe(true);
    expect(commandsDiffer([...discords, { name: "old", type: 1 }], payloads)).toBe(true);
    const changed = structuredClone(discords);
    (changed.find(({ name }) => name === "edit") as { description: string }).description = "other";
    expect(commandsDiffer(changed, payloads)).toBe(true);
  });
});

describe("normaliseInstruction", () => {
  it("gives one well-formed line of at most 1,000 characters, or refuses, for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ maxLength: 3_000 })), (text) => {
        let line: string;
        try {
          line = normaliseInstruction(text);
        } catch (error) {
          expect((error as EmendError).code).toBe("bad_instruction");
          return;
        }
        expect(line.isWellFormed()).toBe(true);
        expect(line).not.toMatch(/[\p{Cc}\n]/u);
        expect(line.length).toBeLessThanOrEqual(1_000);
        expect(normaliseInstruction(line)).toBe(line);
      }),
    );
  });

  it.each([
    ["  make   it\n\nred ", "make it red"],
    ["caf\u0065\u0301", "café"],
    ["a\u202ebc\u200bd\u0000", "abcd"],
    ["lone \ud800 surrogate", "lone \ufffd surrogate"],
  ])("makes %j %j", (text, line) => expect(normaliseInstruction(text)).toBe(line));
});

describe("result card", () => {
  it("keeps Discord's limits and lets nothing through that could ping or format, for any instruction", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 1_500 }), (text) => {
        let instruction: string;
        try {
          instruction = normaliseInstruction(text);
        } catch {
          return;
        }
        const after = { bytes: new Uint8Array(1), extension: "png" as const };
        const card = resultCard(aTurn({ instruction }), anOutcome(), { before: new Uint8Array(1), after }, en);
        const [shown] = card.container.components;
        if (shown?.type !== 10) throw new Error("no text");
        expect(shown.content.length).toBeLessThan(4_000);
        expect(shown.content.isWellFormed()).toBe(true);
        expect(shown.content.split("\n")).toHaveLength(2);
        const undone = undoneCard(aTurn({ instruction }), new Uint8Array(1), en);
        const [title] = undone.container.components;
        expect(title?.type === 10 && title.content.split("\n")).toHaveLength(2);
        for (const { description } of [...card.attachments, ...undone.attachments]) {
          expect(description.length).toBeLessThanOrEqual(1_024);
        }
      }),
    );
  });

  it("escapes mentions, links and headings", () => {
    const instruction = "# @everyone <@1> <@&2> [x](https://e.example) `code` ||spoiler|| @here";
    const after = { bytes: new Uint8Array(1), extension: "png" as const };
    const card = resultCard(aTurn({ instruction }), anOutcome(), { before: new Uint8Array(1), after }, en);
    const [first] = card.container.components;
    const content = first?.type === 10 ? first.content.split("\n")[0] : "";
    expect(content).not.toMatch(/@everyone|@here|(?<!\\)<@1|(?<!\\)<@&|(?<!\\)`code|(?<!\\)\[x|(?<!\\)\|\|/);
  });

  it("gives the confidence of a predicted task, and none of a chosen one", () => {
    const after = { bytes: new Uint8Array(1), extension: "webp" as const };
    const text = (task: string) => {
      const card = resultCard(aTurn({ task }), anOutcome(), { before: new Uint8Array(1), after }, de);
      return JSON.stringify(card.container.components[0]);
    };
    expect(text("auto")).toContain("texture (92 %) · Seed 7 · 12 Schritte · 1,4 s");
    expect(text("texture")).toContain("texture · Seed 7");
    expect(text("auto")).toContain("Gespeichert als WebP");
  });

  it("tells the threshold and how much was kept, rounded down, where the worker told them", () => {
    const after = { bytes: new Uint8Array(1), extension: "png" as const };
    const text = (change: Partial<EditDone>, texts = en) => {
      const card = resultCard(aTurn(), anOutcome(change), { before: new Uint8Array(1), after }, texts);
      return JSON.stringify(card.container.components[0]);
    };
    expect(text({ alpha: 0.03, keptShare: 0.9996 })).toContain("seed 7 · α\u00a00.03 · 99 % kept · 12 steps");
    expect(text({ alpha: 0.025, keptShare: 1 }, de)).toContain(
      "Seed 7 · α\u00a00,025 · 100 % unverändert · 12 Schritte",
    );
    expect(text({ alpha: 0, keptShare: 0 })).toContain("α\u00a00 · 0 % kept");
    expect(text({})).toContain("seed 7 · 12 steps");
  });

  it("says what the task could also be, only where it was predicted and the second comes close", () => {
    const after = { bytes: new Uint8Array(1), extension: "png" as const };
    const text = (task: string, second: number, edit = 0.9) => {
      const probabilities = [
        { name: "texture", probability: 1 - second },
        { name: "global", probability: second },
      ];
      const card = resultCard(
        aTurn({ task }),
        anOutcome({ probabilities, edit }),
        { before: new Uint8Array(1), after },
        de,
      );
      return JSON.stringify(card.container.components[0]);
    };
    expect(text("auto", 0.4)).toContain("Es könnte auch global sein (40 %)");
    expect(text("auto", 0.2)).not.toContain("Es könnte");
    expect(text("texture", 0.4)).not.toContain("Es könnte");
    expect(text("auto", 0.2, 0.3)).toContain("nicht sicher");
    expect(text("texture", 0.2, 0.3)).not.toContain("nicht sicher");
  });
});

describe("the buttons below a result", () => {
  it.each([en, de])("are valid components that name the turn, in each language", (texts) => {
    const rows = [...resultButtons(aTurn(), texts), ...undoneButtons(aTurn(), texts), afterUndoRow(aTurn(), texts)];
    for (const row of rows) {
      expect(actionRow.safeParse(row).error).toBeUndefined();
      for (const { custom_id } of row.components) expect(parseCustomId(custom_id)?.key).toBe(aTurn().id);
    }
  });
});

describe("the menu to redo an edit", () => {
  it.each([en, de])("is a valid component with a task a line, in each language", (texts) => {
    const probabilities = taskNames.toReversed().map((name, i) => ({ name, probability: i === 0 ? 1 : 0 }));
    const row = redoMenu(aTurn(), anOutcome({ probabilities }), texts);
    expect(actionRow.safeParse(row).error).toBeUndefined();
    const [menu] = row!.components;
    expect(parseCustomId(menu!.custom_id)).toEqual({ action: "redo", key: aTurn().id });
    expect(menu!.options.map(({ value }) => value)).toEqual(taskNames.toReversed());
    expect(menu!.options[0]).toEqual({
      label: "sketch",
      value: "sketch",
      description: `100 % · ${texts.tasks.sketch}`,
    });
  });

  it("lists all sixteen without a predictor, learned ones with it, and is not there for a model without tasks", () => {
    const menu = (change: Partial<EditDone>) => redoMenu(aTurn(), anOutcome(change), en)?.components[0]?.options;
    expect(
      menu({ task: "add", probabilities: [] })
        ?.map(({ value }) => value)
        .toSorted(),
    ).toEqual(taskNames.toSorted());
    const learned = [{ name: "my task", probability: 1 }];
    expect(menu({ task: "my task", probabilities: learned })).toEqual([
      { label: "my task", value: "my task", description: "100 %" },
    ]);
    const row = redoMenu(
      aTurn({ learned: [{ id: "1", name: "dots", fileName: "dots", sha256: "0".repeat(64) }] }),
      anOutcome({ task: "add", probabilities: [] }),
      en,
    );
    expect(row?.components[0]?.options.slice(0, 2).map(({ value }) => value)).toEqual(["add", "dots"]);
    const many = Array.from({ length: 40 }, (_, i) => ({ name: `task ${i}`, probability: 1 / 40 }));
    expect(menu({ probabilities: many })).toHaveLength(25);
    expect(menu({ task: null, probabilities: [] })).toBeUndefined();
  });
});
