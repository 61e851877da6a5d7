import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "../../cli/predict/readLines.ts";
import { taskNames } from "../../src/queue/tasks.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const tinyPredictor = fileURLToPath(new URL("../golden/predictor", import.meta.url));

/** Runs the real command with something on its standard input. */
function predict(args: readonly string[], input: string | Buffer = "", env: NodeJS.ProcessEnv = {}) {
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; stdout: string; stderr: string }>();
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main, "predict", ...args], {
    env: { ...process.env, EMEND_PREDICTOR: tinyPredictor, ...env },
  });
  const out = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      out[name] += text;
    });
  }
  child.on("close", (code) => resolve({ code, ...out }));
  child.stdin.on("error", () => undefined); // it may end before it has read everything
  child.stdin.end(input);
  return promise;
}

const objects = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("emend predict", { timeout: 120_000, concurrent: true }, () => {
  it("prints all sixteen tasks as one line of JSON, most probable first", async () => {
    const { code, stdout, stderr } = await predict(["make the boat red", "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toHaveLength(2);
    const [{ tasks, edit, ...rest }] = objects(stdout);
    expect(rest).toEqual({});
    expect(tasks.map(({ name }: { name: string }) => name).toSorted()).toEqual(taskNames.toSorted());
    const probabilities = tasks.map(({ probability }: { probability: number }) => probability);
    expect(probabilities).toEqual(probabilities.toSorted((a: number, b: number) => b - a));
    expect(probabilities.reduce((sum: number, each: number) => sum + each, 0)).toBeCloseTo(1, 9);
    expect(edit).toBeGreaterThan(0);
  });

  it("prints a small table for people", async () => {
    const { stdout } = await predict(["make the boat red"]);
    expect(stdout).toMatch(/^(\w+ +\d+\.\d %\n){3}an edit +\d+\.\d %\n$/);
  });

  it("answers standard input line by line, whatever is in it, and keeps blank lines' places", async () => {
    const lines = [
      "make the boat red",
      "",
      "  \t",
      "caf\u00e9 \u8239 \ud83d\ude42",
      `red ${"long ".repeat(100_000)}`,
      "x",
    ];
    const input = Buffer.concat([Buffer.from(lines.join("\n")), Buffer.from([0x0a, 0xff, 0xfe, 0x00, 0x0d, 0x0a])]);
    const { code, stdout, stderr } = await predict(["-", "--json"], input);
    expect([code, stderr]).toEqual([0, ""]);
    const answers = objects(stdout);
    expect(answers).toHaveLength(7);
    expect(answers.map(({ tasks }) => tasks.length)).toEqual([16, 0, 0, 16, 16, 16, 16]);
    expect(answers[1]).toEqual({ tasks: [], edit: 0 });
    const [alone] = objects((await predict(["make the boat red", "--json"])).stdout);
    expect(answers[0]).toEqual(alone);
  });

  it("ends quietly when nobody reads any more", async () => {
    const command = `yes "add a cat" | "$NODE" --disable-warning=ExperimentalWarning "$MAIN" predict - --json | head -n 3`;
    const { promise, resolve } = Promise.withResolvers<string>();
    const env = { ...process.env, NODE: process.execPath, MAIN: main, EMEND_PREDICTOR: tinyPredictor };
    const child = spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.on("close", () => resolve(said));
    expect((await promise).trimEnd().split("\n")).toHaveLength(3);
  });

  it.each([
    ["an empty instruction", ["", "--json"], {}, /the instruction is empty; say what to change/],
    ["blanks only", ["  "], {}, /the instruction is empty/],
    ["no instruction", [], {}, /missing required argument 'instruction'/],
    ["an unknown option", ["red", "--jsno"], {}, /unknown option '--jsno'/],
    ["no predictor", ["red"], { EMEND_PREDICTOR: "/nowhere" }, /\/nowhere: there is no such predictor folder/],
    ["another folder", ["red", "--predictor", "/"], {}, /config.json: is missing/],
  ])("refuses, with one line and exit code 2: %s", async (_, args, env, message) => {
    const { code, stdout, stderr } = await predict(args, "", env);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^emend: [^\n]+\n$/);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("readLines", () => {
  it("finds the same lines however the bytes are cut into pieces", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\u00e9", "\ud83d\ude42", "\n", "\r\n"), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(9)), async (whole, cuts) => {
        const bytes = Buffer.from(whole);
        async function* pieces() {
          let at = 0;
          for (const cut of cuts) {
            yield bytes.subarray(at, at + cut);
            at += cut;
          }
          yield bytes.subarray(at);
        }
        const expected = whole.split(/\r?\n/);
        if (expected.at(-1) === "") expected.pop();
        expect(await Array.fromAsync(readLines(pieces(), 1000))).toEqual(expected);
      }),
    );
  });

  it("keeps the beginning of a line that is too long", async () => {
    async function* pieces() {
      for (let i = 0; i < 1000; i++) yield Buffer.from("abcdef");
      yield Buffer.from("\nshort\n");
    }
    expect(await Array.fromAsync(readLines(pieces(), 8))).toEqual(["abcdefab", "short"]);
  });
});
