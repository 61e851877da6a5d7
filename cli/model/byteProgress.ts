import { formatBytes } from "../../gpu-worker/checkpoint/hub/formatBytes.ts";
import { progressBar } from "../edit/progressBar.ts";

/** A line of plain progress for each of so many parts. */
const plainParts = 10;

/** How far something of many bytes is: a bar with its speed while a person watches, else a line for every tenth. @param verb "fetched" */
export function byteProgress(verb: string, stream: NodeJS.WriteStream = process.stderr) {
  const start = performance.now();
  let first: number | undefined;
  let lastPart = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const bar = progressBar(stream, (done, total) => {
    const rate = ((done - (first ?? 0)) / (performance.now() - start)) * 1000;
    const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : "";
    return `${formatBytes(done)} of ${formatBytes(total)}, ${formatBytes(rate)}/s${left}`;
  });
  return {
    show(done: number, total: number) {
      if (total === 0) return;
      first ??= done;
      const now = performance.now();
      if (now - drawn > 100 || done === total) {
        bar.show(done, total);
        drawn = now;
      }
      const part = Math.floor((done / total) * plainParts);
      if (!stream.isTTY && part > lastPart) {
        stream.write(`${verb} ${Math.floor((done / total) * 100)} %: ${formatBytes(done)} of ${formatBytes(total)}\n`);
      }
      lastPart = part;
    },
    clear: bar.clear,
  };
}
