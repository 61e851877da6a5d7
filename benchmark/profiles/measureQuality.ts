import { mean } from "../report/statistics.ts";
import type { Bench } from "../tasks/Bench.ts";
import { guidances, type Setting, settings } from "./settings.ts";

export interface QualityRow {
  readonly name: string;
  readonly group: Setting["group"];
  readonly edit: number;
  readonly keep: number;
  /** Of one edit: evaluations of the whole U-Net, and of its outer layers alone. */
  readonly whole: number;
  readonly shallow: number;
}

export interface Quality {
  /** Pairs behind each row. */
  readonly n: number;
  readonly tables: readonly {
    readonly textGuidance: number;
    readonly imageGuidance: number;
    readonly rows: readonly QualityRow[];
  }[];
  /** The model as it is used: its own guidance, exact and fast. */
  readonly own: readonly QualityRow[];
}

/**
 * Scores every setting on the benchmark's pairs, the true task given.
 * @param limit pairs per task
 */
export async function measureQuality(bench: Bench, limit: number): Promise<Quality> {
  let n = 0;
  const row = async ({ name, group }: Pick<Setting, "name" | "group">, condition: object): Promise<QualityRow> => {
    const results = await bench.measure({ answer: "named", ...condition }, limit);
    n = results.length;
    return {
      ...{ name, group, edit: mean(results.map(({ edit }) => edit)), keep: mean(results.map(({ keep }) => keep)) },
      whole: mean(results.map(({ evaluations }) => evaluations)),
      shallow: mean(results.map(({ shallow = 0 }) => shallow)),
    };
  };
  const tables: Quality["tables"][number][] = [];
  for (const guidance of guidances) {
    const rows: QualityRow[] = [];
    for (const setting of settings) rows.push(await row(setting, { ...setting.condition, ...guidance }));
    tables.push({ ...guidance, rows });
  }
  const own = [
    await row({ name: "100 steps", group: "reference" }, { steps: 100 }),
    await row({ name: "exact", group: "profile" }, { profile: "exact" }),
    await row({ name: "fast", group: "profile" }, { profile: "fast" }),
  ];
  return { n, tables, own };
}
