import type { Command } from "commander";
import { Option } from "commander";
import { number } from "./options.ts";

export interface LearnCommandOptions {
  readonly examples: string;
  readonly description?: string;
  readonly steps?: number;
  readonly seed: number;
  readonly vectors?: number;
  readonly resolution?: number;
  readonly model?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `emend task learn|list|show|remove|export|import` */
export function register(program: Command): void {
  const task = program.command("task").description("teaches the model new tasks from before/after examples");

  task
    .command("learn")
    .description("learns a task from examples; afterwards emend edit knows it by name and by description")
    .argument("<name>", "letters, digits, blanks, - and _")
    .requiredOption("--examples <dir>", 'folder with examples.jsonl: {"input","output","instruction"} on each line')
    .option("--description <text>", "one sentence about the task, by which requests for it are recognised", "")
    .addOption(new Option("--steps <n>", "gradient steps at most (default: 100)").argParser(number))
    .addOption(new Option("--seed <n>", "same seed, same result").argParser(number).default(0))
    .addOption(
      new Option(
        "--resolution <px>",
        "side of the squares that are learned from (default: the model's; 256 for large models on a CPU)",
      ).argParser(number),
    )
    .addOption(new Option("--vectors <n>", "vectors that the task has, 1 to 16 (default: 1)").argParser(number))
    .option("--model <name>", "checkpoint folder or fetched model (default: EMEND_MODEL, or the bundled model)")
    .option("-o, --out <file>", "write the task to this file, rather than among the tasks that emend edit knows")
    .option("--json", "print one JSON object about the run")
    .action(async (name: string, options: LearnCommandOptions) => {
      const { runLearn } = await import("./task/runLearn.ts");
      await runLearn(name, options);
    });

  task
    .command("list")
    .description("lists the learned tasks")
    .option("--json", "print one JSON object per task")
    .action(async (options: { readonly json?: boolean }) => {
      const { listTasks } = await import("./task/listTasks.ts");
      await listTasks(options);
    });

  task
    .command("show")
    .description("tells what a learned task is made of")
    .argument("<name>")
    .option("--json", "print one JSON object")
    .action(async (name: string, options: { readonly json?: boolean }) => {
      const { showTask } = await import("./task/showTask.ts");
      await showTask(name, options);
    });

  task
    .command("remove")
    .description("forgets a learned task")
    .argument("<name>")
    .action(async (name: string) => {
      const { openTaskFolder } = await import("./task/openTaskFolder.ts");
      await openTaskFolder().remove(name);
      console.log(`${name} is removed`);
    });

  task
    .command("export")
    .description("writes a learned task to a file, for another machine with the same checkpoint")
    .argument("<name>")
    .requiredOption("-o, --out <file>", "the file to write")
    .action(async (name: string, { out }: { readonly out: string }) => {
      const { openTaskFolder } = await import("./task/openTaskFolder.ts");
      const { writeAtomically } = await import("./edit/writeAtomically.ts");
      await writeAtomically(out, await openTaskFolder().bytes(name));
      console.log(out);
    });

  task
    .command("import")
    .description("takes in a learned task from a file")
    .argument("<file>")
    .option(
      "--model <name>",
      "checkpoint folder or fetched model that it must fit (default: EMEND_MODEL, or the bundled model)",
    )
    .action(async (file: string, options: { readonly model?: string }) => {
      const { importTask } = await import("./task/importTask.ts");
      await importTask(file, options);
    });
}
