import { describe, expect, it } from "vitest";
import { type ChooseOptions, chooseFiles } from "../../gpu-worker/checkpoint/hub/chooseFiles.ts";

const etag = "a".repeat(40);
const choose = (paths: readonly string[], options?: ChooseOptions): string[] => {
  const files = paths.map((path) => ({ path, size: 1000, etag }));
  return chooseFiles("x/y", files, options).map(({ path }) => path);
};

/** Names as timbrooks/instruct-pix2pix has them. */
const instructPix2Pix = [
  ...[".gitattributes", "README.md", "model_index.json"],
  ...["instruct-pix2pix-00-22000.ckpt", "instruct-pix2pix-00-22000.safetensors"],
  ...["feature_extractor/preprocessor_config.json", "scheduler/scheduler_config.json", "safety_checker/config.json"],
  ...["model", "model.fp16"].map((name) => `safety_checker/${name}.safetensors`),
  ...["pytorch_model", "pytorch_model.fp16"].map((name) => `safety_checker/${name}.bin`),
  "text_encoder/config.json",
  ...["model", "model.fp16"].map((name) => `text_encoder/${name}.safetensors`),
  ...["pytorch_model", "pytorch_model.fp16"].map((name) => `text_encoder/${name}.bin`),
  ...["merges.txt", "special_tokens_map.json", "tokenizer_config.json", "vocab.json"].map(
    (name) => `tokenizer/${name}`,
  ),
  ...["unet", "vae"].flatMap((part) => [
    `${part}/config.json`,
    ...["", ".fp16"].flatMap((variant) =>
      ["bin", "safetensors"].map((format) => `${part}/diffusion_pytorch_model${variant}.${format}`),
    ),
  ]),
];
const weights = (paths: string[]) => paths.filter((path) => /\.(bin|safetensors|ckpt)$/.test(path)).sort();

