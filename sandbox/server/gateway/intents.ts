import { GatewayIntentBits } from "discord-api-types/v10";
import type { PrivilegedIntent } from "../state/State.ts";

const PRIVILEGED: PrivilegedIntent[] = ["GuildMembers", "GuildPresences", "MessageContent"];
const KNOWN = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === "number")
  .reduce((all, bit) => all | bit, 0);

/** 4013 for bits that do not exist, 4014 for privileged intents that the portal has not switched on. */
export function refusedIntents(intents: number, enabled: ReadonlySet<PrivilegedIntent>): 4013 | 4014 | undefined {
  if (!Number.isInteger(intents) || intents < 0 || (intents & ~KNOWN) !== 0) return 4013;
  return PRIVILEGED.some((name) => intents & GatewayIntentBits[name] && !enabled.has(name)) ? 4014 : undefined;
}
