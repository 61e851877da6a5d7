import { type Device, deviceNames } from "../../devices.ts";
import type { PictureFault } from "../../images/PictureProblem.ts";
import type { TaskFault } from "../../learning/TaskProblem.ts";
import type { TaskName } from "../../queue/tasks.ts";
import { inMegapixels, inMiB } from "./numbers.ts";

/** How much the bot keeps about somebody. */
export interface KeptData {
  readonly count: number;
  /** On the server that they ask from. */
  readonly here: number;
  /** The day of the oldest, as Discord shows it in everybody's own language. */
  readonly since: string | undefined;
  readonly retentionDays: number;
}

/** Everything the bot says, in English. The other languages have the same shape. */
export const en = {
  commands: {
    edit: "Edit a picture by saying what to change",
    image: "The picture: PNG, JPEG or WebP",
    instruction: "What to change, such as: make the boat red",
    task: "The kind of edit, also those this server taught; left out, it is told from the instruction",
    seed: "A number; the same number gives the same picture again",
    steps: "How long to work on it: more steps, finer result",
    alpha: "How faint a change is dropped, 0 to 1; left out, a value that keeps pictures clean over many edits",
    editThisImage: "Edit this image",
    help: "What this bot can do, and how",
    queue: "Your places in the line, and how long edits take",
    cancel: "Stop an edit that waits or is being made",
    cancelEdit: "Which one; left out, your only one",
    history: "See how a picture came about: all its edits as a tree",
    message: "A result: the link of its message; left out, your latest one here",
    undo: "Take your last result in this channel back",
    exportTree: "Download edits",
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
    /** Below a task that the server taught without a description. At most 100 characters, as the next. */
    taught: "A kind of edit of this server",
    moreTasks: "This server has more of its own than fit here: /edit offers them all.",
  },
  progress: {
    received: "Got it. Your edit is on its way …",
    waiting: (position: number) =>
      position <= 1 ? "⏳ You are next in line." : `⏳ Waiting in line: number ${position}.`,
    /** @param when as Discord shows it: "in 40 seconds" */
    done: (when: string) => `Done ${when}, as far as I can tell.`,
    noWorker: "⏳ No worker is running just now. Your edit waits for one.",
    starting: "🎨 Looking at the picture …",
    step: (bar: string, step: number, steps: number) => `🎨 ${bar} step ${step} of ${steps}`,
  },
  /** The line of edits. Every `when` is as Discord shows it: "in 40 seconds". */
  line: {
    number: (position: number) => `Number ${position}`,
    beingMade: "Being made",
    before: (edits: number, members: number) =>
      edits === 0
        ? "nothing before it"
        : `${edits === 1 ? "1 edit" : `${edits} edits`} of ${members === 1 ? "1 member" : `${members} members`} before it`,
    done: (when: string) => `done ${when}`,
    noneOfYours: "None of your edits is in the line just now.",
    andMore: (count: number) => `… and ${count} more of yours.`,
    counts: (waiting: number, active: number, workers: number) =>
      `In all: ${waiting === 1 ? "1 edit waits" : `${waiting} edits wait`}, ${active} being made, ${
        workers === 1 ? "1 worker" : workers === 0 ? "no worker" : `${workers} workers`
      } running. Members take turns, so nobody has to wait for all of somebody else's.`,
    howToCancel: "`/cancel` stops one of yours.",
    typical: (seconds: string) => `An edit takes about ${seconds} s.`,
    used: (used: number) => `Your edits here in the last 24 hours: ${used}.`,
    usedOf: (used: number, perDay: number) => `Your edits here in the last 24 hours: ${used} of ${perDay}.`,
    quotaUsed: (perDay: number, when: string) =>
      `You have had your ${perDay} edits of the last 24 hours here. The next one can be asked for ${when}.`,
    memberFull: (most: number, when: string) =>
      `${most === 1 ? "One edit of yours is" : `${most} edits of yours are`} in the line already, as many as fit. Please try again ${when}.`,
    guildFull: (most: number, when: string) =>
      `This server has ${most === 1 ? "one edit" : `${most} edits`} in the line already, as many as fit. Please try again ${when}.`,
    full: (when: string) => `My line is full just now. Please try again ${when}.`,
  },
  cancelling: {
    button: "Cancel",
    cancelled: "✅ Cancelled. It does not count against the limit.",
    stopping: "✅ It stops within a step, and does not count against the limit.",
    ended: "That edit has ended already.",
    gone: "I know of no such edit here.",
    notYours: "Only whoever asked for an edit, and moderators, can cancel it.",
    none: "None of your edits waits or is being made, so there is nothing to cancel.",
    choose: (count: number) =>
      `${count} edits of yours are in the line. Use \`/cancel\` again and choose in \`edit\`: one of them, or all.`,
    allStopping: (count: number) => `✅ Your ${count} edits are cancelled, and do not count against your limit.`,
    byModerator: "🛑 A moderator of this server stopped the edit. It does not count against your limit.",
    /** Choices. At most 100 characters. */
    all: (count: number) => `All ${count} of mine`,
    others: (edit: string) => `Somebody else's · ${edit}`,
  },
  /** Settings of a server. */
  settings: {
    commands: {
      group: "What this server's members may do with the bot, and how it works here",
      show: "What is set here",
      set: "Change one setting or several",
      reset: "Back to the bot's own values, one or all",
      setting: "Which one; left out, all of them",
      profile: "How edits are made: exact, fast, or as the machine allows",
      steps: "Steps of edits that name none",
      alpha: "α of edits that name none: 0 changes every pixel, more keeps more of the picture as it was",
      allowChannel: "A channel where edits may be asked for; the first one closes all others",
      removeChannel: "A channel to take out of that list",
      allowRole: "A role whose members may ask for edits; the first one leaves out everybody else",
      removeRole: "A role to take out of that list",
      editsPerDay: "Edits that each member may ask for in 24 hours; 0: any number",
      waitingPerMember: "Edits that each member may have in the queue",
      waitingPerGuild: "Edits that all members together may have in the queue",
      maxMegapixels: "Largest picture, in megapixels",
      language: "Language of what everybody reads",
      retentionDays: "Days after its last edit until a conversation is forgotten, with its pictures",
    },
    /** Rows of `/settings show`, and choices of `/settings reset`. At most 100 characters. */
    names: {
      profile: "Profile",
      steps: "Steps",
      alpha: "α",
      allowedChannels: "Channels",
      allowedRoles: "Roles",
      editsPerDay: "Edits per member in 24 hours",
      waitingPerMember: "Edits in the queue per member",
      waitingPerGuild: "Edits in the queue for this server",
      maxMegapixels: "Largest picture, megapixels",
      language: "Language",
      retentionDays: "Days until conversations are forgotten",
    },
    profiles: { auto: "as the machine allows", exact: "exact", fast: "fast" },
    byWorker: "as the bot has it",
    byModel: "the model's own",
    all: "all",
    everybody: "everybody",
    anyNumber: "any number",
    byBot: "the bot's limit",
    byServer: "the server's own",
    languages: { en: "English", de: "German" },
    isDefault: "default",
    saved: "✅ That counts from now on.",
    nothing: "There is nothing to change in that.",
    channelNotOpen: (channels: string) => `Edits can be asked for in ${channels} only.`,
    roleMissing: (roles: string) => `Only members with one of these roles can ask for edits here: ${roles}.`,
    tooMany: (most: number) => `At most ${most} fit into that list.`,
  },
  result: {
    /** What the small line below the instruction is made of. */
    predicted: (task: string, percent: number) => `${task} (${percent} %)`,
    seed: (seed: number) => `seed ${seed}`,
    /** With a no-break space. */
    alpha: (alpha: string) => `α\u00a0${alpha}`,
    /** How much of the picture was left exactly as it was. */
    kept: (percent: number) => `${percent} % kept`,
    steps: (steps: number) => (steps === 1 ? "1 step" : `${steps} steps`),
    fast: (pixels: number) => `fast, ${pixels} px`,
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
  /** Below a result. At most 80 characters each. */
  buttons: {
    editAgain: "Edit again",
    vary: "Vary",
    undo: "Undo",
    restore: "Bring back",
    compare: "Compare",
    history: "History",
    delete: "Delete",
  },
  turns: {
    /** In the message of the result. */
    undoneCard: "↩️ Undone. This is the picture from before: reply to edit it.",
    undone: (url: string | undefined) =>
      `↩️ Undone. The picture from before is the current one again${url === undefined ? "." : `: ${url}`}`,
    restored: "✅ The result is back.",
    deleted: "🗑️ Deleted, with its picture.",
    /** @param instruction escaped; undefined when they were several */
    deletedByModerator: (instruction: string | undefined, count: number, channel: string) =>
      `🗑️ ${instruction === undefined ? `${count} results of yours` : `Your result “${instruction}”`} in <#${channel}> ${count === 1 ? "was" : "were"} deleted by a moderator of that server. I have deleted instruction and pictures, too. What others made of it stays theirs.`,
    oneDeletedByModerator: (user: string) =>
      `🗑️ A result that <@${user}> asked for here was deleted by a moderator, and I have deleted its pictures, too.`,
    exported: {
      tree: "All edits of this picture: the pictures, and `turns.json` about them.",
      branch: "All edits of this picture are too large for a file here. These are the ones that lead to this result.",
    },
    nothingToUndo: "There is no result of yours in this channel that could be undone.",
  },
  privacy: {
    commands: {
      group: "What this bot keeps about you",
      show: "What is kept about you, and for how long",
      export: "Get everything you asked for, with its pictures, as a zip",
      deleteMyData: "Delete everything you asked for, on all servers",
      part: "Which part, when it does not fit into one file",
    },
    show: ({ count, here, since, retentionDays }: KeptData) =>
      [
        `**I keep ${count === 1 ? "1 edit" : `${count} edits`} of yours**${since === undefined ? "." : `, ${here} of them here; the oldest is from ${since}.`}`,
        "• Of each: your instruction, the picture before and after, seed and other options, the times, and the ids of you, the server, the channel and the messages.",
        `• For how long: here, until ${retentionDays} days after the last edit of the same picture. You can delete a result at any time, with its button.`,
        "• I do not keep other messages, and I learn from nothing but the examples that members give me with `/task`; those belong to the server.",
        "• When I am removed from a server, I delete everything from there 7 days later.",
        "`/privacy export` gives you all of it, `/privacy delete-my-data` deletes it.",
      ].join("\n"),
    nothing: "I keep nothing about you.",
    exported: (part: number, parts: number) =>
      `Everything you asked for: the pictures, and \`turns.json\` about them${parts === 1 ? "." : `; part ${part} of ${parts} (choose with \`part\`).`}`,
    confirm: (count: number) =>
      `Delete ${count === 1 ? "the 1 edit" : `all ${count} edits`} that you asked for, on all servers, with their pictures and the messages that show them? This cannot be undone. What others made of your results stays theirs, and examples that you gave with \`/task\` belong to the server. How many edits you asked for in the last 24 hours is still counted until then.`,
    deleteAll: "Delete everything",
    deleted: (count: number) => `🗑️ Deleted: ${count === 1 ? "1 edit" : `${count} edits`}. Their messages go now, too.`,
  },
  /** Answers to messages; they stand in the channel. */
  replies: {
    how: "Reply to one of my results, with the ping on, and say what should change next. Or mention me in a message with a picture. `/help` tells the rest.",
    noText:
      "I cannot read that reply: Discord gives me its text only when the ping (the @ beside the reply) is on. Please reply with the ping on, or press **Edit again**.",
    sayWhat: "What should change in the picture? Please say it in the message that mentions me.",
    messageGone: "The message you replied to was deleted. Please reply to another result, or start with `/edit`.",
    noResult:
      "I have no picture for that message (any more). Please reply to a newer result, or start again with `/edit`.",
    noPicture:
      "I cannot see a picture in that message. On other people's pictures, use *Apps → Edit this image*, or attach the picture to your message.",
  },
  /** Before and after, looked at closely. The pictures hold `before` and `after` as words. */
  compare: {
    before: "Before",
    after: "After",
    title: "Side by side, in turns, and split by a line",
    sideBySide: (left: string, right: string) => `Left: ${left}. Right: ${right}`,
    blinking: (first: string, second: string) => `In turns, a second each: ${first}. ${second}`,
    slider: (percent: number, left: string, right: string) =>
      `Left of a line at ${percent} %: ${left}. Right of it: ${right}`,
    move: "Move the line to:",
    with: "Compare with …",
  },
  /** The tree of a conversation. */
  history: {
    title: "How this picture came about",
    count: (edits: number) => (edits === 1 ? "1 edit." : `${edits} edits.`),
    marked: "The way to your picture is marked.",
    leftOut: (turns: number) =>
      turns === 1
        ? "One picture farther away is left out (+1)."
        : `${turns} pictures farther away are left out (the numbers with a +). Show one at the edge and press History there.`,
    original: "Original",
    deleted: "deleted",
    notThere: "no longer stored",
    notDone: "not finished yet",
    failed: "did not work out",
    undone: "undone",
    show: "Show a picture …",
    link: (url: string) => `In the channel: ${url}`,
    alt: (edits: number, way: string) => `A tree of ${edits} edits. The marked way: ${way}`,
  },
  /** Everything about tasks that a server teaches. Names hold letters, digits, blanks, - and _ only, so backticks hold them. */
  learning: {
    commands: {
      group: "Teach this server's own kinds of edit",
      create: "Begin a new task, with examples",
      examples: "Look at a task's examples, add some, take some out",
      train: "Learn a task from its examples",
      cancel: "Stop a training",
      list: "This server's tasks",
      show: "What a task is, and what it learned",
      rename: "Give a task another name",
      delete: "Delete a task with its examples",
      share: "Get a task as a file, or its examples",
      import: "Take a task from a file that somebody shared",
      task: "Which task",
      name: "The new name",
      what: "The learned task, or the examples",
      whatTask: "The learned task, for another server or emend",
      whatExamples: "The examples",
      part: "Which part, when the examples do not fit into one file",
      file: "A task file: .safetensors",
      steps: "Gradient steps at most; left out, as many as the model finds right",
      vectors: "Vectors that the task is made of; left out, one. More for what one cannot say",
      importName: "A name for it here; left out, the file's own",
      addAsExample: "Add as example",
    },
    form: {
      title: "A new task",
      moreTitle: "More examples",
      name: "Name",
      namePlaceholder: "polka dots",
      description: "What it does, in one sentence",
      descriptionPlaceholder: "Covers an object with polka dots",
      pictures: "Pictures: up to five pairs",
      picturesNote: "In this order: before, after, before, after … Both of a pair have the same size.",
      instructions: "Instructions",
      instructionsNote: "One line for each pair, or one line for all of them.",
      instructionsPlaceholder: "give the boat polka dots",
    },
    /** Stands in the form, and wherever a picture becomes an example. */
    consent:
      "What happens to the pictures: they are stored on the machine that runs this bot, for this server only, and used to learn this task. `/task share` gives them back, and deleting the task deletes them.",
    states: {
      draft: "collecting examples",
      training: "in training",
      learned: "learned, not published",
      published: "published",
    },
    examples: (count: number) => (count === 1 ? "1 example" : `${count} examples`),
    created: (name: string, lines: string) =>
      `✅ Here is \`${name}\`.${lines}\nAdd examples with \`/task examples\` or *Apps → Add as example*, then \`/task train\`.`,
    added: (name: string, count: number, lines: string) =>
      `✅ Added to \`${name}\`, which has ${count === 1 ? "1 example" : `${count} examples`} now.${lines}`,
    removed: (name: string, count: number) => `✅ Removed. \`${name}\` has ${count} left.`,
    chooseDraft: "Which task is this an example of?",
    noDrafts: "No task collects examples just now. Begin one with `/task create`.",
    none: "This server has no tasks of its own yet. Begin one with `/task create`.",
    page: (from: number, to: number, count: number) => `Examples ${from} to ${to} of ${count}`,
    tooLargeToShow: "(too large to show here)",
    addMore: "Add more",
    next: "Next page",
    remove: "Take examples out …",
    waiting: (name: string) => `⏳ \`${name}\` waits for its training.`,
    checking: (name: string) => `🔎 Trying out the file of \`${name}\` …`,
    noWorker: "No worker is running just now.",
    starting: (name: string) => `🎓 Learning \`${name}\`: looking at the examples …`,
    step: (name: string, bar: string, step: number, steps: number) =>
      `🎓 Learning \`${name}\`\n${bar} step ${step} of ${steps}`,
    left: (minutes: number, seconds: number) =>
      minutes === 0 ? `about ${seconds} s left` : `about ${minutes} min ${seconds} s left`,
    loss: (loss: string) => `loss ${loss}`,
    begun: (url: string) => `🎓 The training has begun: ${url}`,
    cancel: "Cancel",
    cancelling: "The training stops within seconds.",
    ended: (name: string, why: string) => `❌ \`${name}\` was not learned. ${why}`,
    notImported: (name: string, why: string) => `❌ \`${name}\` was not imported. ${why}`,
    why: {
      cancelled: "The training was cancelled.",
      examples:
        "One of the examples cannot be read, or its two pictures have different sizes. Look at them with `/task examples`.",
      file: "The file is damaged, was changed, or belongs to another model than the one here.",
      engine: "The training failed, also when I tried again.",
    },
    steps: (steps: number) => (steps === 1 ? "1 step" : `${steps} steps`),
    vectors: (vectors: number) => (vectors === 1 ? "1 vector" : `${vectors} vectors`),
    losses: (from: string, to: string) => `loss ${from} → ${to}`,
    seconds: (seconds: string) => `${seconds} s`,
    imported: "from a file",
    sheet: (name: string) => `Examples of ${name}: before, after, and what was learned`,
    curve: (name: string) => `The loss of ${name} by steps`,
    judge: "Left before, middle after, right what was learned. Only published tasks can be used.",
    judgeImported: "The file works with the model here. Only published tasks can be used.",
    howToUse: (name: string) => `Everybody here can use it: \`/edit … task:${name}\`, or just say what should change.`,
    publish: "Publish",
    unpublish: "Take back",
    discard: "Discard",
    published: (name: string) => `✅ \`${name}\` is published.`,
    unpublished: (name: string) => `✅ \`${name}\` is no longer offered. Edits that wait already may still use it.`,
    discarded: (name: string) => `✅ What \`${name}\` learned is discarded. Its examples are kept.`,
    renamed: (from: string, to: string) => `✅ \`${from}\` is called \`${to}\` now.`,
    confirmDelete: (name: string, examples: string) =>
      `Delete \`${name}\` with its ${examples} and all that was learned? This cannot be undone.`,
    delete: "Delete",
    deleted: (name: string) => `✅ \`${name}\` and its examples are deleted.`,
    shared: (name: string) => `Here is \`${name}\`. Any emend with the same model takes it with \`/task import\`.`,
    sharedExamples: (name: string, part: number, parts: number) =>
      `The examples of \`${name}\`${parts === 1 ? "" : `, part ${part} of ${parts} (choose with \`part\`)`}.`,
  },
  help: [
    "**I edit pictures by instruction.**",
    "• `/edit` takes a picture and a sentence, such as *make the boat red*.",
    "• On any message with a picture: *Apps → Edit this image*.",
    "• To go on from a result, press *Edit again* below it, or reply to it and say what should change next (with the ping on: the @ beside the reply). Everybody can go on from every result, in several directions.",
    "• Or mention me in a message with a picture, and say in it what should change.",
    "• *Undo* below a result, or `/undo`, takes it back; *Vary* makes it again with another seed.",
    "• I tell the kind of edit from your sentence. If I guess wrong, choose another one under *Redo as …* below the result.",
    "• *Compare* below a result shows before and after closely, *History* how the picture came about; so does `/history`.",
    "• Members take turns. `/queue` shows when yours are done and how many you may still ask for today; `/cancel`, or the button below the progress, stops one. What came to nothing does not count.",
    "• `/privacy` shows, exports and deletes what I keep about you.",
    "• Members who manage the server can teach me new kinds of edit: `/task create`. What is allowed here, and my defaults, they set with `/settings`.",
    "• The same picture, sentence and `seed` give the same result again.",
    "Pictures may be PNG, JPEG or WebP; the result has the size of yours.",
  ].join("\n"),
  /** The last line of the help, by what the workers say. */
  helpSafety: {
    on: "I check pictures before and after an edit, except in age-restricted channels. What the check refuses is neither shown nor kept.",
    off: "Pictures are not checked for what not everybody should see: whoever runs me has switched that off.",
    none: "Pictures are not checked for what not everybody should see: the model that is loaded brings nothing for it.",
  },
  madeBy: (models: string) => `Edits are made by ${models}.`,
  modelOn: (model: string, device: Device) => `\`${model}\` on ${deviceNames[device]}`,
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
    task: (fault: TaskFault): string => {
      switch (fault.kind) {
        case "bad-name":
          return "A task's name has 1 to 40 letters (a to z), digits, blanks, - or _, and begins with a letter or digit.";
        case "built-in-name":
          return "That name belongs to a task that is built in. Please choose another one.";
        case "name-taken":
          return `The name \`${fault.name}\` is taken on this server. Please choose another one.`;
        case "unknown":
          return "This server has no task of that name. `/task list` shows them all.";
        case "gone":
          return "That task is no longer there.";
        case "too-many-tasks":
          return `A server has at most ${fault.most} tasks. Please delete one first.`;
        case "too-many-examples":
          return `A task has at most ${fault.most} examples, and this one has ${fault.have} already.`;
        case "no-examples":
          return `\`${fault.name}\` has no examples yet. Add some with \`/task examples\`.`;
        case "state":
          return {
            draft: `\`${fault.name}\` was not learned yet. Begin with \`/task train\`.`,
            training: `\`${fault.name}\` is in training. Please wait, or stop it with \`/task cancel\`.`,
            learned: `\`${fault.name}\` is learned. Publish or discard that first: see \`/task show\`.`,
            published: `\`${fault.name}\` is published. Take it back first: see \`/task show\`.`,
          }[fault.state];
        case "not-in-training":
          return `\`${fault.name}\` is not in training.`;
        case "odd-pictures":
          return `Pictures come in pairs, before and after, and that were ${fault.pictures}.`;
        case "instructions":
          return `That were ${fault.pairs} pairs and ${fault.instructions} lines of instructions. Please write one line for each pair, or one for all.`;
        case "sizes-differ":
          return `The two pictures of pair ${fault.pair} have different sizes: ${fault.before} and ${fault.after}.`;
        case "file-too-large":
          return "That file is too large for a task.";
        case "bad-file":
          return "That is no task file, or it is damaged or cut off. Please get it again with `/task share`.";
      }
    },
    notInServer: "This works on a server only.",
    mayNotTeach: "Only members who may manage the server can do that.",
    mayNotPost: "I need to see this channel, send messages and attach files here, to show how the training goes.",
    noResult: "I take examples from my own results only: choose a message that shows an edit of mine.",
    noSuchPart: (parts: number) => `There are ${parts} parts.`,
    tooLargeToShare: "That is larger than a file may be here.",
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
    mayNotRedo:
      "To go on from what somebody else asked for, you need the permissions to use commands and attach files here.",
    notYourEdit: "Only whoever asked for a result, and members who may manage messages, can undo or delete it.",
    noTree: "I have no edits for that message (any more).",
    doubleClick: "I am at it already.",
    mayNotEdit: "To edit pictures by messages, you need the permissions to use commands and attach files here.",
    turnGone: "That edit is no longer there.",
    notDone: "That edit has no result yet.",
    noTurn: "That message shows no result of mine. Please give me the link of one that does.",
    noTurnHere:
      "I find no result of yours here. Press **History** below any result, or give me the link of its message.",
    badSteps: "Steps must be a whole number from 1 to 100.",
    badTraining: (steps: number, vectors: number) =>
      `A training has 1 to ${steps} steps, and a task 1 to ${vectors} vectors: whole numbers.`,
    badAlpha: "Alpha must be a number from 0 to 1.",
    unknownCommand: "I do not know that any more. Please try again in a minute.",
    /** By error code, for what nobody has better words for. */
    bad_usage: "I cannot do that with these options.",
    bad_image: "That picture is damaged, or of a kind that I cannot read. Please send a PNG, JPEG or WebP picture.",
    image_too_large: "That picture is too large.",
    bad_instruction: "Please say in 1 to 1,000 characters what should change.",
    unknown_task: "The model that is loaded does not know that task.",
    no_edit:
      "I do not see an edit in that. Please say what should change in the picture, or choose the `task` yourself.",
    unsafe_picture:
      "I may not edit that picture here: my safety check takes it for something that not everybody should see. It is sometimes wrong. I have not kept the picture, and it does not count against your limit. In an age-restricted channel I would edit it.",
    unsafe_result:
      "I will not show what came of that: my safety check takes it for something that not everybody should see. It is sometimes wrong. I have not kept the result, and it does not count against your limit. Other words or another `seed` may help.",
    bad_model: "The model on this server is not usable. Please tell whoever runs this bot.",
    not_found: "That is no longer there. Please start again with the picture.",
    limit_reached: "That is more than fits just now. Please try again later.",
    cancelled: "🛑 The edit was cancelled. It does not count against your limit.",
    expired: "The edit had to wait too long, and does not count against your limit. Please try again later.",
    queue_unavailable: "I cannot reach my queue just now. Please try again in a minute.",
    engine_failed: "The edit failed, also when I tried again. Please try another picture or instruction.",
    download_failed: "I could not download the picture. Please try again.",
    forbidden: "That is not allowed here.",
    internal: (supportCode: string) => `Something went wrong (support code \`${supportCode}\`).`,
  },
};

export type Texts = typeof en;
