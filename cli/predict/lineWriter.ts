import type { Writable } from "node:stream";

/** Writes whole lines, as fast as the reader takes them. */
export interface LineWriter {
  /** @returns false when nobody reads any more (a broken pipe), which is no error */
  write(line: string): Promise<boolean>;
}

export function lineWriter(output: Writable): LineWriter {
  let broken = false;
  let failure: Error | undefined;
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") broken = true;
    else failure = error;
  });
  return {
    async write(line) {
      if (!broken) await new Promise<void>((resolve) => output.write(`${line}\n`, () => resolve()));
      if (failure) throw failure;
      return !broken;
    },
  };
}
