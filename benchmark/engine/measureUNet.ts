import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSafetensors } from "../../gpu-worker/checkpoint/parseSafetensors.ts";
import { writeSafetensors } from "../../gpu-worker/checkpoint/writeSafetensors.ts";
import { sizeOf } from "../../gpu-worker/graph/shapes.ts";
import type { EngineCase } from "./cases.ts";
import type { EngineBench } from "./EngineBench.ts";
import type { EngineSection } from "./EngineSection.ts";
import { eachPeer } from "./eachPeer.ts";
import { mergeRuns } from "./mergeRuns.ts";
import { median, rowOf } from "./rowOf.ts";
import { engineTitle, runEngine } from "./runEngine.ts";
import type { PeerRun } from "./runPeer.ts";

/**
 * One evaluation of a U-Net, or a pass forward and back through it, in the engine and in its peers, on the same inputs.
 * Where they compute the same, it is checked that they do.
 */
export async function measureUNet(
  bench: EngineBench,
  which: EngineCase,
  folder: string,
  kind: "unet" | "gradient",
): Promise<Pick<EngineSection, "rows" | "missing">> {
  const inputs = join(bench.scratch, "inputs.safetensors");
  const outputs = join(bench.scratch, "prediction.safetensors");
  await writeFile(inputs, inputsOf(which));
  const mode = kind === "gradient" ? "gradient" : "forward";
  bench.show(`engine, ${which.name} at ${which.size} px`);
  const args = (rounds: number) => [inputs, rounds, outputs, mode];
  const time = (first?: readonly (string | number)[]) =>
    runEngine(bench, "timeUNet", folder, args(bench.rounds), first);
  const { run, prepared } = await time(which.isOwn ? undefined : args(0));
  // The bundled model's head is no part of its U-Net, and PyTorch's gradient is that of another loss.
  const reference = which.isOwn || mode === "gradient" ? undefined : await predictionIn(outputs);

  const runnable = bench.peers.filter(({ name, editOnly }) => !editOnly && (mode === "forward" || name === "pytorch"));
  const differences = new Map<string, number>();
  const turns = new Map<string, PeerRun[]>();
  const { rows, missing } = await eachPeer(bench, {
    peers: runnable,
    folder,
    prepare: ["--inputs", inputs],
    time: ({ name }, prepared) => [
      ...["peers.time_unet", name, folder, prepared, "--inputs", inputs, "--rounds", String(bench.rounds)],
      ...["--output", join(bench.scratch, `${name}.safetensors`)],
      ...(mode === "gradient" ? ["--gradient"] : []),
    ],
    turns: bench.turns,
    async afterTurn({ name, title }) {
      bench.show(`engine, beside ${title}`);
      const { run } = await time();
      turns.set(name, [...(turns.get(name) ?? []), run]);
    },
  });
  if (reference) {
    for (const { row } of rows) {
      const theirs = await predictionIn(join(bench.scratch, `${row.name}.safetensors`));
      differences.set(row.name, difference(reference, theirs));
    }
  }
  const own = rowOf(engineTitle, mergeRuns([run, ...[...turns.values()].flat()]));
  return {
    rows: [
      { ...own, ...(prepared !== undefined && { prepared }) },
      ...rows.map(({ row }) => {
        const beside = median(turns.get(row.name)!.flatMap(({ times }) => times));
        const found = differences.get(row.name);
        return { ...row, ratio: beside / row.median, ...(found !== undefined && { difference: found }) };
      }),
    ],
    missing,
  };
}

/** What the peers are given: the engine's inputs as it joins them (parts.py, UNet). */
function inputsOf({ latent, context, isOwn }: EngineCase): Uint8Array {
  const [channels, height, width] = latent;
  let state = 1;
  /** Uniform in −1 … 1: the values do not matter, that they are not zeros does. */
  const noise = (...dims: number[]) => ({
    dims,
    data: Float32Array.from({ length: sizeOf(dims) }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 31 - 1;
    }),
  });
  const places = isOwn ? 2 : 0; // the bundled model's coordinates
  return writeSafetensors(
    {
      sample: noise(1, 2 * channels + places, height, width),
      timestep: { dims: [1], data: Float32Array.of(500) },
      context: noise(1, context[0] + (isOwn ? 1 : 0), context[1]),
      ...(isOwn && { label: noise(1, 2 * context[1]) }),
    },
    {},
  );
}

const predictionIn = async (file: string): Promise<Float32Array> =>
  parseSafetensors(file, await readFile(file)).tensors.prediction!.data;

function difference(a: Float32Array, b: Float32Array): number {
  let [most, scale] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(a[i]!));
  }
  return most / scale;
}
