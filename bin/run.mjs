// `node bin/run.mjs vitest run …`: runs a development tool from node_modules under Node 24, installing first.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNode24 } from "./child.mjs";
import { install, root } from "./setup.mjs";
import { setupCuda } from "./setup-cuda.mjs";

const tools = {
  vitest: "vitest/vitest.mjs",
  biome: "@biomejs/biome/bin/biome",
  tsc: "typescript/bin/tsc",
};

install();
const [tool, ...args] = process.argv.slice(2);
if (tool === "--setup-only") process.exit(0);
if (tool === "--setup-cuda") process.exit(setupCuda(args));
const file = tools[tool] && join(root, "node_modules", tools[tool]);
if (!file || !existsSync(file)) {
  console.error(`emend: unknown tool "${tool}"; use one of ${Object.keys(tools).join(", ")}.`);
  process.exit(2);
}
process.chdir(root);
runNode24([file, ...args]);
