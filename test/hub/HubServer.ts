import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  commitOf,
  fileOf,
  filesBelow,
  pieceBytes,
  type RepositoryOptions,
  type StoredFile,
  type StoredRepository,
} from "./HubRepositoryStore.ts";

/** What goes wrong; each can be set and unset while the server runs. */
export interface Faults {
  /** Cuts the connection after so many bytes of a body, so many times; `settled`: after that has come to pass. */
  cut?: { path: string; after: number; times: number; settled?: () => Promise<void> } | undefined;
  /** Answers 200 with the whole file to requests for a part. */
  ignoresRanges?: boolean;
  /** Flips a bit of this file. */
  wrongBytes?: string | undefined;
  /** Sends so many bytes more of this file than the list promises. */
  longer?: { path: string; by: number } | undefined;
  /** Has so many bytes less of this file than the list promises. */
  shorter?: { path: string; by: number } | undefined;
  /** Every page of the list of files names another one, all of them empty. */
  endlessPages?: boolean;
  /** Sends so many bytes, waits, sends the rest. */
  pause?: { path: string; after: number; milliseconds: number } | undefined;
  /** Answers so many requests with this status. */
  status?: { code: number; times: number; retryAfter?: string } | undefined;
  /** Redirects every file to itself. */
  redirectLoop?: boolean;
  /** Redirects large files there. */
  redirectTo?: string | undefined;
  /** Changes the list of files before it is sent. */
  tree?: ((entries: Record<string, unknown>[]) => unknown) | undefined;
}

export interface ServedRequest {
  readonly origin: "hub" | "store";
  readonly method: string;
  readonly url: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
  status: number;
  /** Bytes of the body that were sent. */
  sent: number;
}

/** Entries of a page of the tree; the real hub sends 1,000. */
const pageSize = 8;
const token = "hf_local_test";

/**
 * A model hub on this machine, for tests and for trying `emend model` without a network: the parts of the real one's
 * HTTP API that huggingface_hub and emend use. Small files are served by the hub itself, large ones (LFS) by a redirect
 * to a second origin with signed-looking addresses, as the real one does.
 */
export class HubServer {
  readonly faults: Faults = {};
  readonly requests: ServedRequest[] = [];
  /** The token that may read gated and private repositories. */
  readonly token = token;
  readonly #repositories = new Map<string, StoredRepository>();
  readonly #hub: Server;
  readonly #store: Server;

  private constructor() {
    this.#hub = createServer((request, response) => void this.#serve("hub", request, response));
    this.#store = createServer((request, response) => void this.#serve("store", request, response));
  }

