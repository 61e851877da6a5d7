import { z } from "zod";
import { EmendError } from "../../../src/errors/EmendError.ts";
import { badModel } from "../badModel.ts";
import { checkFileName } from "./checkFileName.ts";
import { type ConnectionOptions, HubConnection } from "./HubConnection.ts";
import type { HubFile } from "./HubFile.ts";
import { isCommit } from "./HubReference.ts";
import type { HubSettings } from "./hubSettings.ts";

/** What the hub tells of a repository at a revision. */
export interface HubRepository {
  readonly id: string;
  /** The revision that was asked for. */
  readonly revision: string;
  readonly commit: string;
}

const maxJsonBytes = 64 * 1024 * 1024;
/** The largest repositories in use have some 100,000 files; an editing model has dozens. */
const maxFiles = 200_000;
/** Of 1,000 files each. */
const maxPages = 1000;
/** The full-precision U-Net of SDXL takes 10 GB. */
const maxFileBytes = 256 * 10 ** 9;

const infoSchema = z.object({ sha: z.string().refine(isCommit, "is no commit") });
const size = z.int().nonnegative().max(maxFileBytes, `is larger than any model (${maxFileBytes} bytes)`);
const treeSchema = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    oid: z.string(),
    size: size.default(0),
    lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size }).nullish(),
  }),
);

/** The parts of the hub's HTTP API that are needed to fetch a model. What it answers is checked: any server can be named. */
export class HubClient {
  readonly settings: HubSettings;
  readonly connection: HubConnection;

  constructor(settings: HubSettings, options: ConnectionOptions = {}) {
    this.settings = settings;
    this.connection = new HubConnection(settings, options);
  }

  /** Which commit a branch, tag or commit is. @throws EmendError */
  async repository(id: string, revision: string, signal?: AbortSignal): Promise<HubRepository> {
    const what = { id, revision };
    const url = `${this.settings.endpoint}/api/models/${id}/revision/${encodeURIComponent(revision)}`;
    const { json } = await this.#json(url, what, infoSchema, signal);
    return { ...what, commit: json.sha };
  }

  /**
   * Every file at a commit.
   * @throws EmendError `bad_model` when a name or size is not one that a model could have
   */
  async files({ id, revision, commit }: HubRepository, signal?: AbortSignal): Promise<HubFile[]> {
    const files: HubFile[] = [];
    let next: string | undefined = `${this.settings.endpoint}/api/models/${id}/tree/${commit}?recursive=true`;
    const seen = new Set<string>();
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      const page: { json: z.output<typeof treeSchema>; next: string | undefined } = await this.#json(
        ...([next, { id, revision }, treeSchema, signal] as const),
      );
      for (const { type, path, oid, size, lfs } of page.json) {
        if (type !== "file") continue;
        checkFileName(id, path);
        if (!lfs && !isCommit(oid)) throw badModel(id, `is refused: the hub gives no hash for ${path}`);
        files.push({ path, size: lfs?.size ?? size, etag: lfs?.oid ?? oid });
      }
      if (files.length > maxFiles || seen.size > maxPages)
        throw badModel(id, `is refused: it lists more than ${maxFiles} files`);
      next = page.next;
    }
    if (new Set(files.map(({ path }) => path)).size !== files.length) {
      throw badModel(id, "is refused: it lists a file twice");
    }
    return files;
  }

  /**
   * Asks for a file's bytes, from an offset on. The answer's status is 200 (from the start, whatever was asked for),
   * 206 or 416. Not retried: the caller knows what it has got.
   * @throws EmendError for what the hub refuses; CutConnection for what may work when tried again
   */
  async open(
    { id, revision, commit }: HubRepository,
    path: string,
    { from = 0, ifRange }: { readonly from?: number; readonly ifRange?: string | undefined } = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const name = path.split("/").map(encodeURIComponent).join("/");
    const url = `${this.settings.endpoint}/${id}/resolve/${commit}/${name}`;
    const range: Record<string, string> = from === 0 ? {} : { range: `bytes=${from}-` };
    if (from > 0 && ifRange !== undefined) range["if-range"] = ifRange;
    return this.connection.request(url, { id, revision, path }, range, signal);
  }

  async #json<T extends z.ZodType>(
    url: string,
    what: { readonly id: string; readonly revision: string },
    schema: T,
    signal?: AbortSignal,
  ): Promise<{ json: z.output<T>; next: string | undefined }> {
    const { text, link } = await this.connection.retrying(
      async () => {
        const response = await this.connection.request(url, what, {}, signal);
        return {
          text: await this.connection.read(what.id, response, maxJsonBytes, signal),
          link: response.headers.get("link"),
        };
      },
      () => false,
      signal,
    );
    let json: unknown;
    try {
      json = JSON.parse(text.toString());
    } catch (error) {
      const message = `${this.settings.endpoint} does not answer as a model hub does; check HF_ENDPOINT.`;
      throw new EmendError("download_failed", message, { cause: error });
    }
    const parsed = schema.safeParse(json);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0]!;
      throw badModel(what.id, `is refused: the hub's answer is not what it should be (${path.join(".")}: ${message})`);
    }
    const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
    return { json: parsed.data, next: next && this.#ownAddress(next, url, what.id) };
  }

  /** The next page, which must be at the hub itself. */
  #ownAddress(next: string, base: string, id: string): string {
    const url = URL.parse(next, base);
    // A hub behind a proxy may name itself by its inner address: its path and query are what counts.
    if (url) return new URL(url.pathname + url.search, this.settings.endpoint).href;
    throw badModel(id, "is refused: the hub's list of files goes on at no address");
  }
}
