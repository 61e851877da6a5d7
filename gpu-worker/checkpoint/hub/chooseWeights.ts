import type { HubFile } from "./HubFile.ts";

interface WeightFile {
  readonly file: HubFile;
  readonly stem: string;
  readonly variant: string;
  readonly format: string;
  readonly kind: "single" | "shard" | "index";
}

/**
 * One set of weights of a part: one file, or shards with their index.
 * @param inside the part's files
 * @param stems what the weights may be called, without variant and ending
 */
export function chooseWeights(
  inside: readonly HubFile[],
  stems: readonly string[],
  variant: string | undefined,
): HubFile[] {
  const named = inside.map(readWeightFile).filter((each) => each !== undefined);
  const weights = named.filter(({ stem }) => stems.includes(stem));
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

const stem = "(?<stem>\\w+?)";
const format = "(?<format>safetensors|bin)";
/** "model.fp16.safetensors", "model.fp16-00001-of-00002.safetensors", "model-00001-of-00002.fp16.safetensors" */
const shard = "-\\d{5}-of-\\d{5}";
const weightName = new RegExp(`^${stem}(?<a>${shard})?(?:\\.(?<variant>\\w+))?(?<b>${shard})?\\.${format}$`);
/** "model.safetensors.index.json", "model.safetensors.index.fp16.json", "model.fp16.safetensors.index.json" */
const indexName = new RegExp(`^${stem}(?:\\.(?<variant>\\w+))?\\.${format}\\.index(?:\\.(?<late>\\w+))?\\.json$`);

function readWeightFile(file: HubFile): WeightFile | undefined {
  const name = file.path.slice(file.path.indexOf("/") + 1);
  const weight = weightName.exec(name)?.groups;
  const groups = weight ?? indexName.exec(name)?.groups;
  if (!groups) return undefined;
  const kind = !weight ? "index" : weight.a || weight.b ? "shard" : "single";
  return {
    ...{ file, kind, stem: groups.stem! },
    format: groups.format!,
    variant: groups.variant ?? groups.late ?? "",
  };
}
