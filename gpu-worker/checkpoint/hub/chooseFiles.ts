import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { chooseWeights } from "./chooseWeights.ts";
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
  ...["unet", "vae", "scheduler", "safety_checker", "feature_extractor", "taesd", "vae_tiny"],
  ...["text_encoder", "text_encoder_2", "text_encoder_t5", "text_projection"],
  ...["tokenizer", "tokenizer_2", "tokenizer_t5"],
  ...["image_codec", "edit_head", "tasks", "experts"],
];
/** What weights are called in any part, and AnySD's experts that an instruction alone can ask for. */
const usualStems = ["diffusion_pytorch_model", "model", "pytorch_model"];
const expertStems = ["task_embs", "global", "viewpoint"];
const safetyParts = new Set(["safety_checker", "feature_extractor"]);
/** What lies beside the parts: what they are, and whose. */
const rootFiles = /^(model_index\.json|README\.md|LICEN[SC]E(\.\w+)?)$/i;
const singleFile = /^[^/]+\.(safetensors|ckpt)$/;
/** Lists the shards of some weights, perhaps of others than are chosen. */
const isIndex = /\.index(\.\w+)?\.json$/;
/** Configurations, vocabularies, SentencePiece models. */
const smallFile = /\.(json|txt|model)$/;
const maxSmallBytes = 64 * 1024 * 1024;

/**
 * The files of a repository that emend needs, and no others. In the diffusers layout (`unet/config.json`): the parts
 * that the engine reads, each with its small files and one set of weights, safetensors before .bin, the wanted variant
 * before the full precision; never the single-file checkpoints that lie beside them. Otherwise: the repository's only
 * .safetensors or .ckpt file, and a tokenizer where one lies beside it.
 * @param label how messages name the repository
 * @throws EmendError `bad_model` when there is nothing to choose, `bad_usage` when there are several single files
 */
export function chooseFiles(label: string, files: readonly HubFile[], options: ChooseOptions = {}): HubFile[] {
  const roots = files.filter(({ path, size }) => rootFiles.test(path) && size <= maxSmallBytes);
  if (options.file === undefined && hasDiffusersLayout(files)) {
    const wanted = parts.filter(
      (part) => !options.absentParts?.has(part) && (options.safetyChecker !== false || !safetyParts.has(part)),
    );
    // The vision encoder serves AnySD's experts alone; other pipelines name one that they do without.
    const all = wanted.includes("experts") && hasPart(files, "experts") ? [...wanted, "image_encoder"] : wanted;
    const chosen = all.flatMap((part) => choosePart(files, part, options.variant));
    if (!chosen.some(({ path }) => path.startsWith("unet/") && !smallFile.test(path))) {
      throw badModel(label, "is refused: its unet folder has no .safetensors or .bin weights");
    }
    return [...roots, ...chosen];
  }
  // A model with a vocabulary of its own has its tokenizer beside the file; the others use CLIP's.
  const extras = roots.filter(({ path }) => !singleFile.test(path) && path !== "model_index.json");
  return [...extras, ...choosePart(files, "tokenizer", undefined), chooseSingleFile(label, files, options.file)];
}

/** Whether the repository holds a model in parts. */
export const hasDiffusersLayout = (files: readonly HubFile[]): boolean =>
  files.some(({ path }) => path === "unet/config.json");

const hasPart = (files: readonly HubFile[], part: string): boolean =>
  files.some(({ path }) => path.startsWith(`${part}/`));

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
  const sets = part === "experts" ? expertStems.map((stem) => [stem]) : [usualStems];
  return [...small, ...sets.flatMap((stems) => chooseWeights(inside, stems, variant))];
}
