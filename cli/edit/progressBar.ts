const width = 24;

/**
 * A bar on standard error while a person watches it; nothing otherwise.
 * @param describe what stands beside it
 */
export function progressBar(
  stream: NodeJS.WriteStream = process.stderr,
  describe = (done: number, total: number) => `step ${done} of ${total}`,
) {
  if (!stream.isTTY) return { show() {}, clear() {} };
  return {
    show(done: number, total: number) {
      const full = Math.round((done / total) * width);
      stream.write(`\r${"█".repeat(full)}${"░".repeat(width - full)} ${describe(done, total)}\x1b[K`);
    },
    clear() {
      stream.write("\r\x1b[K");
    },
  };
}
