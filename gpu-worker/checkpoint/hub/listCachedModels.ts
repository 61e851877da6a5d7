import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { CachePaths } from "./CachePaths.ts";
import { isCommit } from "./HubReference.ts";
import { recogniseFolder } from "./recogniseFolder.ts";
import { snapshotFiles } from "./snapshotFiles.ts";

/** An editing model at one commit, in huggingface_hub's cache. */
export interface CachedModel {
  readonly id: string;
  readonly commit: string;
  /** Branches and tags that are this commit. */
  readonly revisions: readonly string[];
  readonly folder: string;
  readonly family: string;
  /** Size on disk; what other commits of the model share counts for each. */
  readonly bytes: number;
  /** ISO 8601; when one of its files was read last. */
  readonly lastUsed: string;
}

/** The editing models of a cache, by name; what cannot be read and models of other kinds are left out. */
export async function listCachedModels(cache: string): Promise<CachedModel[]> {
  const models: CachedModel[] = [];
  for (const name of (await readdir(cache).catch(() => [])).sort()) {
    const id = /^models--(.+?)--(.+)$/.exec(name)?.slice(1).join("/");
    if (id === undefined) continue;
    const paths = new CachePaths(cache, id);
    const commits = await readdir(paths.snapshots).catch(() => []);
    const refs = await readRefs(paths);
    for (const commit of commits.filter(isCommit)) {
      const model = await readModel(paths.snapshot(commit)).catch(() => undefined);
      const revisions = [...refs].filter(([, at]) => at === commit).map(([revision]) => revision);
      if (model) models.push({ id, commit, revisions, ...model });
    }
  }
  return models;
}

async function readModel(folder: string) {
  const recognised = await recogniseFolder(folder);
  if (typeof recognised === "string") return undefined;
  const files = await snapshotFiles(folder);
  const sizes = new Map(files.map(({ path, etag, size }) => [etag ?? path, size ?? 0]));
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const lastUsed = new Date(Math.max(0, ...files.map((file) => file.lastUsed))).toISOString();
  return { folder, family: recognised.family, bytes, lastUsed };
}

/** Commit by branch or tag. */
async function readRefs({ refs }: CachePaths): Promise<Map<string, string>> {
  const names = await readdir(refs, { recursive: true }).catch(() => []);
  const found = new Map<string, string>();
  for (const name of names.sort()) {
    const file = join(refs, name);
    if (!(await stat(file)).isFile()) continue;
    found.set(name.replaceAll("\\", "/"), (await readFile(file, "utf8")).trim());
  }
  return found;
}
