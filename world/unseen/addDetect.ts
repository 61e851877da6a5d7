import { markerColors } from "../colors.ts";
import { article } from "../language/grammar.ts";
import { add } from "../tasks/add.ts";
import { markOf } from "../tasks/proposeMark.ts";
import type { WorldTask } from "../tasks/WorldTask.ts";

/** A thing is added as `add` does it, and framed as `detect` does it. */
export const addDetect: WorldTask<"add-detect"> = {
  name: "add-detect",
  largestShare: 0.6,
  propose(random, split) {
    const added = add.propose(random, split);
    if (!added) return undefined;
    const index = added.target.objects.findIndex((object) => !added.source.objects.includes(object));
    const kind = added.target.objects[index]?.kind;
    const mark = kind === undefined ? undefined : markOf(random, kind);
    if (!mark) return undefined;
    return {
      ...added,
      extras: { frame: { index, color: markerColors[mark.color] } },
      templates: mark.named ? namedTemplates : templates,
      slots: {
        ...added.slots,
        box: `${article(mark.color)} box`,
        frame: `${article(mark.color)} frame`,
        color: mark.color,
      },
      targetCaption: (caption) => `${caption}, with ${article(mark.color)} box around the ${kind}`,
    };
  },
};

const templates = {
  train: [
    "add <thing> <where> and draw a (box|frame) around it",
    "add <thing> <where> and detect it",
    "put <thing> <where> and (frame|box) it",
    "place <thing> <where>, then detect it",
    "place <thing> <where> and mark it with a (box|frame)",
    "draw <thing> <where> with a bounding box around it",
    "insert <thing> <where> and put a (box|frame) around it",
    "add <thing> <where> in a (box|frame)",
    "<where>, add <thing> and draw a box around it",
    "add <thing> <where> and show where it is with a box",
    "=there should be <thing> <where> with a (box|frame) around it",
    "=i want <thing> <where> and a (box|frame) around it",
    "=<thing> <where>, in a bounding box",
    "=a new thing: <thing> <where>, framed",
    "=let there be <thing> <where>, and mark it with a box",
    "give me <thing> <where> and locate it",
    "paint <thing> <where> and outline it with a rectangle",
  ],
  heldOut: [
    "let <thing> show up <where> and enclose it in a box",
    "=the scene is missing <thing> <where>; pinpoint it too",
    "squeeze <thing> in <where> and surround it with a rectangle",
  ],
};

const namedTemplates = {
  train: [
    "add <thing> <where> and draw <box> around it",
    "add <thing> <where> and put <frame> around it",
    "put <thing> <where> and (frame|box) it in <color>",
    "place <thing> <where>, then detect it in <color>",
    "place <thing> <where> and mark it with <box>",
    "draw <thing> <where> with <box> around it",
    "insert <thing> <where> and put <box> around it",
    "add <thing> <where> in <frame>",
    "<where>, add <thing> and draw <box> around it",
    "add <thing> <where> and show where it is with <box>",
    "=there should be <thing> <where> with <box> around it",
    "=i want <thing> <where> and <frame> around it",
    "=<thing> <where>, in <box>",
    "=a new thing: <thing> <where>, framed in <color>",
    "=let there be <thing> <where>, and mark it with <box>",
    "give me <thing> <where> and locate it with <frame>",
  ],
  heldOut: [
    "let <thing> show up <where> and enclose it in <box>",
    "=the scene is missing <thing> <where>; pinpoint it with <frame>",
    "squeeze <thing> in <where> and surround it with <box>",
  ],
};
