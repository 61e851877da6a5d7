import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { ClipTextEncoder } from "../../gpu-worker/models/clip/ClipTextEncoder.ts";
import { TextTokenizer } from "../../gpu-worker/models/tokenizer/TextTokenizer.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

const part = (name: string, folder: string) => new CheckpointPart(goldenFolder(name), folder);

describe("CLIPTextModel", () => {
  it.each([
    ["clip", "QuickGELU, pooled at the highest id (the old end token 2)"],
    ["clip-gelu", "GELU, pooled at the end token"],
  ])("%s equals transformers: %s", async (name) => {
    const context = { device: "cpu", threads: 1 } as const;
    const encoder = await ClipTextEncoder.open(part(name, "text_encoder"), part(name, "tokenizer"), context);
    const golden = await readGolden(name);
    const { states, pooled } = await encoder.encode("make the boat red");
    expect(states.dims).toEqual(golden.states!.dims);
    expect(relativeError(states.data, golden.states!.data)).toBeLessThan(tolerance);
    expect(relativeError(pooled, golden.pooled!.data)).toBeLessThan(tolerance);
    await encoder.close();
  });
});

describe("tokenizer", () => {
  it.each([
    ["clip", "vocab.json and merges.txt", 77],
    ["clip-gelu", "tokenizer.json of CLIP", 77],
    ["mini", "tokenizer.json of the bundled model's kind", 24],
  ])("%s gives the ids of the reference for awkward texts: %s", async (name, _, length) => {
    const tokenizer = await TextTokenizer.open(part(name, "tokenizer"), length);
    const expected = JSON.parse(readFileSync(`${goldenFolder(name)}/texts.json`, "utf8")) as Record<string, number[]>;
    const wrong = Object.entries(expected).filter(([text, ids]) => tokenizer.encode(text).join() !== ids.join());
    expect(wrong.map(([text]) => text)).toEqual([]);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(200);
  });
});
