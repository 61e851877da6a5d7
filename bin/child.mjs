// Runs a program under Node 24 with our terminal, passes signals on, and exits as it exits.
import { spawn } from "node:child_process";
import { node24 } from "./setup.mjs";

/** @param {string[]} args the script and its arguments @param {NodeJS.ProcessEnv} [env] */
export function runNode24(args, env = process.env) {
  const child = spawn(node24(), args, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    } else process.exit(code ?? 1);
  });
}
