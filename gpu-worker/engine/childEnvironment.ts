import { engineMemorySettings } from "./engineMemorySettings.ts";

/** What the engine has no business knowing. */
const secrets = ["DISCORD_TOKEN", "REDIS_URL"];

/** The engine process's environment: ours without the secrets, with its memory settings. */
export function childEnvironment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(source).filter(([name]) => !secrets.includes(name));
  return { ...Object.fromEntries(kept), ...engineMemorySettings };
}
