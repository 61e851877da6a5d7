import type { Channel } from "../server/state/Guild.ts";
import type { State } from "../server/state/State.ts";

/** A channel by handle, id or name; `#` in front of a name is ignored. */
export function findChannel(state: State, which: { id: string } | string): Channel {
  const key = typeof which === "string" ? which.replace(/^#/, "") : which.id;
  const channel = state.channels.get(key) ?? [...state.channels.values()].find(({ name }) => name === key);
  if (!channel) throw new Error(`there is no channel ${key}`);
  return channel;
}
