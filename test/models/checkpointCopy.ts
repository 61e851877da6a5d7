import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { goldenFolder } from "./golden.ts";

/** A copy of a golden checkpoint that a test may change; removed after it. */
export function checkpointCopy(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "emend-model-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(goldenFolder(name), folder, { recursive: true });
  return folder;
}

/** Sets keys of a JSON file. */
export function changeJson(file: string, values: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...values }));
}
