import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { TaskPredictor } from "../../gpu-worker/tasks/predictor/TaskPredictor.ts";
import { readEnv } from "../../src/env.ts";
import { type LabelledInstruction, readInstructions } from "./readInstructions.ts";
import { type PredictorScores, type ScoredSentence, scorePredictions } from "./scorePredictions.ts";

export interface PredictorBenchOptions {
  readonly data?: readonly string[];
  readonly predictor?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

const corpus = fileURLToPath(new URL("../../training/instructions", import.meta.url));
/** Sentences of about 15 tokens, for the timing. */
const timedTokens = { least: 13, most: 16 };
const timed = 200;

/** `emend bench predictor`: scores, time and size. */
export async function runPredictorBench(options: PredictorBenchOptions): Promise<void> {
  const env = readEnv();
  const folder = resolvePredictorFolder(options.predictor === undefined ? env : { EMEND_PREDICTOR: options.predictor });
  const files = options.data ?? (await devVoices());
  const sentences = (await Promise.all(files.map(readInstructions))).flatMap((voice) => voice.slice(0, options.limit));

  const start = performance.now();
  const predictor = await TaskPredictor.open(folder);
  const loaded = performance.now();
  await predictor.predict("make the boat red");
  const load = { open: loaded - start, first: performance.now() - loaded };
  try {
    const scored: (ScoredSentence & { voice: string })[] = [];
    for (const { task, text, voice } of sentences) {
      scored.push({ task, voice, prediction: await predictor.predict(text) });
    }
    const voices = [...new Set(sentences.map(({ voice }) => voice))];
    const rows = voices.map(
      (voice) => [voice, scorePredictions(scored.filter((each) => each.voice === voice))] as const,
    );
    const result = {
      ...scorePredictions(scored),
      voices: Object.fromEntries(rows),
      milliseconds: await time(predictor, sentences),
      load,
      megabytes: (await sizeOf(folder)) / 1e6,
    };
    if (options.json) console.log(JSON.stringify(result));
    else print(result, rows);
  } finally {
    await predictor.close();
  }
}

async function devVoices(): Promise<string[]> {
  const voices: string[] = JSON.parse(await readFile(join(corpus, "dev.json"), "utf8"));
  return voices.map((voice) => join(corpus, "voices", `${voice}.jsonl`));
}

/** Wall time of one sentence of about 15 tokens, warm. */
async function time(predictor: TaskPredictor, sentences: readonly LabelledInstruction[]) {
  const fits = ({ text }: LabelledInstruction) => {
    const { length } = predictor.tokens(text);
    return length >= timedTokens.least && length <= timedTokens.most;
  };
  const times: number[] = [];
  for (const { text } of sentences.filter(fits).slice(0, timed)) {
    const start = performance.now();
    await predictor.predict(text);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  return { sentences: times.length, median: at(0.5), p95: at(0.95), fastest: at(0) };
}

/** Bytes of everything in the folder. */
async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function print(
  result: PredictorScores & {
    milliseconds: { sentences: number; median: number; p95: number; fastest: number };
    load: { open: number; first: number };
    megabytes: number;
  },
  rows: readonly (readonly [string, PredictorScores])[],
): void {
  const percent = (value: number) => (Number.isNaN(value) ? "–" : `${(100 * value).toFixed(1)} %`).padStart(8);
  console.log("voice          n     top-1    top-2    ECE  none found  edits called none");
  for (const [name, row] of [...rows, ["all", result] as const]) {
    const scores = `${percent(row.top1)} ${percent(row.top2)}  ${row.ece.toFixed(4)}`;
    const none = `${percent(row.noneFound)}  ${percent(row.editsCalledNone)}`;
    console.log(`${name.padEnd(11)} ${String(row.sentences).padStart(5)} ${scores}    ${none}`);
  }
  const { milliseconds, load, megabytes } = result;
  const spread = `fastest ${milliseconds.fastest.toFixed(1)}, 95 % below ${milliseconds.p95.toFixed(1)}`;
  console.log(
    `${milliseconds.median.toFixed(1)} ms per sentence (median of ${milliseconds.sentences} with 13 to 16 tokens; ${spread})`,
  );
  console.log(
    `opened in ${load.open.toFixed(0)} ms, first sentence after ${load.first.toFixed(0)} ms more; ${megabytes.toFixed(1)} MB`,
  );
}
