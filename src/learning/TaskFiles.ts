import { rm } from "node:fs/promises";
import { join } from "node:path";
import { EmendError } from "../errors/EmendError.ts";
import { turnIdSchema } from "../queue/contract/scalars.ts";
import type { BlobStore } from "../storage/BlobStore.ts";
import { FolderBlobStore } from "../storage/FolderBlobStore.ts";

/**
 * The files of the servers' tasks: a folder of blobs per task, so that deleting a task deletes its examples for certain,
 * whatever other tasks or edits show the same picture.
 */
export class TaskFiles {
  readonly #folder: string;

  /** @param folder `EMEND_HOME/tasks` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  of(taskId: string): BlobStore {
    return new FolderBlobStore(this.#pathOf(taskId));
  }

  /** Deletes all of a task's files. */
  async deleteAll(taskId: string): Promise<void> {
    await rm(this.#pathOf(taskId), { recursive: true, force: true });
  }

  #pathOf(taskId: string): string {
    if (!turnIdSchema.safeParse(taskId).success) throw new EmendError("not_found", "that is no task's id");
    return join(this.#folder, taskId);
  }
}
