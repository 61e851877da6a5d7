import { join } from "node:path";

/** Where huggingface_hub keeps a model in its cache. */
export class CachePaths {
  /** `models--owner--name` */
  readonly root: string;
  readonly blobs: string;
  readonly snapshots: string;
  readonly refs: string;
  /** Lock files of all who write to the model. */
  readonly locks: string;

  constructor(cache: string, id: string) {
    const name = `models--${id.replaceAll("/", "--")}`;
    this.root = join(cache, name);
    this.blobs = join(this.root, "blobs");
    this.snapshots = join(this.root, "snapshots");
    this.refs = join(this.root, "refs");
    this.locks = join(cache, ".locks", name);
  }

  blob(etag: string): string {
    return join(this.blobs, etag);
  }

  /**
   * The unfinished blob. Its name is ours alone: older versions of huggingface_hub append to `ETAG.incomplete` under a
   * lock that we cannot take; the ending lets `hf cache` recognise it as unfinished.
   */
  partial(etag: string): string {
    return join(this.blobs, `${etag}.emend.incomplete`);
  }

  snapshot(commit: string): string {
    return join(this.snapshots, commit);
  }

  ref(revision: string): string {
    return join(this.refs, revision);
  }
}
