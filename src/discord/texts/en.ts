import type { PictureFault } from "../../images/PictureProblem.ts";
import type { TaskName } from "../../queue/tasks.ts";
import { inMegapixels, inMiB } from "./numbers.ts";

/** Everything the bot says, in English. The other languages have the same shape. */
export const en = {
  commands: {
    edit: "Edit a picture by saying what to change",
    image: "The picture: PNG, JPEG or WebP",
    instruction: "What to change, such as: make the boat red",
    task: "The kind of edit; left out, it is told from the instruction",
    seed: "A number; the same number gives the same picture again",
    steps: "How long to work on it: more steps, finer result",
    editThisImage: "Edit this image",
    help: "What this bot can do, and how",
  },
  autoTask: "Tell it from the instruction",
  /** Names of the sixteen tasks as choices. At most 100 characters. */
  tasks: {
    local: "Replace or change an object",
    texture: "Change colour, material or pattern",
    add: "Add something",
    remove: "Remove something",
    background: "Change the background",
    global: "Change season, weather or time of day",
    style: "Change the art style",
    text: "Add, remove or change writing",
    detect: "Draw a box around an object",
    segment: "Paint an object's area",
    color: "Change light, contrast, blur or tint",
    depth: "From or to a depth map",
    segmap: "From or to a map of areas",
    pose: "From or to a pose skeleton",
    normal: "From or to a normal map",
    sketch: "From or to a sketch",
  } satisfies Record<TaskName, string>,
  form: {
    title: "Edit this image",
    instruction: "What should change?",
    placeholder: "make the boat red",
    task: "Kind of edit",
  },
  progress: {
    received: "Got it. Your edit is on its way …",
    waiting: (position: number) =>
      position <= 1 ? "⏳ You are next in line." : `⏳ Waiting in line: number ${position}.`,
    noWorker: "⏳ No worker is running just now. Your edit waits for one.",
    starting: "🎨 Looking at the picture …",
    step: (bar: string, step: number, steps: number) => `🎨 ${bar} step ${step} of ${steps}`,
  },
  result: {
    /** What the small line below the instruction is made of. */
    predicted: (task: string, percent: number) => `${task} (${percent} %)`,
    seed: (seed: number) => `seed ${seed}`,
    steps: (steps: number) => (steps === 1 ? "1 step" : `${steps} steps`),
    seconds: (seconds: string) => `${seconds} s`,
    before: (instruction: string) => `Before: ${instruction}`,
    after: (instruction: string) => `After: ${instruction}`,
    recompressed: (format: string) => `Saved as ${format}: the lossless picture is larger than this channel accepts.`,
    link: (url: string) => `✅ Done: ${url}`,
    onlyForYou: "I may not post in this channel, so only you see this.",
    couldBe: (task: string, percent: number) => `It could also be ${task} (${percent} %): choose it below to compare.`,
    unsure: "I was not sure that this asks for an edit.",
    /** Stands in the closed menu. At most 150 characters. */
    redo: "Redo as …",
    /** Shown in the channel when the private reply can no longer be reached. */
    late: "An edit that was asked for here did not work out.",
  },
  help: [
    "**I edit pictures by instruction.**",
    "• `/edit` takes a picture and a sentence, such as *make the boat red*.",
    "• On any message with a picture: *Apps → Edit this image*.",
    "• I tell the kind of edit from your sentence. If I guess wrong, choose another one under *Redo as …* below the result.",
    "• The same picture, sentence and `seed` give the same result again.",
    "Pictures may be PNG, JPEG or WebP; the result has the size of yours.",
  ].join("\n"),
  problems: {
    picture: (fault: PictureFault): string => {
      switch (fault.kind) {
        case "empty":
          return "That file is empty. Please send a PNG, JPEG or WebP picture.";
        case "not-a-picture":
          return "That file is not a picture I can read. Please send a PNG, JPEG or WebP picture.";
        case "other-format":
          return `That file is ${fault.format}, which I do not read. Please send a PNG, JPEG or WebP picture.`;
        case "damaged":
          return "That picture is damaged or cut off. Please save it again and send it once more.";
        case "animated":
          return "That picture is animated. I can only edit still ones.";
        case "too-many-pixels":
          return `That picture has ${fault.width} × ${fault.height} pixels. Up to ${inMegapixels(fault.maxPixels, ".")} megapixels are fine.`;
        case "too-many-bytes":
          return `That file is too large. Up to ${inMiB(fault.maxBytes)} MiB are fine.`;
      }
    },
    noPicture: "I see no picture in that message.",
    foreignPicture: "I only take pictures that were uploaded to Discord. Please upload yours with `/edit`.",
    unknownTask: (task: string, known: string) =>
      known === ""
        ? `The model that is loaded knows no tasks, so please leave \`task\` out.`
        : `The model that is loaded does not know the task “${task}”. It knows: ${known}.`,
    mayNotAttach:
      "I need the permission **Attach Files** in this channel. Somebody who manages the server can give it.",
    notYours: "That form belongs to somebody else.",
    formExpired: "That form was open for too long. Please start again from the message.",
    pictureGone: "I no longer have that picture. Please start again with `/edit`.",
    mayNotRedo: "To redo what somebody else asked for, you need the permissions to use commands and attach files here.",
    badSteps: "Steps must be a whole number from 1 to 100.",
    unknownCommand: "I do not know that any more. Please try again in a minute.",
    /** By error code, for what nobody has better words for. */
    bad_usage: "I cannot do that with these options.",
    bad_image: "That picture is damaged, or of a kind that I cannot read. Please send a PNG, JPEG or WebP picture.",
    image_too_large: "That picture is too large.",
    bad_instruction: "Please say in 1 to 1,000 characters what should change.",
    unknown_task: "The model that is loaded does not know that task.",
    no_edit:
      "I do not see an edit in that. Please say what should change in the picture, or choose the `task` yourself.",
    bad_model: "The model on this server is not usable. Please tell whoever runs this bot.",
    not_found: "That is no longer there. Please start again with the picture.",
    cancelled: "The edit was cancelled.",
    expired: "The edit had to wait too long. Please try again later.",
    queue_unavailable: "I cannot reach my queue just now. Please try again in a minute.",
    engine_failed: "The edit failed, also when I tried again. Please try another picture or instruction.",
    download_failed: "I could not download the picture. Please try again.",
    forbidden: "That is not allowed here.",
    internal: (supportCode: string) => `Something went wrong (support code \`${supportCode}\`).`,
  },
};

export type Texts = typeof en;
