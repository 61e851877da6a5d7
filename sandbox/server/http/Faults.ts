/** A failure that a test asked for. */
export interface Fault {
  /** HTTP status of the answer; without it the request is only delayed. */
  status?: number;
  /** Discord's error code in the body. */
  code?: number;
  message?: string;
  /** How many requests it hits; 1 unless told. */
  times?: number;
  /** Seconds, in the body and header of a 429. */
  retryAfter?: number;
  delayMs?: number;
  /** Cuts the connection without an answer. */
  drop?: boolean;
}

interface Planned extends Fault {
  method: string;
  matches: (path: string) => boolean;
  left: number;
}

/** The failures that are waiting for their request. */
export class Faults {
  readonly #planned: Planned[] = [];

  /** `pattern` is a path with named parts (`/channels/:id/messages`) or a regular expression over the path. */
  add(method: string, pattern: string | RegExp, fault: Fault): void {
    const matches = (path: string) => (typeof pattern === "string" ? toRegExp(pattern).test(path) : pattern.test(path));
    this.#planned.push({ ...fault, method: method.toUpperCase(), matches, left: fault.times ?? 1 });
  }

  take(method: string, path: string): Fault | undefined {
    const found = this.#planned.find(
      (fault) => fault.left > 0 && fault.matches(path) && ["*", method].includes(fault.method),
    );
    if (found) found.left--;
    return found;
  }

  clear(): void {
    this.#planned.length = 0;
  }
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern
    .split("/")
    .map((part) => (part.startsWith(":") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${parts.join("/")}$`);
}
