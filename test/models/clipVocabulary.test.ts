import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { TextTokenizer } from "../../gpu-worker/models/tokenizer/TextTokenizer.ts";
import { goldenFolder } from "./golden.ts";

it("the bundled vocabulary of CLIP gives the ids that transformers gives", async () => {
  const bundled = fileURLToPath(new URL("../../models/clip", import.meta.url));
  const tokenizer = await TextTokenizer.open(new CheckpointPart(bundled, "tokenizer"), 77);
  const golden = readFileSync(`${goldenFolder("clip-vocabulary")}/texts.json`, "utf8");
  const wrong = Object.entries(JSON.parse(golden) as Record<string, number[]>).filter(
    ([text, ids]) => tokenizer.encode(text).join() !== ids.join(),
  );
  expect(wrong.map(([text]) => text)).toEqual([]);
  expect(tokenizer.tokens("a photo of a cat")).toEqual([49406, 320, 1125, 539, 320, 2368, 49407]);
});
