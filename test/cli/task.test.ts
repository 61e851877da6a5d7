import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { tinyModel, tinyPredictor } from "../engine/support.ts";
import { paint } from "../image/pictures.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
let folder: string;

function emend(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    ...{ EMEND_HOME: join(folder, "home"), EMEND_MODEL: tinyModel, EMEND_PREDICTOR: tinyPredictor },
  };
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", main, ...args],
      { cwd: folder, env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );
}

async function writeExamples(name: string, lines: readonly unknown[]): Promise<string> {
  await mkdir(join(folder, name), { recursive: true });
  for (const [file, shift] of [
    ["before.png", 0],
    ["after.png", 90],
  ] as const) {
    await writeFile(join(folder, name, file), await encodePng(paint(24, 24, (x, y) => [x * 9, y * 9, shift])));
  }
  await writeFile(join(folder, name, "small.png"), await encodePng(paint(8, 8, () => [1, 2, 3])));
  await writeFile(join(folder, name, "broken.png"), "no picture");
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  await writeFile(join(folder, name, "examples.jsonl"), `${text}\n`);
  return name;
}

const good = { input: "before.png", output: "after.png", instruction: "make it bluer" };

describe("emend task", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "emend-task-"));
    await writeExamples("good", [good]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("learns, lists, shows, uses, exports, removes and imports a task", async () => {
    const learned = await emend("task", "learn", "bluer", "--examples", "good", "--steps", "5", "--json");
    expect(learned).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(learned.stdout)).toMatchObject({ name: "bluer", examples: 1, steps: 5, seed: 0 });
    expect((await emend("task", "list")).stdout).toBe("bluer  (1 examples)\n");
    const shown = JSON.parse((await emend("task", "show", "bluer", "--json")).stdout);
    expect(shown).toMatchObject({ name: "bluer", instructions: ["make it bluer"], steps: 5 });

    const edited = await emend("edit", "good/before.png", "make it bluer", "--task", "bluer", "--json");
    expect(JSON.parse(edited.stdout)).toMatchObject({ task: "bluer" });

    expect(await emend("task", "export", "bluer", "--out", "bluer.safetensors")).toMatchObject({ code: 0 });
    expect(await emend("task", "import", "bluer.safetensors")).toMatchObject({ code: 2 }); // it is there already
    expect(await emend("task", "remove", "bluer")).toMatchObject({ code: 0 });
    expect((await emend("task", "list")).stdout).toMatch(/no learned tasks/);
    expect(await emend("task", "import", "bluer.safetensors")).toMatchObject({ code: 0 });
    const again = await readFile(join(folder, "home", "tasks", "bluer.safetensors"));
    expect(again).toEqual(await readFile(join(folder, "bluer.safetensors")));
    expect(await emend("task", "learn", "bluer", "--examples", "good")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/already/),
    });
  });

  it.each<[string, readonly unknown[], readonly string[], RegExp]>([
    ["no examples", [], [], /there are no examples/],
    ["too many", Array.from({ length: 1000 }, () => good), [], /1000 examples are too many/],
    ["a line that is no JSON", [good, "{"], [], /line 2: is not/],
    ["a picture that is not there", [{ ...good, output: "nowhere.png" }], [], /nowhere\.png: there is no such file/],
    ["a file that is no picture", [{ ...good, output: "broken.png" }], [], /broken\.png/],
    ["sizes that differ", [{ ...good, output: "small.png" }], [], /same size \(got 24 × 24 and 8 × 8\)/],
    ["no steps", [good], ["--steps", "0"], /steps must be/],
    ["seventeen vectors", [good], ["--vectors", "17"], /vectors must be/],
    ["a huge resolution", [good], ["--resolution", "4096"], /resolution must be a whole number from 16 to 1024/],
    [
      "a resolution that the model has not",
      [good],
      ["--resolution", "63"],
      /resolution must be a multiple of \d+ for this model/,
    ],
  ])("refuses, with one line and exit code 2: %s", async (name, lines, options, message) => {
    const examples = await writeExamples(name.replaceAll(" ", "-"), lines);
    const { code, stdout, stderr } = await emend("task", "learn", "other", "--examples", examples, ...options);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^emend: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  it.each([
    ["task learn ../escape --examples good", /name/],
    ["task learn style --examples good", /taken/],
    ["task learn other --examples nowhere", /examples\.jsonl: cannot be read/],
    ["task show nobody", /there is no learned task "nobody"/],
    ["task remove ../../etc/passwd", /cannot be a task's name/],
    ["task import good/before.png", /damaged or no task file/],
    ["edit good/before.png red --task nobody", /unknown task "nobody"/],
  ])("refuses, with one line and exit code 2: %s", async (line, message) => {
    const { code, stderr } = await emend(...line.split(" "));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^emend: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });
});
