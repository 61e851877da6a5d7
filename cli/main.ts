// `emend …`: reads the command's name and loads only that command's file, so that `emend --help` stays instant.
import { Command, CommanderError } from "commander";
import { exitCodeOf, reportError } from "./errors.ts";

/** One command: adds itself to the program. */
export type CommandModule = { register(program: Command): void };

const commands: Record<string, () => Promise<CommandModule>> = {
  start: () => import("./start.ts"),
  edit: () => import("./edit.ts"),
  predict: () => import("./predict.ts"),
  task: () => import("./task.ts"),
  model: () => import("./model.ts"),
  devices: () => import("./devices.ts"),
  world: () => import("./world.ts"),
  bench: () => import("./bench.ts"),
};

const program = new Command("emend")
  .description("edits pictures by instruction: on Discord, in a browser, from a shell")
  .exitOverride()
  .configureOutput({
    // "(Did you mean --steps?)" comes on a line of its own; ours are one line.
    outputError: (text, write) => write(text.replace(/^error: /, "emend: ").replaceAll(/\n(?=.)/g, " ")),
  });

try {
  const wanted = process.argv[2];
  const load = wanted === undefined ? undefined : commands[wanted];
  for (const module of load ? [await load()] : await Promise.all(Object.values(commands).map((each) => each()))) {
    module.register(program);
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    reportError(error);
    process.exitCode = exitCodeOf(error);
  }
}
