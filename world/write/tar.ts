/** The two blocks of zeros that end an archive. */
export const tarEnd: Buffer = Buffer.alloc(1024);

/**
 * One file of a POSIX ustar archive: header, content and padding. The time is fixed, so that the same samples make
 * the same bytes. Plain buffers instead of tar-stream's pack (which is as fast): the writer then has one place, the
 * file or the pipe, where it waits and fails. The tests read the archives back with tar-stream.
 * @param name at most 100 bytes @param content at most 8 GiB
 */
export function tarEntry(name: string, content: Buffer): Buffer {
  const block = Buffer.alloc(512 + Math.ceil(content.length / 512) * 512);
  block.write(name, 0, 100, "utf8");
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257, "latin1");
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += block[i] as number;
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  content.copy(block, 512);
  return block;
}
