import { join } from "node:path";
import { encodePng } from "../../gpu-worker/image/encodePicture.ts";
import { writeWhole } from "../files/writeWhole.ts";
import type { EngineBench } from "./EngineBench.ts";
import type { EngineRow, EngineSection } from "./EngineSection.ts";
import { eachPeer } from "./eachPeer.ts";
import { rowOf } from "./rowOf.ts";
import { engineTitle, runEngine } from "./runEngine.ts";
import type { PeerRun } from "./runPeer.ts";

const [textGuidance, imageGuidance] = [7.5, 1.5];

/** A whole edit with three guidance branches, from the start of the process to the result. */
export async function measureEdit(
  bench: EngineBench,
  size: number,
  folder: string,
): Promise<Pick<EngineSection, "rows" | "missing">> {
  const picture = join(bench.scratch, "source.png");
  await writeWhole(picture, await encodePng(gradients(size)));
  const { stepsRun } = bench;
  bench.show(`engine, an edit at ${size} px`);
  const args = (steps: number) => [picture, steps, textGuidance, imageGuidance];
  const { run, prepared } = await runEngine(bench, "timeEdit", folder, args(stepsRun), args(1));
  const { rows, missing } = await eachPeer(bench, {
    peers: bench.peers,
    folder,
    prepare: ["--edit", String(size)],
    time: ({ name }, prepared) => [
      ...(name === "sdcpp" ? ["peers.time_sdcpp", folder] : ["peers.time_edit", name, folder, prepared]),
      ...[picture, "--steps", String(stepsRun)],
      ...["--text-guidance", String(textGuidance), "--image-guidance", String(imageGuidance)],
    ],
  });
  const own = { ...rowOf(engineTitle, run), ...(prepared !== undefined && { prepared }) };
  const all = [{ row: own, run }, ...rows];
  return { rows: all.map(({ row, run }) => whole(row, run, bench)), missing };
}

/** Where not all steps were run, each further one is counted as the median of those that were. */
function whole(row: EngineRow, run: PeerRun, { steps, stepsRun }: EngineBench): EngineRow {
  const { cold: _, processor: __, ...rest } = row;
  const left = steps - stepsRun;
  const milliseconds = run.milliseconds + left * row.median;
  return { ...rest, whole: milliseconds, ...(left > 0 && { steps: stepsRun }) };
}

function gradients(size: number) {
  const data = new Uint8Array(3 * size * size);
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      data[at++] = (255 * x) / size;
      data[at++] = (255 * y) / size;
      data[at++] = 128;
    }
  }
  return { width: size, height: size, data };
}
