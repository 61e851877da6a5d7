import { mkdtemp, readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { HubSettings } from "../../gpu-worker/checkpoint/hub/hubSettings.ts";
import { type PullOptions, pullModel } from "../../gpu-worker/checkpoint/hub/pullModel.ts";
import { HubServer } from "./HubServer.ts";
import { tinyRepository } from "./tinyRepository.ts";

export const id = "someone/tiny-pix2pix";
export const unet = "unet/diffusion_pytorch_model.safetensors";

export interface TestHub {
  readonly hub: HubServer;
  readonly settings: HubSettings;
  readonly pull: (
    options?: Partial<PullOptions> & { readonly id?: string; readonly revision?: string },
  ) => ReturnType<typeof pullModel>;
  /** Every file of the cache but locks, and where the links go. */
  readonly listing: () => Promise<Record<string, string>>;
}

/** A hub with the tiny model and an empty cache, for one test. */
export async function testHub(settings: Partial<HubSettings> = {}): Promise<TestHub> {
  const hub = await HubServer.start();
  const cache = await mkdtemp(join(tmpdir(), "emend-hub-"));
  onTestFinished(async () => {
    await hub.close();
    await rm(cache, { recursive: true, force: true });
  });
  hub.add(id, tinyRepository());
  const all: HubSettings = { endpoint: hub.endpoint, cache: join(cache, "hub"), offline: false, ...settings };
  return {
    hub,
    settings: all,
    pull: ({ id: other = id, revision, ...options } = {}) =>
      pullModel(revision === undefined ? { id: other } : { id: other, revision }, {
        settings: all,
        connection: { retries: 2, retryDelay: 1, stallTimeout: 2_000 },
        ...options,
      }),
    listing: () => listing(all.cache),
  };
}

/** Files and links below a folder; folders of locks and lists of huggingface_hub left out. */
export async function listing(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isDirectory() || /(^|\/)(\.locks|trees)\/|^CACHEDIR\.TAG$/.test(path)) continue;
    found[path] = entry.isSymbolicLink() ? await readlink(join(folder, path)) : "file";
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}
