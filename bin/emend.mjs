#!/usr/bin/env node
// The `emend` command: installs on first use, then hands over to cli/main.ts under Node 24.
import { join } from "node:path";
import { runNode24 } from "./child.mjs";
import { install, root } from "./setup.mjs";

install();
runNode24(["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), ...process.argv.slice(2)]);
