import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { readJson } from "../../gpu-worker/checkpoint/readJson.ts";

it("takes the infinities that Python writes as null", async () => {
  const folder = await mkdtemp(join(tmpdir(), "emend-json-"));
  const file = join(folder, "scheduler_config.json");
  await writeFile(file, '{"lambda_min_clipped": -Infinity, "note": "to Infinity and back", "x": NaN}');
  expect(await readJson(file, file, z.record(z.string(), z.unknown()))).toEqual({
    lambda_min_clipped: null,
    note: "to Infinity and back",
    x: null,
  });
  await rm(folder, { recursive: true });
});
