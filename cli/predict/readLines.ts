/**
 * Lines of a stream of UTF-8, without their ends (\n or \r\n); bytes that are none become U+FFFD. Of a longer line the
 * first `maxLength` characters are kept, so that a stream without line ends takes no memory.
 */
export async function* readLines(input: AsyncIterable<Uint8Array>, maxLength: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let line = "";
  let begun = false;
  const keep = (text: string) => {
    if (line.length < maxLength) line += text.slice(0, maxLength - line.length);
    begun = true;
  };
  for await (const chunk of input) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        yield line.replace(/\r$/, "");
        [line, begun] = ["", false];
      }
      if (part !== "") keep(part);
    }
  }
  const rest = decoder.decode();
  if (rest !== "") keep(rest);
  if (begun) yield line.replace(/\r$/, "");
}
