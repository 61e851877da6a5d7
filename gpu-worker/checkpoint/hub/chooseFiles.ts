import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { formatBytes } from "./formatBytes.ts";
import type { HubFile } from "./HubFile.ts";

export interface ChooseOptions {
  /** A precision that the repository has beside the full one, such as "fp16". */
  readonly variant?: string;
  /** A single-file checkpoint of the repository, rather than what the rules choose. */
  readonly file?: string;
  /** Whether to take the safety checker where there is one; default true. */
  readonly safetyChecker?: boolean;
  /** Parts that model_index.json says the pipeline does without. */
  readonly absentParts?: ReadonlySet<string>;
}

/** Parts that the engine reads, as diffusers names their folders, and ours. */
const parts = [
  ...["unet", "vae", "scheduler", "safety_checker", "feature_extractor"],
  ...[
    "text_encoder",
    "text_encoder_2",
    "text_encoder_t5",
    "text_projection",
    "tokenizer",
    "tokenizer_2",
    "tokenizer_t5",
  ],
  ...["image_codec", "edit_head", "tasks"],
];
const safetyParts = new Set(["safety_checker", "feature_extractor"]);
/** What lies beside the parts: what they are, whose they are, and AnySD's task vectors. */
const rootFiles = /^(model_index\.json|README\.md|LICEN[SC]E(\.\w+)?|task_embs\.(bin|safetensors))$/i;
const singleFile = /^[^/]+\.(safetensors|ckpt)$/;
const isIndex = /\.index(\.\w+)?\.json$/;
/** Configurations, vocabularies, SentencePiece models. */
const smallFile = /\.(json|txt|model)$/;
const maxSmallBytes = 64 * 1024 * 1024;

/**
 * The files of a repository that emend needs, and no others. In the diffusers layout (`unet/config.json`): the parts
 * that the engine reads, each with its small files and one set of weights, safetensors before .bin, the wanted variant
 * before the full precision; never the single-file checkpoints that lie beside them. Otherwise: the repository's only
 * .safetensors or .ckpt file.
 * @param label how messages name the repository
 * @throws EmendError `bad_model` when there is nothing to choose, `bad_usage` when there are several single files
 */
export function chooseFiles(label: string, files: readonly HubFile[], options: ChooseOptions = {}): HubFile[] {
  const roots = files.filter(({ path, size }) => rootFiles.test(path) && size <= maxSmallBytes);
  if (options.file === undefined && hasDiffusersLayout(files)) {
    const wanted = parts.filter(
      (part) => !options.absentParts?.has(part) && (options.safetyChecker !== false || !safetyParts.has(part)),
    );
    const chosen = wanted.flatMap((part) => choosePart(files, part, options.variant));
    if (!chosen.some(({ path }) => path.startsWith("unet/") && !smallFile.test(path))) {
      throw badModel(label, "is refused: its unet folder has no .safetensors or .bin weights");
    }
    return [...roots, ...chosen];
  }
  const extras = roots.filter(({ path }) => !singleFile.test(path) && path !== "model_index.json");
  return [...extras, chooseSingleFile(label, files, options.file)];
}

/** Whether the repository holds a model in parts. */
export const hasDiffusersLayout = (files: readonly HubFile[]): boolean =>
  files.some(({ path }) => path === "unet/config.json");

function chooseSingleFile(label: string, files: readonly HubFile[], wanted: string | undefined): HubFile {
  const single = files.filter(({ path }) => singleFile.test(path) && !rootFiles.test(path));
  const list = single.map(({ path, size }) => `${path} (${formatBytes(size)})`).join(", ");
  if (wanted !== undefined) {
    const found = single.find(({ path }) => path === wanted);
    if (found) return found;
    const have = list === "" ? "it has no .safetensors or .ckpt file beside its folders" : `it has ${list}`;
    throw new EmendError("not_found", `${label} has no checkpoint file ${wanted}; ${have}.`);
  }
  if (single.length === 1) return single[0]!;
  if (single.length > 1) {
    throw new EmendError("bad_usage", `${label} holds several checkpoints; choose one with --file: ${list}.`);
  }
  throw badModel(label, "is no editing model: it has neither unet/config.json nor a .safetensors or .ckpt checkpoint");
}

function choosePart(files: readonly HubFile[], part: string, variant: string | undefined): HubFile[] {
  const inside = files.filter(({ path }) => path.startsWith(`${part}/`) && path.split("/").length === 2);
  const small = inside.filter(({ path, size }) => smallFile.test(path) && !isIndex.test(path) && size <= maxSmallBytes);
  return [...small, ...chooseWeights(inside, variant)];
}

interface WeightFile {
  readonly file: HubFile;
  readonly variant: string;
  readonly format: string;
  readonly kind: "single" | "shard" | "index";
}

/** One set of weights: one file, or shards with their index. */
function chooseWeights(inside: readonly HubFile[], variant: string | undefined): HubFile[] {
  const weights = inside.map(readWeightFile).filter((each) => each !== undefined);
  const variants = variant === undefined ? ["", "fp16"] : [variant, ""];
  for (const format of ["safetensors", "bin"]) {
    for (const each of variants) {
      const set = weights.filter((file) => file.format === format && file.variant === each);
      const single = set.find(({ kind }) => kind === "single");
      if (single) return [single.file];
      const shards = set.filter(({ kind }) => kind === "shard");
      const index = set.find(({ kind }) => kind === "index");
      if (index && shards.length > 0) return [index.file, ...shards.map(({ file }) => file)];
    }
  }
  return [];
}

const stems = "(?<stem>diffusion_pytorch_model|model|pytorch_model)";
const format = "(?<format>safetensors|bin)";
/** "model.fp16.safetensors", "model.fp16-00001-of-00002.safetensors", "model-00001-of-00002.fp16.safetensors" */
const shard = "-\\d{5}-of-\\d{5}";
const weightName = new RegExp(`^${stems}(?<a>${shard})?(?:\\.(?<variant>\\w+))?(?<b>${shard})?\\.${format}$`);
/** "model.safetensors.index.json", "model.safetensors.index.fp16.json", "model.fp16.safetensors.index.json" */
const indexName = new RegExp(`^${stems}(?:\\.(?<variant>\\w+))?\\.${format}\\.index(?:\\.(?<late>\\w+))?\\.json$`);

function readWeightFile(file: HubFile): WeightFile | undefined {
  const name = file.path.slice(file.path.indexOf("/") + 1);
  const weight = weightName.exec(name)?.groups;
  const groups = weight ?? indexName.exec(name)?.groups;
  if (!groups) return undefined;
  const kind = !weight ? "index" : weight.a || weight.b ? "shard" : "single";
  return {
    ...{ file, kind },
    format: groups.format!,
    variant: groups.variant ?? groups.late ?? "",
  };
}