describe("a repository in parts", () => {
  it("is taken as one set of full-precision safetensors, without the checkpoints beside it", () => {
    const chosen = choose(instructPix2Pix);
    expect(weights(chosen)).toEqual([
      "safety_checker/model.safetensors",
      "text_encoder/model.safetensors",
      "unet/diffusion_pytorch_model.safetensors",
      "vae/diffusion_pytorch_model.safetensors",
    ]);
    const small = instructPix2Pix.filter((path) => /\.(json|txt|md)$/.test(path));
    expect(chosen.filter((path) => !weights(chosen).includes(path)).sort()).toEqual(small.sort());
  });

  it("is taken as its fp16 variant on request, in full precision where there is none", () => {
    const some = instructPix2Pix.filter((path) => path !== "vae/diffusion_pytorch_model.fp16.safetensors");
    expect(weights(choose(some, { variant: "fp16" }))).toEqual([
      "safety_checker/model.fp16.safetensors",
      "text_encoder/model.fp16.safetensors",
      "unet/diffusion_pytorch_model.fp16.safetensors",
      "vae/diffusion_pytorch_model.safetensors",
    ]);
  });

  it("is taken without its safety checker on request, or when its index has none", () => {
    for (const options of [
      { safetyChecker: false },
      { absentParts: new Set(["safety_checker", "feature_extractor"]) },
    ]) {
      const chosen = choose(instructPix2Pix, options);
      expect(chosen.some((path) => /^(safety|feature)/.test(path))).toBe(false);
    }
  });

  it("is taken as .bin where there is no safetensors", () => {
    const pickles = ["unet/config.json", "unet/diffusion_pytorch_model.bin", "text_encoder/pytorch_model.bin"];
    expect(choose(pickles).sort()).toEqual([...pickles].sort());
  });

  it.each([
    ["model.safetensors.index.json", "model-0000%-of-00002.safetensors", undefined],
    ["model.safetensors.index.fp16.json", "model.fp16-0000%-of-00002.safetensors", "fp16"],
    ["model.fp16.safetensors.index.json", "model-0000%-of-00002.fp16.safetensors", "fp16"],
    ["pytorch_model.bin.index.json", "pytorch_model-0000%-of-00002.bin", undefined],
  ])("is taken with the shards of %s", (index, shard, variant) => {
    const files = [index, shard.replace("%", "1"), shard.replace("%", "2")].map((name) => `text_encoder/${name}`);
    const unet = ["unet/config.json", "unet/diffusion_pytorch_model.safetensors"];
    const chosen = choose([...unet, ...files], variant === undefined ? {} : { variant });
    expect(chosen.filter((path) => path.startsWith("text_encoder"))).toEqual(files);
  });

  it("is taken without other programs' weights, other parts, deeper folders and other variants", () => {
    const needed = ["unet/config.json", "unet/diffusion_pytorch_model.safetensors"];
    const others = [
      ...["unet/diffusion_pytorch_model.non_ema.safetensors", "unet/diffusion_flax_model.msgpack", "unet/model.onnx"],
      ...["unet/old/config.json", "image_encoder/config.json", "logs/events.json", "train.py", "unet/sample.png"],
    ];
    expect(choose([...needed, ...others])).toEqual(needed);
  });

  it("is taken with AnySD's experts that need no second picture, and their vision encoder", () => {
    const files = [
      ...["unet/config.json", "unet/diffusion_pytorch_model.safetensors"],
      ...["experts/task_embs.bin", "experts/global.bin", "experts/viewpoint.safetensors"],
      ...["image_encoder/config.json", "image_encoder/model.safetensors"],
    ];
    const others = ["experts/visual_bbox.bin", "experts/viewpoint.bin", "image_encoder/pytorch_model.bin"];
    expect(choose([...files, ...others]).sort()).toEqual([...files].sort());
  });

  it("is taken with a table of tasks, a tiny autoencoder, and the parts of several text encoders", () => {
    const files = [
      ...["unet/config.json", "unet/diffusion_pytorch_model.safetensors"],
      ...["taesd/config.json", "taesd/diffusion_pytorch_model.safetensors"],
      ...["text_encoder_2/config.json", "text_encoder_2/model.safetensors", "tokenizer_2/tokenizer.json"],
      ...["tasks/config.json", "tasks/model.safetensors"],
    ];
    expect(choose(files).sort()).toEqual([...files].sort());
  });

  it("is refused when its U-Net has no weights", () => {
    expect(() => choose(["unet/config.json", "unet/diffusion_flax_model.msgpack"])).toThrow(/no .safetensors or .bin/);
  });
});

describe("a repository of single files", () => {
  const two = ["README.md", "MagicBrush-epoch-000168.ckpt", "MagicBrush-epoch-52-step-4999.ckpt"];

  it("gives the only one, with its card", () => {
    expect(choose(two.slice(0, 2))).toEqual(two.slice(0, 2));
  });

  it("gives a tokenizer that lies beside it, too", () => {
    const files = ["edits.safetensors", "tokenizer/vocab.json", "tokenizer/merges.txt", "configs/train.yaml"];
    expect(choose(files).sort()).toEqual(files.filter((path) => !path.startsWith("configs")).sort());
  });

  it("asks which, with names and sizes, when there are several", () => {
    expect(() => choose(two)).toThrow(
      /holds several checkpoints; choose one with --file: MagicBrush-epoch-000168.ckpt \(1 KB\), MagicBrush-epoch-52/,
    );
    expect(choose(two, { file: two[2]! })).toEqual([two[0], two[2]]);
  });

  it("says what there is when the wanted one is not", () => {
    expect(() => choose(two, { file: "other.ckpt" })).toThrow(/has no checkpoint file other.ckpt; it has MagicBrush/);
  });

  it("gives one beside the parts only when it is named", () => {
    const file = "instruct-pix2pix-00-22000.safetensors";
    expect(weights(choose(instructPix2Pix, { file }))).toEqual([file]);
  });
});
