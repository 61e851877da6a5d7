import type { Conditioning } from "../../models/Conditioning.ts";
import type { EditModel } from "../../models/EditModel.ts";
import { needsTask } from "../../models/needsTask.ts";

/** How the learned numbers lie in one array. */
export interface Layout {
  readonly size: number;
  /** Views of the array, part by part. */
  read(values: Float32Array): Conditioning;
  join(parts: Conditioning): Float32Array;
}

/** With a task table: a task's vector, and the further ones as tokens; without one: tokens and a time vector. */
export function layoutOf(model: EditModel, vectors: number): Layout {
  const { widths } = model;
  const hasTask = needsTask(model);
  const lengths: [keyof Conditioning, number][] = [
    ["task", hasTask ? widths.context : 0],
    ["tokens", (hasTask ? vectors - 1 : vectors) * widths.context],
    ["time", hasTask ? 0 : widths.time],
  ];
  const parts = lengths.filter(([, length]) => length > 0);
  const size = parts.reduce((sum, [, length]) => sum + length, 0);
  return {
    size,
    read(values) {
      let end = 0;
      const views = parts.map(([name, length]) => {
        const start = end;
        end += length;
        return [name, values.subarray(start, end)] as const;
      });
      return Object.fromEntries(views);
    },
    join(found) {
      const all = new Float32Array(size);
      let at = 0;
      for (const [name, length] of parts) {
        all.set(found[name]!, at);
        at += length;
      }
      return all;
    },
  };
}
