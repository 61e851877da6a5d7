import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { id, listing, testHub } from "./testHub.ts";

/** A Python that has huggingface_hub; with `vitest run test/hub/python.test.ts -u` the recording is made again. */
const python = process.env.EMEND_TEST_PYTHON;
const golden = fileURLToPath(new URL("python-cache.golden.json", import.meta.url));

/** What `snapshot_download` of huggingface_hub makes of those files, asked of our hub. */
async function snapshotDownload(endpoint: string, cache: string, paths: readonly string[]): Promise<string> {
  const script =
    "import sys, json; from huggingface_hub import snapshot_download; " +
    `print(snapshot_download(${JSON.stringify(id)}, allow_patterns=json.loads(sys.argv[1])))`;
  const env = { ...process.env, HF_ENDPOINT: endpoint, HF_HUB_CACHE: cache, HF_HUB_OFFLINE: "", HF_TOKEN: "" };
  const { stdout } = await promisify(execFile)(python!, ["-c", script, JSON.stringify(paths)], { env });
  return stdout.trim();
}

it("the cache is what huggingface_hub 2.4.0 makes of the same files, name by name", async () => {
  const { pull, listing } = await testHub();
  await pull();
  expect(await listing()).toEqual(JSON.parse(await readFile(golden, "utf8")));
});

describe.skipIf(python === undefined)("with a real huggingface_hub (EMEND_TEST_PYTHON)", { timeout: 120_000 }, () => {
  it("the recording is what it makes today", async () => {
    const { hub, pull, settings } = await testHub();
    const { files } = await pull({ dryRun: true });
    await snapshotDownload(
      hub.endpoint,
      settings.cache,
      files.map(({ path }) => path),
    );
    const found = `${JSON.stringify(await listing(settings.cache), null, 2)}\n`;
    await expect(found).toMatchFileSnapshot(golden);
  });

  it("what it fetched is not fetched again, nor what we did", async () => {
    const { hub, pull, settings } = await testHub();
    const { files } = await pull({ dryRun: true });
    const paths = files.map(({ path }) => path);
    const folder = await snapshotDownload(hub.endpoint, settings.cache, paths);
    expect(await pull()).toMatchObject({ folder, transferred: 0 });

    const other = await mkdtemp(join(tmpdir(), "emend-hub-"));
    onTestFinished(() => rm(other, { recursive: true }));
    const ours = await pull({ settings: { ...settings, cache: other } });
    hub.takeSent();
    expect(await snapshotDownload(hub.endpoint, other, paths)).toBe(ours.folder);
    expect(
      hub.requests.filter(({ method, sent, url }) => method === "GET" && sent > 0 && !url.startsWith("/api")),
    ).toEqual([]);
  });
});
