import type { Command } from "commander";

/** `emend devices` */
export function register(program: Command): void {
  program
    .command("devices")
    .description("tells where the model can run here, and what is missing where it cannot")
    .option("--json", "print one JSON object")
    .action(async (options: { readonly json?: boolean }) => {
      const { printDevices } = await import("./devices/printDevices.ts");
      await printDevices(options);
    });
}
