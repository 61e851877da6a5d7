import { describe, expect, it } from "vitest";
import { CheckpointPart } from "../../gpu-worker/checkpoint/CheckpointPart.ts";
import { ClassifierChecker } from "../../gpu-worker/safety/ClassifierChecker.ts";
import { ConceptChecker } from "../../gpu-worker/safety/ConceptChecker.ts";
import { goldenFolder, readGolden, relativeError, tolerance } from "../models/golden.ts";

const context = { device: "cpu", threads: 1 } as const;

describe("ConceptChecker", () => {
  it("sees what diffusers' StableDiffusionSafetyChecker sees", async () => {
    const [part, extractor] = ["safety_checker", "feature_extractor"].map(
      (name) => new CheckpointPart(goldenFolder("safety-checker"), name),
    );
    const checker = await ConceptChecker.open("own", part!, extractor!, context);
    const { pixels, embeds } = await readGolden("safety-checker");
    expect(relativeError(await checker.embed(pixels!.data), embeds!.data)).toBeLessThan(tolerance);
    await checker.close();
  });
});

describe("ClassifierChecker", () => {
  const open = (labels: string[], threshold = 0.5) =>
    ClassifierChecker.open("vit", new CheckpointPart(goldenFolder("vit"), ""), { labels, threshold }, context);
  const grey = { width: 40, height: 30, data: new Uint8Array(3600).fill(99) };

  it("gives the probabilities of transformers' ViTForImageClassification", async () => {
    const checker = await open(["nsfw"]);
    const { pixels, probabilities } = await readGolden("vit");
    expect(relativeError(await checker.classify(pixels!.data), probabilities!.data)).toBeLessThan(tolerance);
    await checker.close();
  });

  it("adds up the labels that count as unsafe, in any case, up to the threshold", async () => {
    const all = ["DRAWINGS", "nsfw", "Porn", "neutral"];
    const share = async (labels: string[]) => {
      // Found by halving: the largest threshold that still calls the picture unsafe.
      let [low, high] = [0, 1.01];
      for (let i = 0; i < 20; i++) {
        const middle = (low + high) / 2;
        const checker = await open(labels, middle);
        if (await checker.isUnsafe(grey)) low = middle;
        else high = middle;
        await checker.close();
      }
      return low;
    };
    const [nsfw, porn] = [await share(["nsfw"]), await share(["porn"])];
    expect(nsfw).toBeGreaterThan(0.01);
    expect(porn).toBeGreaterThan(0.01);
    expect(await share(["porn", "nsfw", "gore"])).toBeCloseTo(nsfw + porn, 4);
    expect(await share(all)).toBeCloseTo(1, 4);
  });

  it("wants to be told which labels are unsafe when it knows none of them", async () => {
    await expect(open(["hentai"])).rejects.toMatchObject({
      code: "bad_usage",
      message: expect.stringMatching(/drawings, NSFW, porn, neutral; say with EMEND_SAFETY_LABELS/),
    });
  });
});
