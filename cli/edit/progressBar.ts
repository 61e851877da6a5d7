const width = 24;

/** A bar on standard error while a person watches it; nothing otherwise. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr) {
  if (!stream.isTTY) return { show() {}, clear() {} };
  return {
    show(done: number, total: number) {
      const full = Math.round((done / total) * width);
      stream.write(`\r${"█".repeat(full)}${"░".repeat(width - full)} step ${done} of ${total}`);
    },
    clear() {
      stream.write("\r\x1b[K");
    },
  };
}
