import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { checkpointHash } from "../../gpu-worker/checkpoint/checkpointHash.ts";
import { openEditModel } from "../../gpu-worker/models/openEditModel.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { folderWith, safetensors, tensorsOf } from "../checkpoint/files.ts";
import { asm } from "../checkpoint/pickle/assembler.ts";
import { pickled } from "../checkpoint/pickle/pickled.ts";
import { torchZip } from "../checkpoint/pickle/torchZip.ts";
import { changeJson, checkpointCopy } from "./checkpointCopy.ts";

const networks = ["unet/diffusion_pytorch_model", "vae/diffusion_pytorch_model", "text_encoder/model"] as const;

type Tensors = ReturnType<typeof tensorsOf>;

/** Half precision of numbers that it holds exactly. */
function halved(tensors: Tensors): Buffer {
  let end = 0;
  const parts = tensors.map(({ name, dims, data }) => {
    const numbers = new Float32Array(Uint8Array.from(data).buffer);
    const bytes = new Uint8Array(Float16Array.from(numbers).buffer);
    end += bytes.length;
    return { bytes, entry: [name, { dtype: "F16", shape: dims, data_offsets: [end - bytes.length, end] }] as const };
  });
  return safetensors(
    Object.fromEntries(parts.map(({ entry }) => entry)),
    Buffer.concat(parts.map(({ bytes }) => bytes)),
  );
}

/** What the checkpoint makes of a picture and an instruction. */
async function evaluate(path: string) {
  const model = await openEditModel(path, { device: "cpu", threads: 1 });
  try {
    const picture = { width: 16, height: 16, data: Uint8Array.from({ length: 16 * 16 * 3 }, (_, i) => (i * 7) % 256) };
    const image = await model.encodeImage(picture);
    const text = await model.encodeText("make the boat red");
    const { data } = await model.denoise({ latent: image, image, timestep: 501, text });
    return [...data];
  } finally {
    await model.close();
  }
}

async function problemOf(folder: string): Promise<string> {
  const error: unknown = await openEditModel(folder, { device: "cpu", threads: 1 }).then(
    () => undefined,
    (problem) => problem,
  );
  expect(error).toBeInstanceOf(EmendError);
  expect(error).toMatchObject({ code: "bad_model", message: expect.stringMatching(/^[^\n]{1,400}$/) });
  return (error as Error).message.replaceAll(folder, "MODEL");
}

