import { format, parse } from "node:path";

/** Where the results of several turns go: all but the last beside the last, as `name.1.png`, `name.2.png`, … */
export function turnOutputs(last: string, turns: number): string[] {
  const { dir, name, ext } = parse(last);
  return Array.from({ length: turns }, (_, i) =>
    i === turns - 1 ? last : format({ dir, name: `${name}.${i + 1}`, ext }),
  );
}
