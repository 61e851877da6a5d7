import { type Command, InvalidArgumentError, Option } from "commander";

/** What one process does: everything, only the Discord side, or only edits. */
export type Role = "all" | "bot" | "worker";

export interface StartOptions {
  readonly role: Role;
  readonly port?: number;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("expected a number from 1 to 65535.");
}

/** `emend start`: Redis, bot and worker against Discord, or with the local sandbox when there is no DISCORD_TOKEN. */
export function register(program: Command): void {
  program
    .command("start")
    .description("runs the bot: on Discord with DISCORD_TOKEN, else in a local sandbox that a browser can open")
    .addOption(new Option("--role <role>", "what this process does").choices(["all", "bot", "worker"]).default("all"))
    .option("--port <number>", "port of the sandbox's page (default: 8787 or the next free one)", parsePort)
    .action(async (options: StartOptions) => {
      const { runRole } = await import("./start/runRole.ts");
      await runRole(options);
    });
}
