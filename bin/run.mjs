// `node bin/run.mjs vitest run …`: runs a development tool under Node 24, installing first.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { runNode24 } from "./child.mjs";
import { install, root } from "./setup.mjs";
import { setupCuda } from "./setup-cuda.mjs";

const tools = {
  vitest: "node_modules/vitest/vitest.mjs",
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  hub: "test/hub/serve.ts",
};

install();
const [tool, ...args] = process.argv.slice(2);
if (tool === "--setup-only") process.exit(0);
if (tool === "--setup-cuda") process.exit(setupCuda(args));
const file = tools[tool] && join(root, tools[tool]);
if (!file || !existsSync(file)) {
  console.error(`emend: unknown tool "${tool}"; use one of ${Object.keys(tools).join(", ")}.`);
  process.exit(2);
}
process.chdir(root);
runNode24([file, ...args]);