  static async start(port = 0): Promise<HubServer> {
    const server = new HubServer();
    for (const [each, at] of [
      [server.#hub, port],
      [server.#store, 0],
    ] as const) {
      each.listen(at, "127.0.0.1");
      await once(each, "listening");
    }
    return server;
  }

  /** What HF_ENDPOINT is to be. */
  get endpoint(): string {
    return addressOf(this.#hub);
  }

  /** Names of all repositories. */
  get models(): string[] {
    return [...this.#repositories.keys()];
  }

  /** Adds a repository, or a new commit of one to a branch. @returns the commit */
  add(
    id: string,
    files: Readonly<Record<string, Uint8Array | string>> | readonly StoredFile[],
    { branch = "main", ...options }: RepositoryOptions & { readonly branch?: string } = {},
  ): string {
    const list = Array.isArray(files)
      ? (files as readonly StoredFile[])
      : Object.entries(files as Record<string, Uint8Array | string>).map(([path, content]) => fileOf(path, content));
    const commit = commitOf(list);
    const known = this.#repositories.get(id) ?? { id, refs: new Map(), commits: new Map(), ...options };
    known.commits.set(commit, list);
    known.refs.set(branch, commit);
    this.#repositories.set(id, { ...known, ...options });
    return commit;
  }

  /** Adds a folder's files. @returns the commit */
  addFolder(id: string, folder: string, options?: RepositoryOptions & { readonly branch?: string }): string {
    return this.add(id, filesBelow(folder), options);
  }

  /** Bytes of files' bodies that were sent since the last call. */
  takeSent(): number {
    const sent = this.requests.reduce((sum, { url, sent }) => sum + (url.startsWith("/api/") ? 0 : sent), 0);
    this.requests.length = 0;
    return sent;
  }

  async close(): Promise<void> {
    for (const each of [this.#hub, this.#store]) {
      each.closeAllConnections();
      each.close();
      await once(each, "close");
    }
  }

  async #serve(origin: "hub" | "store", request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const { range, authorization } = headers;
    const served: ServedRequest = { origin, method, url, range, authorization, status: 0, sent: 0 };
    this.requests.push(served);
    response.on("finish", () => {
      served.status = response.statusCode;
    });
    const { status } = this.faults;
    if (status && status.times > 0) {
      status.times--;
      response.writeHead(status.code, status.retryAfter === undefined ? {} : { "retry-after": status.retryAfter });
      response.end();
      return;
    }
    const address = new URL(url, "http://local");
    if (origin === "store") await this.#serveLarge(address, served, response, request);
    else if (address.pathname.startsWith("/api/models/")) this.#serveApi(address, authorization, response, served);
    else await this.#serveFile(address, served, response, request);
  }

  #serveApi(address: URL, authorization: string | undefined, response: ServerResponse, served: ServedRequest): void {
    const match = /^\/api\/models\/([^/]+\/[^/]+)(?:\/(revision|tree)\/([^/]+))?$/.exec(address.pathname);
    const found = match && this.#find(match[1]!, match[3], authorization, response);
    if (!found) {
      if (!match) refuse(response, 404, "RepoNotFound", "Repository not found");
      return;
    }
    const { repository, commit, files } = found;
    if (match[2] === "tree") {
      const start = Number(address.searchParams.get("cursor") ?? 0);
      const all = treeOf(files);
      if (start + pageSize < all.length || this.faults.endlessPages) {
        const next = new URL(address.pathname, this.endpoint);
        next.search = `?recursive=true&cursor=${start + pageSize}`;
        response.setHeader("link", `<${next.href}>; rel="next"`);
      }
      const page = all.slice(start, start + pageSize);
      send(response, served, this.faults.tree ? this.faults.tree(page) : page);
      return;
    }
    const siblings = files.map(({ path, size, oid, lfs }) => ({
      rfilename: path,
      ...(address.searchParams.get("blobs") === "true"
        ? { size, blobId: oid, ...(lfs === undefined ? {} : { lfs: { sha256: lfs, size, pointerSize: 134 } }) }
        : {}),
    }));
    const { id, gated = false, private: isPrivate = false } = repository;
    send(response, served, { _id: "0", id, modelId: id, sha: commit, private: isPrivate, gated, tags: [], siblings });
  }

  async #serveFile(
    address: URL,
    served: ServedRequest,
    response: ServerResponse,
    request: IncomingMessage,
  ): Promise<void> {
    const match = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(address.pathname);
    const found = match && this.#find(match[1]!, match[2], served.authorization, response, true);
    if (!found) {
      if (!match) refuse(response, 404, "RepoNotFound", "Repository not found");
      return;
    }
    const path = decodeURIComponent(match[3]!);
    response.setHeader("x-repo-commit", found.commit);
    const file = found.files.find((each) => each.path === path);
    if (!file) return refuse(response, 404, "EntryNotFound", "Entry not found");
    if (this.faults.redirectLoop) {
      response.writeHead(302, { location: address.pathname }).end();
      return;
    }
    if (file.lfs === undefined) return this.#sendFile(file, `"${file.oid}"`, served, response, request);
    const query = `?id=${found.repository.id}&commit=${found.commit}&path=${encodeURIComponent(path)}&Signature=local`;
    const location = this.faults.redirectTo ?? `${addressOf(this.#store)}/${file.lfs}${query}`;
    const linked = { "x-linked-etag": `"${file.lfs}"`, "x-linked-size": String(file.size) };
    response.writeHead(302, { location, etag: `"${file.lfs}"`, ...linked }).end();
  }

  async #serveLarge(
    address: URL,
    served: ServedRequest,
    response: ServerResponse,
    request: IncomingMessage,
  ): Promise<void> {
    const { searchParams } = address;
    const files = this.#repositories.get(searchParams.get("id") ?? "")?.commits.get(searchParams.get("commit") ?? "");
    const file = files?.find(({ path }) => path === searchParams.get("path"));
    if (!file) return void response.writeHead(403).end();
    // The store's tag is not the file's hash: who resumes by If-Range must use the tag of the answer it had.
    await this.#sendFile(file, `"store-${file.lfs!.slice(0, 16)}"`, served, response, request);
  }

  async #sendFile(
    file: StoredFile,
    etag: string,
    served: ServedRequest,
    response: ServerResponse,
    request: IncomingMessage,
  ): Promise<void> {
    const { ignoresRanges, cut, longer, shorter, pause } = this.faults;
    const more = longer?.path === file.path ? longer.by : 0;
    const size = file.size + more - (shorter?.path === file.path ? shorter.by : 0);
    const ifRange = request.headers["if-range"];
    const asked = Number(/^bytes=(\d+)-$/.exec(served.range ?? "")?.[1] ?? 0);
    const isPart = served.range !== undefined && !ignoresRanges && (ifRange === undefined || ifRange === etag);
    if (isPart && asked >= size) {
      response.writeHead(416, { "content-range": `bytes */${size}` }).end();
      return;
    }
    const start = isPart ? asked : 0;
    const headers: Record<string, string> = { etag, "accept-ranges": "bytes" };
    if (more === 0) headers["content-length"] = String(size - start);
    if (isPart) headers["content-range"] = `bytes ${start}-${size - 1}/${size}`;
    response.writeHead(isPart ? 206 : 200, headers);
    if (served.method === "HEAD") return void response.end();
    const write = (from: number, to: number) =>
      this.#write(file, Math.min(from, size), Math.min(to, size), served, response);
    if (cut?.path === file.path && cut.times > 0) {
      cut.times--;
      await write(start, start + cut.after);
      await cut.settled?.();
      response.destroy();
      return;
    }
    const middle = pause?.path === file.path ? start + pause.after : start;
    await write(start, middle);
    if (pause && middle > start) await sleep(pause.milliseconds);
    await write(middle, size);
    response.end();
  }

