import { el, iconButton } from "../lib/dom.js";
import { bot, channel, publish, store, subscribe } from "../lib/store.js";
import { flatCommands } from "./commandForm.js";
import { toast } from "./toast.js";

const ATTACHMENT = 11;
const STRING = 3;
const SEEN = "emend-welcome-seen";

/** For people who have never used Discord: what this is, and three examples that need one more click. */
export function welcomeCard() {
  if (localStorage.getItem(SEEN) || channel()?.direct) return undefined;
  const { name } = bot();
  const close = () => {
    localStorage.setItem(SEEN, "yes");
    publish("welcome");
  };
  return el(
    "section",
    { class: "welcome", "aria-label": "Welcome" },
    iconButton("close", "Hide this welcome", close, "welcome-close"),
    el("h3", { text: `Edit a picture by saying what should change` }),
    el(
      "p",
      {},
      `This is a chat room on your own computer, and ${name} is a robot in it. Nothing you post here leaves this machine.`,
    ),
    store.examples.length > 0 &&
      el("p", { class: "welcome-step" }, el("strong", { text: "Try one: " }), "pick an example, then press Send."),
    store.examples.length > 0 &&
      el("div", { class: "examples" }, ...store.examples.map((example) => exampleButton(example))),
    el(
      "p",
      { class: "subtext" },
      "With a picture of your own: type ",
      el("code", { text: "/edit" }),
      " below — or post a picture, open its “…” menu, and pick an app. The buttons below a result compare it with what was before, and show how it came about. The menu at the bottom left makes you somebody else, or lets the bot speak German.",
    ),
  );
}

/** The command that takes a picture and words. */
const editCommand = () =>
  flatCommands().find(
    ({ options }) => options.some(({ type }) => type === ATTACHMENT) && options.some(({ type }) => type === STRING),
  );

/** The example that waits for the bot to register its commands. */
let wanted;
subscribe("commands", () => wanted && editCommand() && wanted());

function exampleButton({ url, file, instruction }) {
  const open = async () => {
    const found = editCommand();
    wanted = found ? undefined : open;
    if (!found) {
      toast(`${bot().name} is still starting. Your example opens as soon as it is there.`, "good");
      return;
    }
    const blob = await (await fetch(url)).blob();
    const picture = new File([blob], file, { type: blob.type });
    publish("command", {
      name: found.name,
      presets: ({ options }) => ({
        [options.find(({ type }) => type === ATTACHMENT).name]: picture,
        [options.find(({ type }) => type === STRING).name]: instruction,
      }),
    });
  };
  return el(
    "button",
    { type: "button", class: "example", on: { click: open } },
    el("img", { src: url, alt: file.replace(/\.\w+$/, "").replaceAll("-", " "), loading: "lazy" }),
    el("span", { text: `“${instruction}”` }),
  );
}