describe("a checkpoint folder", () => {
  it("of pickles, of the wrong class and without tokenizer.json, as MagicBrush's ports are, is the same model", async () => {
    const folder = checkpointCopy("ip2p");
    for (const network of networks) {
      const file = join(folder, `${network}.safetensors`);
      const name = network.startsWith("text_encoder") ? "text_encoder/pytorch_model.bin" : `${network}.bin`;
      writeFileSync(join(folder, name), pickled(tensorsOf(readFileSync(file))));
      rmSync(file);
    }
    changeJson(join(folder, "model_index.json"), {
      _class_name: "StableDiffusionPipeline",
      requires_safety_checker: true,
    });
    const special = { bos_token: "<|startoftext|>", eos_token: "<|endoftext|>", pad_token: "<|endoftext|>" };
    writeFileSync(join(folder, "tokenizer/special_tokens_map.json"), JSON.stringify(special));
    expect(await evaluate(folder)).toEqual(await evaluate(checkpointCopy("ip2p")));
    expect(await checkpointHash(folder)).toMatch(/^[0-9a-f]{64}$/);
  });

  it("may hold parts of several precisions, only as a variant", async () => {
    const rounded = (tensors: Tensors): Tensors =>
      tensors.map((tensor) => {
        const numbers = Float32Array.from(Float16Array.from(new Float32Array(Uint8Array.from(tensor.data).buffer)));
        return { ...tensor, data: Buffer.from(numbers.buffer) };
      });
    const [mixed, full] = [checkpointCopy("ip2p"), checkpointCopy("ip2p")];
    for (const network of networks.slice(1)) {
      const tensors = tensorsOf(readFileSync(join(mixed, `${network}.safetensors`)));
      rmSync(join(mixed, `${network}.safetensors`));
      writeFileSync(join(mixed, `${network}.fp16.safetensors`), halved(tensors));
      // The same numbers in float32, as pickles because there is a writer for them here.
      rmSync(join(full, `${network}.safetensors`));
      writeFileSync(
        join(full, network === "text_encoder/model" ? "text_encoder/pytorch_model.bin" : `${network}.bin`),
        pickled(rounded(tensors)),
      );
    }
    expect(await evaluate(mixed)).toEqual(await evaluate(full));
  });

  it("may have its pickles in shards", async () => {
    const folder = checkpointCopy("ip2p");
    const stem = join(folder, "unet/diffusion_pytorch_model");
    const tensors = tensorsOf(readFileSync(`${stem}.safetensors`));
    rmSync(`${stem}.safetensors`);
    const halves = [tensors.slice(0, 20), tensors.slice(20)];
    const name = (i: number) => `diffusion_pytorch_model-0000${i + 1}-of-00002.bin`;
    for (const [i, half] of halves.entries()) writeFileSync(join(folder, "unet", name(i)), pickled(half));
    const weight_map = Object.fromEntries(halves.flatMap((half, i) => half.map((tensor) => [tensor.name, name(i)])));
    writeFileSync(`${stem}.bin.index.json`, JSON.stringify({ weight_map }));
    expect(await evaluate(folder)).toEqual(await evaluate(checkpointCopy("ip2p")));
  });

  it.each(["../../unet.bin", "/tmp/unet.bin", "C:\\unet.bin", "x/../unet.bin", "..", "unet.pkl"])(
    "whose index of shards names %s is refused",
    async (shard) => {
      const folder = checkpointCopy("ip2p");
      const stem = join(folder, "unet/diffusion_pytorch_model");
      rmSync(`${stem}.safetensors`);
      writeFileSync(`${stem}.bin.index.json`, JSON.stringify({ weight_map: { "conv_in.weight": shard } }));
      expect(await problemOf(folder)).toMatch(
        /^MODEL\/unet\/\S+\.bin\.index\.json: weight_map\.conv_in\.weight = .*plain/,
      );
    },
  );

  it("with a pickle that runs a command is refused, and the command is not run", async () => {
    const folder = checkpointCopy("ip2p");
    const stem = join(folder, "unet/diffusion_pytorch_model");
    rmSync(`${stem}.safetensors`);
    const witness = join(folder, "witness");
    const attack = asm.reduce("posix", "system", asm.text(`touch ${witness}`));
    writeFileSync(`${stem}.bin`, torchZip(asm.pickle(asm.dict({ "conv_in.weight": attack }))));
    const before = readdirSync(folder, { recursive: true }).sort();
    expect(await problemOf(folder)).toMatch(
      /^MODEL\/unet\/diffusion_pytorch_model\.bin: is refused: its pickle asks for "posix\.system"/,
    );
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  });

  it("of links into a Hugging Face cache's blobs is opened, there and from elsewhere", async () => {
    const cache = join(folderWith({}), "models--owner--editor");
    const snapshot = join(cache, "snapshots", "0123456789012345678901234567890123456789");
    mkdirSync(dirname(snapshot), { recursive: true });
    mkdirSync(join(cache, "blobs"));
    renameSync(checkpointCopy("ip2p"), snapshot);
    for (const name of readdirSync(snapshot, { recursive: true }) as string[]) {
      const file = join(snapshot, name);
      if (!statSync(file).isFile()) continue;
      const blob = join(cache, "blobs", createHash("sha256").update(readFileSync(file)).digest("hex"));
      renameSync(file, blob);
      symlinkSync(relative(dirname(file), blob), file);
    }
    expect(await evaluate(snapshot)).toEqual(await evaluate(checkpointCopy("ip2p")));
    const elsewhere = checkpointCopy("ip2p");
    const link = join(elsewhere, "unet/diffusion_pytorch_model.safetensors");
    rmSync(link);
    symlinkSync(join(snapshot, "unet/diffusion_pytorch_model.safetensors"), link);
    expect(await evaluate(elsewhere)).toEqual(await evaluate(snapshot));
  });

  it.each([
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
    "tokenizer/vocab.json",
    "tokenizer/merges.txt",
    "model_index.json",
  ])("whose %s is a link to some other file of the machine is refused", async (name) => {
    const folder = checkpointCopy("ip2p");
    const secret = join(folderWith({ secret: '{"password":"hunter2"}' }), "secret");
    rmSync(join(folder, name));
    symlinkSync(secret, join(folder, name));
    const problem = await problemOf(folder);
    expect(problem).toBe(`MODEL/${name}: is a link that leads out of the checkpoint folder; put the file itself there`);
  });

  it.runIf(process.platform !== "win32").each(["unet/config.json", "unet/diffusion_pytorch_model.safetensors"])(
    "whose %s is a pipe, a folder or a link to itself is refused, not waited for",
    async (name) => {
      const folder = checkpointCopy("ip2p");
      const file = join(folder, name);
      rmSync(file);
      execFileSync("mkfifo", [file]);
      expect(await problemOf(folder)).toBe(`MODEL/${name}: is not a file`);
      rmSync(file);
      mkdirSync(file);
      expect(await problemOf(folder)).toBe(`MODEL/${name}: is not a file`);
      rmSync(file, { recursive: true });
      symlinkSync(file, file);
      expect(await problemOf(folder)).toMatch(/: (cannot be read \(ELOOP\)|is missing from the checkpoint folder)$/);
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ["unet", { block_out_channels: [1e9, 1e9, 1e9] }],
    ["unet", { block_out_channels: new Array(100_000).fill(8) }],
    ["unet", { block_out_channels: new Array(60).fill(8) }],
    ["unet", { sample_size: 1e9 }],
    ["unet", { sample_size: 100_000 }],
    ["unet", { layers_per_block: 2 ** 53 }],
    ["unet", { transformer_layers_per_block: 1e300 }],
    ["unet", { cross_attention_dim: 1e6 }],
    ["unet", { time_embedding_dim: 1e9 }],
    ["vae", { block_out_channels: [1e9] }],
    ["vae", { layers_per_block: 1e6 }],
    ["vae", { latent_channels: 1e9 }],
    ["text_encoder", { vocab_size: 1e12 }],
    ["text_encoder", { num_hidden_layers: 1e9 }],
    ["text_encoder", { max_position_embeddings: 1e6 }],
    ["text_encoder", { hidden_size: 1e15, num_attention_heads: 1 }],
  ])("whose %s/config.json has %o is refused without making room for it", async (part, values) => {
    const folder = checkpointCopy("ip2p");
    changeJson(join(folder, part, "config.json"), values);
    const before = process.memoryUsage().arrayBuffers;
    const problem = await problemOf(folder);
    expect(problem).toMatch(new RegExp(`^MODEL/${part}/`));
    expect(problem).toMatch(/absurd|Too big|its config\.json asks for|is missing/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("with a schedule of endless steps is refused", async () => {
    const folder = checkpointCopy("ip2p");
    changeJson(join(folder, "scheduler/scheduler_config.json"), { num_train_timesteps: 1e12 });
    expect(await problemOf(folder)).toMatch(/scheduler_config\.json: num_train_timesteps = 1000000000000: absurd/);
  });
});
