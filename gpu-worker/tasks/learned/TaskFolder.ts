import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";
import type { LearnedTask } from "./LearnedTask.ts";
import { readLearnedTask, taskNameSchema } from "./learnedTaskFile.ts";

const extension = ".safetensors";

/** Learned tasks as files of one folder, by name. */
export class TaskFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every readable task, by name; a damaged file is passed over, so that it spoils nothing else. */
  async list(): Promise<{ task: LearnedTask; bytes: Uint8Array }[]> {
    const names = await readdir(this.#folder).catch(() => [] as string[]);
    const found: { task: LearnedTask; bytes: Uint8Array }[] = [];
    for (const name of names.filter((each) => each.endsWith(extension)).sort()) {
      try {
        const bytes = await readFile(join(this.#folder, name));
        found.push({ task: readLearnedTask(bytes), bytes });
      } catch {
        // see above
      }
    }
    return found;
  }

  has(name: string): boolean {
    return existsSync(this.#path(name));
  }

  /** @throws EmendError `not_found` */
  async bytes(name: string): Promise<Uint8Array> {
    const path = this.#path(name);
    try {
      return await readFile(path);
    } catch (error) {
      throw await this.#unknown(name, error);
    }
  }

  /** @throws EmendError `not_found`, `bad_usage` when the file is damaged */
  async read(name: string): Promise<LearnedTask> {
    return readLearnedTask(await this.bytes(name));
  }

  /** Whole or not at all. @throws EmendError `bad_usage` when the folder cannot be written to */
  async write(name: string, bytes: Uint8Array): Promise<string> {
    const path = this.#path(name);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new EmendError("bad_usage", `${path}: cannot be written (${code}); check EMEND_HOME.`, { cause: error });
    }
    return path;
  }

  /** @throws EmendError `not_found` */
  async remove(name: string): Promise<void> {
    const path = this.#path(name);
    try {
      await rm(path);
    } catch (error) {
      throw await this.#unknown(name, error);
    }
  }

  #path(name: string): string {
    // Names hold no separators and no dots, so a path cannot leave the folder.
    if (!taskNameSchema.safeParse(name).success) {
      throw new EmendError("bad_usage", `${JSON.stringify(name.slice(0, 80))} cannot be a task's name.`);
    }
    return join(this.#folder, `${name}${extension}`);
  }

  async #unknown(name: string, cause: unknown): Promise<EmendError> {
    const names = (await this.list()).map(({ task }) => task.name);
    const known = names.length > 0 ? `there are ${names.join(", ")}` : "there are none yet: emend task learn makes one";
    return new EmendError("not_found", `there is no learned task ${JSON.stringify(name)}; ${known}.`, { cause });
  }
}
