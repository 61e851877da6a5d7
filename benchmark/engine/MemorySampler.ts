import { readFileSync } from "node:fs";

/** Milliseconds between two looks: evaluations take longer. */
const every = 20;

export interface PeakMemory {
  /** Pages of its own, that nothing else can share: MiB. Undefined where the system does not tell. */
  readonly own: number | undefined;
  /** With the pages of mapped files, such as weights that other processes may share: MiB. */
  readonly total: number | undefined;
}

/** Follows the memory of a process from outside, the same way for every peer. */
export class MemorySampler {
  readonly #file: string;
  readonly #timer: NodeJS.Timeout;
  #own: number | undefined;
  #total: number | undefined;

  constructor(pid: number) {
    this.#file = `/proc/${pid}/status`;
    this.#timer = setInterval(() => this.#look(), every);
    this.#look();
  }

  /** The highest that was seen; the total is the kernel's own account of its peak. */
  stop(): PeakMemory {
    clearInterval(this.#timer);
    return { own: this.#own, total: this.#total };
  }

  #look(): void {
    let status: string;
    try {
      status = readFileSync(this.#file, "utf8");
    } catch {
      return; // no Linux, or it has just ended
    }
    const mebibytes = (key: string) => {
      const found = new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(status)?.[1];
      return found === undefined ? undefined : Number(found) / 1024;
    };
    const own = mebibytes("RssAnon");
    if (own !== undefined) this.#own = Math.max(this.#own ?? 0, own);
    this.#total = mebibytes("VmHWM") ?? this.#total; // gone once the process has given its memory back
  }
}
