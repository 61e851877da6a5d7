import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { EngineSection } from "../../benchmark/engine/EngineSection.ts";
import { reportEngine } from "../../benchmark/engine/reportEngine.ts";
import { type EngineBenchOptions, runEngineBench } from "../../benchmark/engine/runEngineBench.ts";
import { machine } from "../../benchmark/report/machine.ts";
import { goldenFolder } from "../models/golden.ts";

const golden = goldenFolder("ip2p");
const config = (part: string) => JSON.parse(readFileSync(join(golden, part, "config.json"), "utf8"));
/** The full-size case, made tiny. */
const tiny = {
  unet: config("unet"),
  vae: config("vae"),
  textEncoder: { ...config("text_encoder"), vocab_size: 49_408 },
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "emend-engine-bench-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A Python in which no peer is installed but bf16, which breaks. */
function fakePython(): string {
  const file = join(folder(), "python");
  writeFileSync(
    file,
    `#!/bin/sh
case "$3" in
  bf16) echo "Traceback" >&2; echo "RuntimeError: no such instruction" >&2; exit 1;;
  *) echo '{"missing": "that_package"}';;
esac
`,
  );
  chmodSync(file, 0o755);
  return file;
}

async function bench(options: Partial<EngineBenchOptions>): Promise<EngineSection[]> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const all = { case: "sd15", size: [32], rounds: 2, turns: 2, steps: 3, json: true, ...options } as const;
    await runEngineBench({ scratch: folder(), ...all }, undefined, tiny);
    return JSON.parse(log.mock.calls.at(-1)![0]);
  } finally {
    vi.restoreAllMocks();
  }
}

describe("emend bench engine", { timeout: 120_000 }, () => {
  it("measures the engine in a process of its own, and leaves out peers that are missing or fail, with a line each", async () => {
    const scratch = folder();
    const options = { peers: ["bf16", "openvino"], python: fakePython(), out: folder(), scratch };
    const [section] = await bench(options);
    expect(section!.rows.map(({ name }) => name)).toEqual(["engine"]);
    expect(section!.rows[0]!.fastest).toBeGreaterThan(0);
    expect(section!.rows[0]!.cold).toBeGreaterThan(section!.rows[0]!.fastest);
    if (process.platform === "linux") expect(section!.rows[0]!.total).toBeGreaterThan(section!.rows[0]!.own!);
    expect(section!.missing[0]).toBe("PyTorch, bfloat16 is left out: RuntimeError: no such instruction");
    expect(section!.missing[1]).toMatch(
      /^OpenVINO is left out: that Python has no that_package; `pip install .*requirements\.txt`\.$/,
    );
    expect(readdirSync(scratch)).toEqual([]);
  });

  it("adds whole edits and learning to the page, and replaces only what it measures anew", async () => {
    const out = folder();
    await bench({ peers: ["none"], out });
    const [edit, learning] = await bench({
      ...{ peers: ["none"], out, noUnet: true, edit: true, learn: true, steps: 9, stepsRun: 3 },
    });
    const row = edit!.rows[0]!;
    expect(row.steps).toBe(3);
    expect(row.whole).toBeGreaterThan(6 * row.median);
    expect(learning).toMatchObject({ kind: "learning", rows: [{ name: "engine" }] });
    const { data } = JSON.parse(readFileSync(join(out, "numbers", "engine.json"), "utf8"));
    expect(data.map(({ kind }: EngineSection) => kind)).toEqual(["unet", "edit", "learning"]);
    const page = readFileSync(join(out, "engine.md"), "utf8");
    expect(page.match(/^## .*/gm)).toHaveLength(3);
    expect(page).toContain("--no-unet");
  });

  it("lets engine and peer take turns, and gives the ratio of those", async () => {
    const turns = join(folder(), "turns");
    const python = join(folder(), "python");
    writeFileSync(python, `#!/bin/sh\necho turn >> ${turns}\necho '{"first": true, "times": [500, 1000, 2000]}'\n`);
    chmodSync(python, 0o755);
    const [section] = await bench({ peers: ["pytorch"], python, out: folder(), noUnet: true, gradient: true });
    expect(readFileSync(turns, "utf8")).toBe("turn\nturn\n");
    const [own, peer] = section!.rows;
    expect(peer).toMatchObject({ name: "pytorch", median: 1000, fastest: 500 });
    expect(peer!.ratio! * 1000).toBeGreaterThanOrEqual(own!.fastest);
    expect(section!.command).toContain("--turns 2");
  });

  it("refuses an unknown peer before anything is written", async () => {
    await expect(bench({ peers: ["tensorflow"], out: folder() })).rejects.toMatchObject({ code: "bad_usage" });
  });
});

it("the verdict compares with the fastest peer in float32, not with a faster one in half precision", () => {
  const row = (name: string, median: number, exact: boolean, total: number) =>
    ({ name, title: name, version: "1", exact, median, fastest: median, own: total / 2, total }) as const;
  const text = reportEngine([
    {
      ...{
        kind: "unet",
        case: "sd15",
        size: 256,
        description: "x",
        command: "c",
        date: "2026-01-01",
        machine: machine(),
      },
      rows: [
        row("engine", 90, true, 600),
        row("a", 120, true, 900),
        row("b", 100, true, 1000),
        row("half", 10, false, 1),
      ],
      missing: [],
    },
  ]);
  expect(text).toContain("To the fastest float32 peer, b: time 0.90 (target ≤ 0.9, met)");
  expect(text).toContain("memory with mapped files 0.60 (target ≤ 0.7, met)");
});
