import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeProblem } from "./writeProblem.ts";

/** A file of one JSON value per line that grows while something long runs. A line that was cut off is as if it were not there. */
export class JsonLines<T> {
  readonly #path: string;
  /** The file ends in the middle of a line. */
  #torn = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** All whole lines; none when there is no such file. */
  async read(): Promise<T[]> {
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    this.#torn = text !== "" && !text.endsWith("\n");
    return text.split("\n").flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as T];
      } catch {
        return [];
      }
    });
  }

  /** @throws EmendError for what people can mend, such as a full disk */
  async append(value: T): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await appendFile(this.#path, `${this.#torn ? "\n" : ""}${JSON.stringify(value)}\n`);
      this.#torn = false;
    } catch (error) {
      this.#torn = true;
      throw writeProblem(this.#path, error);
    }
  }
}
