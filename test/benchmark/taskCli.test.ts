import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { register } from "../../cli/bench.ts";
import { exitCodeOf } from "../../cli/errors.ts";
import { tinyModel, until } from "../engine/support.ts";

/** Parses flags as `emend bench …` does; what cli/main.ts would print and exit with. */
async function flags(...args: string[]): Promise<{ lines: string[]; exit: number }> {
  let text = "";
  const listen = (command: Command) => {
    command.configureOutput({
      writeErr(part) {
        text += part;
      },
    });
    for (const each of command.commands) listen(each);
  };
  const program = new Command("emend").exitOverride();
  register(program);
  listen(program);
  let exit = 0;
  await program.parseAsync(["bench", ...args], { from: "user" }).catch((error) => {
    if (!(error instanceof CommanderError)) text += error.message;
    exit = error instanceof CommanderError ? 2 : exitCodeOf(error);
  });
  return { lines: text.trim().split("\n"), exit };
}

describe("flags that cannot be meant", () => {
  it.each([
    ["tasks", "--limit", "0"],
    ["tasks", "--limit", "ten"],
    ["tasks", "--only", "quality,,steps"],
    ["tasks", "--only", "qualty"],
    ["tasks", "--redo", "everything"],
    ["tasks", "--model", "/nowhere/at/all"],
    ["tasks", "--seeds", "-1"],
    ["tasks", "--lmit", "3"],
    ["inversion", "--counts", "1,,3"],
    ["inversion", "--counts", "0"],
    ["inversion", "--tasks", "dance"],
    ["inversion", "--only", "magic"],
    ["sheet"],
    ["sheet", "--out", "sheet.jpg"],
    ["edit", "--task", "dance"],
    ["edit", "--steps", "1.5"],
    ["edit", "--task-from", "nobody"],
    ["edit", "--model", "/nowhere/at/all"],
  ])("are refused in one line: bench %s %s %s", async (...args) => {
    const { lines, exit } = await flags(...args.filter((arg) => arg !== undefined));
    expect(lines, lines.join("\n")).toHaveLength(1);
    expect(lines[0]).not.toBe("");
    expect(exit).toBe(2);
  });
});

describe("Ctrl-C", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "emend-bench-cli-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("ends the benchmark with 130 and keeps what was measured", async () => {
    const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
    const [work, out] = [join(folder, "work"), join(folder, "out")];
    const args = ["bench", "tasks", "--only", "quality", "--model", tinyModel, "--work", work, "--out", out];
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    await until(() => existsSync(work) || child.exitCode !== null, 25_000);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(said.trim().split("\n")).toEqual([expect.stringContaining("what was measured is kept")]);
    expect(readdirSync(work, { recursive: true }).join()).toContain("named.jsonl");
    expect(existsSync(out)).toBe(false);
  });
});