  /** Sends a range of a file, piece by piece; beyond its end are zeros. */
  async #write(
    file: StoredFile,
    from: number,
    to: number,
    served: ServedRequest,
    response: ServerResponse,
  ): Promise<void> {
    const wrong = this.faults.wrongBytes === file.path ? file.size >> 1 : -1;
    for (let at = from; at < to && !response.destroyed; at += pieceBytes) {
      const end = Math.min(at + pieceBytes, to);
      const known = file.read(Math.min(at, file.size), Math.min(end, file.size));
      const piece = Buffer.concat([known], end - at); // filled up with zeros
      if (wrong >= at && wrong < end) piece[wrong - at]! ^= 1;
      served.sent += piece.length;
      const { promise, resolve } = Promise.withResolvers<void>();
      response.write(piece, () => resolve());
      await promise;
    }
  }

  /** The files at a revision, or an answer that says why not. */
  #find(
    id: string,
    revision: string | undefined,
    authorization: string | undefined,
    response: ServerResponse,
    wantsFiles = false,
  ): { repository: StoredRepository; commit: string; files: readonly StoredFile[] } | undefined {
    const repository = this.#repositories.get(id);
    const knows = authorization === `Bearer ${this.token}`;
    if (authorization !== undefined && !knows) {
      refuse(response, 401, undefined, "Invalid credentials in Authorization header");
    } else if (!repository || (repository.private && !knows)) {
      refuse(response, knows ? 404 : 401, "RepoNotFound", "Repository not found");
    } else if (wantsFiles && repository.gated && !knows) {
      refuse(response, 401, "GatedRepo", `Access to model ${id} is restricted.`);
    } else {
      const name = decodeURIComponent(revision ?? "main");
      const commit = repository.refs.get(name) ?? name;
      const files = repository.commits.get(commit);
      if (files) return { repository, commit, files };
      refuse(response, 404, "RevisionNotFound", `Invalid rev id: ${name}`);
    }
    return undefined;
  }
}

/** Files and the folders that they lie in, as the tree of the real hub. */
function treeOf(files: readonly StoredFile[]): Record<string, unknown>[] {
  const folders = new Set(files.flatMap(({ path }) => path.split("/").map((_, i, all) => all.slice(0, i).join("/"))));
  folders.delete("");
  return [
    ...[...folders].map((path) => ({ type: "directory", oid: "0".repeat(40), size: 0, path })),
    ...files.map(({ path, size, oid, lfs }) => ({
      ...{ type: "file", oid, size, path },
      ...(lfs === undefined ? {} : { lfs: { oid: lfs, size, pointerSize: 134 } }),
    })),
  ];
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function refuse(response: ServerResponse, status: number, code: string | undefined, message: string): void {
  if (code !== undefined) response.setHeader("x-error-code", code);
  response.writeHead(status, { "x-error-message": message, "content-type": "application/json" });
  response.end(JSON.stringify({ error: message }));
}

function send(response: ServerResponse, served: ServedRequest, json: unknown): void {
  const text = JSON.stringify(json);
  served.sent = Buffer.byteLength(text);
  response.writeHead(200, { "content-type": "application/json" }).end(text);
}
