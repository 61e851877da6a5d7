import type { Turn } from "../../src/conversation/Turn.ts";
import type { EditDone } from "../../src/queue/contract/EditOutcome.ts";

const blob = { sha256: "0".repeat(64), width: 40, height: 30, bytes: 99 };

export const aTurn = (change: Partial<Turn> = {}): Turn => ({
  ...{
    v: 2,
    id: "1234567890",
    parent: null,
    tree: "1234567890",
    status: "queued",
    source: blob,
    instruction: "make it red",
    task: "auto",
  },
  ...{ seed: 7, requestedAt: 1, deadline: 2, author: "1", guild: "2", channel: "3", locale: "en-US" },
  ...{
    channelLocale: "en-US",
    sourceMessage: null,
    instructionMessage: null,
    destination: "channel",
    attachmentLimit: 1e7,
  },
  ...{ outcome: null, resultMessage: null, deliveredAt: null, undoneAt: null },
  ...change,
});

export const anOutcome = (change: Partial<EditDone> = {}): EditDone => ({
  ...{ v: 1, status: "done", turnId: "1234567890", picture: blob, before: blob, task: "texture" },
  probabilities: [{ name: "texture", probability: 0.92 }],
  ...{ seed: 7, steps: 12, textGuidance: 5, imageGuidance: 1.5, evaluations: 36, milliseconds: 1_432, model: "mini" },
  ...change,
});
