import { type Sandbox, startSandbox } from "../../sandbox/index.ts";
import { EmendError } from "../../src/errors/EmendError.ts";

const DEFAULT_PORT = 8_787;
const TRIES = 20;

/** The local Discord on the wanted port, or on 8787 or the next free one. @throws EmendError `bad_usage` */
export async function openSandbox(port: number | undefined): Promise<Sandbox> {
  const candidates = port === undefined ? Array.from({ length: TRIES }, (_, i) => DEFAULT_PORT + i) : [port];
  for (const candidate of candidates) {
    try {
      return await startSandbox({ port: candidate });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    }
  }
  const tried = port === undefined ? `ports ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIES - 1} are` : `port ${port} is`;
  throw new EmendError("bad_usage", `${tried} taken; choose a free one with --port`);
}
