// `npm run setup:cuda`: puts onnxruntime's CUDA provider beside its Node binding, and tells whether it works.
// Plain JavaScript, because it must run on whatever Node is there.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { node24, root } from "./setup.mjs";

const files = ["libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so"];
const onnxruntime = join(root, "node_modules", "onnxruntime-node");
const target = join(onnxruntime, "bin", "napi-v6", "linux", "x64");

/**
 * @param {string[]} args `--from DIR`, a folder with the provider's files of the same version; or EMEND_ORT_DIR. Without
 *   one they are downloaded by onnxruntime-node's own script, from NuGet.
 * @returns the exit code: 0 when CUDA works, 1 when something is missing still, 2 for bad usage
 */
export function setupCuda(args) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    console.error(`emend: there is a CUDA provider for linux x64 only, not for ${process.platform} ${process.arch}.`);
    return 2;
  }
  const folder = args[0] === "--from" ? args[1] : args.length === 0 ? process.env.EMEND_ORT_DIR : undefined;
  if (args.length > 0 && folder === undefined) {
    console.error("emend: use npm run setup:cuda, or npm run setup:cuda -- --from DIR.");
    return 2;
  }
  const { version } = JSON.parse(readFileSync(join(onnxruntime, "package.json"), "utf8"));
  if (folder) {
    const missing = files.find((file) => !existsSync(join(folder, file)));
    if (missing) {
      console.error(`emend: ${join(folder, missing)} is not there; it must be onnxruntime ${version}'s.`);
      return 2;
    }
    for (const file of files) copyFileSync(join(folder, file), join(target, file));
  } else {
    console.error(`emend: downloading onnxruntime ${version}'s CUDA provider from NuGet …`);
    const { status } = spawnSync(node24(), [join(onnxruntime, "script", "install.js")], {
      stdio: ["ignore", 2, 2],
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "true" },
    });
    if (status !== 0 || !existsSync(join(target, files[1]))) {
      console.error("emend: the download failed; deploy/gpu.md says how to bring the files (--from DIR).");
      return 1;
    }
  }
  console.error(`emend: the provider is installed; it was built for CUDA ${cudaMajor(join(target, files[1]))}.`);
  const devices = spawnSync(
    node24(),
    ["--disable-warning=ExperimentalWarning", join(root, "cli", "main.ts"), "devices", "--json"],
    { encoding: "utf8", stdio: ["ignore", "pipe", 2] },
  );
  const { cuda } = JSON.parse(devices.stdout || "{}");
  if (cuda?.precision) {
    console.error(`emend: CUDA works, in ${cuda.precision}${cuda.problem ? ` (${cuda.problem})` : ""}.`);
    return 0;
  }
  console.error(`emend: CUDA does not work yet: ${cuda?.problem ?? "the probe failed"}.`);
  return 1;
}

/** The CUDA that the provider is linked to, as its file says: NuGet's and PyPI's packages do not always agree. */
function cudaMajor(file) {
  const bytes = readFileSync(file);
  const at = bytes.indexOf("libcudart.so.");
  return at < 0 ? "?" : /\d+/.exec(bytes.toString("latin1", at + 13, at + 17))?.[0];
}
