import type { Command } from "commander";

/** What commander hands over. */
export interface PullCommandOptions {
  readonly revision?: string;
  readonly variant?: string;
  readonly file?: string;
  readonly safetyChecker: boolean;
  readonly verify?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const modelArgument =
  "a name such as timbrooks/instruct-pix2pix, or a folder (default: EMEND_MODEL, or the bundled model)";

/** `emend model pull|list|check|remove|info` */
export function register(program: Command): void {
  const model = program.command("model").description("fetches editing models from the model hub, and keeps them");

  model
    .command("pull")
    .description("fetches the files of a model that emend needs; goes on where it was interrupted")
    .argument("<id>", "the model's name on the hub, such as timbrooks/instruct-pix2pix; also owner/name@revision")
    .option("--revision <name>", "a branch, tag or commit (default: main)")
    .option(
      "--variant <name>",
      "weights of that precision where there are some, such as fp16 (default: full precision)",
    )
    .option("--file <name>", "a checkpoint in one file (.safetensors, .ckpt) that the model's repository holds")
    .option("--no-safety-checker", "leave out the model's safety checker")
    .option("--verify", "hash the files that are there already, too, and fetch damaged ones again")
    .option("--dry-run", "only tell what would be fetched")
    .option("--json", "print one JSON object about what was fetched")
    .action(async (id: string, options: PullCommandOptions) => {
      const { runPull } = await import("./model/runPull.ts");
      await runPull(id, options);
    });

  model
    .command("list")
    .description("lists the editing models that are here")
    .option("--json", "print one JSON object per model")
    .action(async (options: { readonly json?: boolean }) => {
      const { runList } = await import("./model/runList.ts");
      await runList(options);
    });

  model
    .command("check")
    .description("hashes a model's files, and opens it without editing anything")
    .argument("[model]", modelArgument)
    .option("--json", "print one JSON object")
    .action(async (name: string | undefined, options: { readonly json?: boolean }) => {
      const { runCheck } = await import("./model/runCheck.ts");
      await runCheck(name, options);
    });

  model
    .command("remove")
    .description("removes a fetched model, and says what that freed")
    .argument("<id>", "its name; with @revision that revision only")
    .option("--json", "print one JSON object")
    .action(async (id: string, options: { readonly json?: boolean }) => {
      const { runRemove } = await import("./model/runRemove.ts");
      await runRemove(id, options);
    });

  model
    .command("info")
    .description("tells what a model is, its licence, its size, its tasks, and the memory that it needs")
    .argument("[model]", modelArgument)
    .option("--json", "print one JSON object")
    .action(async (name: string | undefined, options: { readonly json?: boolean }) => {
      const { runInfo } = await import("./model/runInfo.ts");
      await runInfo(name, options);
    });
}
