import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { t5ConfigSchema } from "../../gpu-worker/models/t5/config.ts";
import { relativeBuckets } from "../../gpu-worker/models/t5/relativeBuckets.ts";
import { T5TextEncoder } from "../../gpu-worker/models/t5/T5TextEncoder.ts";
import { TextTokenizer } from "../../gpu-worker/models/tokenizer/TextTokenizer.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "./golden.ts";

const part = (name: string, folder: string) => new CheckpointPart(goldenFolder(name), folder);
/** What training/goldens/make_t5.py encodes. */
const texts = ["make the boat red", "", "word ".repeat(60)];
const length = 40;

describe("T5EncoderModel", () => {
  it.each([
    ["t5-relu", "ReLU, weights in bfloat16"],
    ["t5-gated", "gated GELU, heads that do not fill the width, few buckets"],
    ["t5-fp16", "32 buckets, weights in half precision"],
  ])("%s equals transformers, and is zero at padding: %s", async (name) => {
    const context = { device: "cpu", threads: 1 } as const;
    const encoder = await T5TextEncoder.open(part(name, "text_encoder_t5"), part(name, "tokenizer_t5"), context);
    const tokenizer = await TextTokenizer.open(part(name, "tokenizer_t5"), 512);
    const { states: golden } = await readGolden(name);
    for (const [i, text] of texts.entries()) {
      const { states } = await encoder.encode(text);
      expect(states.dims).toEqual([1, length, encoder.width]);
      const own = tokenizer.tokens(text).length * encoder.width;
      const expected = golden!.data.subarray(i * length * encoder.width, (i + 1) * length * encoder.width);
      expect(relativeError(states.data.subarray(0, own), expected.subarray(0, own))).toBeLessThan(tolerance);
      expect(states.data.subarray(own).every((value) => value === 0)).toBe(true);
    }
    expect(tokenizer.tokens(texts[2]!)).toHaveLength(length);
    await encoder.close();
  });

  it("finds the reference's bucket for every distance", () => {
    const cases = JSON.parse(readFileSync(`${goldenFolder("t5-buckets")}/buckets.json`, "utf8")) as {
      buckets: number;
      distance: number;
      found: number[];
    }[];
    for (const { buckets, distance, found } of cases) {
      const config = t5ConfigSchema.parse({
        relative_attention_num_buckets: buckets,
        relative_attention_max_distance: distance,
      });
      const all = relativeBuckets(301, config);
      const before = Array.from({ length: 300 }, (_, i) => all[300 * 301 + i]!); // the last place looks back
      const after = all.slice(0, 301); // the first place looks ahead
      expect([...before, ...after], `${buckets} buckets up to ${distance}`).toEqual(found);
    }
  });
});

describe("T5's tokenizer", () => {
  const folder = `${goldenFolder("t5-gated")}/tokenizer_t5`;
  const pieces = readFileSync(`${folder}/spiece.model`);

  /** The tokenizer of a folder that holds this SentencePiece model and no tokenizer.json. */
  async function openPieces(model: Uint8Array): Promise<TextTokenizer> {
    const root = mkdtempSync(join(tmpdir(), "emend-t5-"));
    try {
      mkdirSync(join(root, "tokenizer_t5"));
      cpSync(`${folder}/tokenizer_config.json`, join(root, "tokenizer_t5/tokenizer_config.json"));
      writeFileSync(join(root, "tokenizer_t5/spiece.model"), model);
      return await TextTokenizer.open(new CheckpointPart(root, "tokenizer_t5"), 512);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }

  it.each([
    ["tokenizer.json", () => TextTokenizer.open(part("t5-gated", "tokenizer_t5"), 512)],
    ["spiece.model alone", () => openPieces(pieces)],
  ])("gives the ids of the reference for awkward texts: %s", async (_, open) => {
    const tokenizer = await open();
    const file = `${goldenFolder("t5-gated")}/texts.json`;
    const expected = JSON.parse(readFileSync(file, "utf8")) as Record<string, number[]>;
    const wrong = Object.entries(expected).filter(([text, ids]) => tokenizer.encode(text).join() !== ids.join());
    expect(wrong.map(([text]) => text)).toEqual([]);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(200);
  });

  it("makes ids of the vocabulary, as many as always, out of any text", async () => {
    const tokenizer = await TextTokenizer.open(part("t5-gated", "tokenizer_t5"), 512);
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        const ids = tokenizer.encode(text);
        expect(ids).toHaveLength(length);
        expect(ids.every((id) => Number.isInteger(id) && id >= 0 && id < 100)).toBe(true);
      }),
    );
  });

  it("reads or refuses a damaged spiece.model with one line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(pieces.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const damaged = Uint8Array.from(cut ? pieces.subarray(0, at) : pieces);
        if (!cut) damaged[at] = value;
        const error = await openPieces(damaged).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) return;
        expect(error).toMatchObject({ code: "bad_model", message: expect.stringMatching(/^[^\n]+$/) });
      }),
      { numRuns: 60 },
    );
  });
});
