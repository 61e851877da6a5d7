// Installs what emend needs, once, and finds Node 24. Plain JavaScript, because it must run on whatever Node is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs `npm install` when node_modules does not match package-lock.json; exits with 1 and one line when that fails.
 * Not `npm ci`: that refuses a lock file that leaves out another platform's optional binaries.
 */
export function install() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "node_modules", ".emend-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("emend: installing packages (once) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["install", "--no-save", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
  });
  if (status !== 0) {
    console.error("emend: `npm install` failed; check the network and run the same command again.");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** The path of a Node ≥ 24: this one if it is new enough, else the one that npm installed beside us. */
export function node24() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  try {
    const packageFile = createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
    return join(dirname(packageFile), "bin", process.platform === "win32" ? "node.exe" : "node");
  } catch {
    console.error(
      `emend: needs Node 24 or newer, and there is no packaged one for ${name}; install it from nodejs.org.`,
    );
    process.exit(1);
  }
}
