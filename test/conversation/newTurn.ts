import type { NewTurn } from "../../src/conversation/Turn.ts";

/** A turn as a bot makes it: the first of its own tree, unless told. */
export const newTurn = (id: string, change: Partial<NewTurn> = {}): NewTurn => ({
  ...{ id, parent: null, tree: id, source: { sha256: "0".repeat(64), width: 4, height: 3, bytes: 99 } },
  ...{ instruction: "make it red", task: "auto", seed: 1, requestedAt: 1, deadline: 2 },
  ...{ author: "1", guild: "2", channel: "3", locale: "de", channelLocale: "en-US" },
  ...{ sourceMessage: null, instructionMessage: null, destination: "channel", attachmentLimit: 1e7 },
  ...change,
});
