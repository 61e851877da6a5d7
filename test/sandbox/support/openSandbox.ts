import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../sandbox/index.ts";

/** A sandbox that closes with the test and is patient with a busy machine. Unknown routes fail the test. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ page: false, log: () => {}, answerWithinMs: 30_000, ...options });
  onTestFinished(async () => {
    await sandbox.close();
    if (sandbox.unknownRoutes.length > 0) throw new Error(`unknown routes: ${sandbox.unknownRoutes.join(", ")}`);
  });
  return sandbox;
}
