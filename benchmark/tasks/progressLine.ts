/** A line on standard error that changes while a person watches it; lines that stay are printed above it. */
export function progressLine(stream: NodeJS.WriteStream = process.stderr) {
  const wipe = () => stream.isTTY && stream.write("\r\x1b[K");
  return {
    show(text: string) {
      if (stream.isTTY) stream.write(`\r\x1b[K${text}`);
    },
    say(text: string) {
      wipe();
      stream.write(`${text}\n`);
    },
    clear: wipe,
  };
}
