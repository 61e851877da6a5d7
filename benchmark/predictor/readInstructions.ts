import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { NONE } from "../../gpu-worker/tasks/predictor/config.ts";
import { EmendError } from "../../src/errors/EmendError.ts";
import { taskNames } from "../../src/queue/tasks.ts";

/** A sentence and what it asks for: one of the sixteen tasks, or "none". */
export interface LabelledInstruction {
  readonly task: string;
  readonly text: string;
  /** Name of the file it is from, without its ending. */
  readonly voice: string;
}

const schema = z.object({ task: z.enum([...taskNames, NONE]), text: z.string().min(1) });

/** Reads a JSONL of `{task, text}`. @throws EmendError `not_found`, `bad_usage` that names the file and the line */
export async function readInstructions(file: string): Promise<LabelledInstruction[]> {
  const content = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new EmendError("not_found", `${file}: there is no such file.`, { cause });
  });
  const voice = basename(file, ".jsonl");
  return content.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [{ ...schema.parse(JSON.parse(line)), voice }];
    } catch (cause) {
      throw new EmendError("bad_usage", `${file}:${i + 1}: not {"task": …, "text": …} with a task of ours.`, { cause });
    }
  });
}
