import { call } from "../lib/api.js";
import { el, iconButton } from "../lib/dom.js";
import { channel, channelLabel, person, store, subscribe } from "../lib/store.js";
import { commandForm, flatCommands } from "./commandForm.js";
import { commandPicker } from "./commandPicker.js";
import { acceptDrops, filePreview, fits, pastedFiles } from "./fileInput.js";
import { toast } from "./toast.js";

const ATTACHMENT = 11;
const STRING = 3;

/** The box to write in: messages with files, replies, and slash commands. */
export function composer() {
  let files = [];
  let editing;
  let form;
  const fileBox = el("input", {
    type: "file",
    multiple: true,
    class: "visually-hidden",
    tabindex: -1,
    "aria-hidden": "true",
  });
  const previews = el("ul", { class: "file-previews", hidden: true });
  const context = el("div", { class: "composer-context", hidden: true });
  const input = el("textarea", {
    id: "composer",
    rows: 1,
    maxlength: 2000,
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": "command-list",
    "aria-expanded": "false",
    autocomplete: "off",
    spellcheck: "true",
    enterkeyhint: "send",
  });
  const picker = commandPicker((command, rest) => openCommand(command, presetText(command, rest)));
  const slashButton = el("button", {
    type: "button",
    class: "slash-button",
    "aria-label": "Commands",
    title: "Commands",
    text: "/",
  });
  const sendButton = iconButton("send", "Send message", () => send(), "send-button");
  const row = el(
    "div",
    { class: "composer-row" },
    iconButton("plus", "Add files", () => fileBox.click()),
    input,
    slashButton,
    sendButton,
  );
  const place = el("div", { class: "composer-place" });
  const element = el(
    "section",
    { class: "composer", "aria-label": "Write a message" },
    picker.element,
    context,
    place,
    previews,
    row,
    fileBox,
  );

  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 240)}px`;
  };
  const syncPicker = () => {
    input.setAttribute("aria-expanded", String(picker.isOpen));
    if (picker.activeId) input.setAttribute("aria-activedescendant", picker.activeId);
    else input.removeAttribute("aria-activedescendant");
  };
  const setText = (text) => {
    input.value = text;
    picker.update(editing ? "" : text);
    syncPicker();
    grow();
  };
  const render = () => {
    const open = channel();
    input.placeholder = open?.maySend
      ? `Message ${channelLabel(open)}${isNarrow() ? "" : " — or type / for commands"}`
      : "You may not write here.";
    input.disabled = !open?.maySend;
    previews.hidden = files.length === 0;
    previews.replaceChildren(
      ...files.map((file, index) =>
        filePreview(file, () => {
          files.splice(index, 1);
          render();
          input.focus();
        }),
      ),
    );
    const reply = store.replyTo;
    context.hidden = !reply && !editing;
    context.replaceChildren(
      ...(reply ? replyBar(reply, stopReplying, render) : []),
      ...(editing
        ? [el("span", { text: "Editing your message" }), iconButton("close", "Stop editing", stopEditing)]
        : []),
    );
  };
  const addFiles = (more) => {
    if (form) {
      form.takeFiles(more);
      return;
    }
    files = [...files, ...more.filter(fits)].slice(0, 10);
    render();
    input.focus();
  };
  const stopEditing = () => {
    editing = undefined;
    setText("");
    render();
    input.focus();
  };
  const closeForm = () => {
    form = undefined;
    place.replaceChildren();
    row.hidden = false;
    render();
    input.focus();
  };
  const openCommand = (command, presets = {}) => {
    const wanted = command.options.find(({ type }) => type === ATTACHMENT);
    const withFile =
      wanted && files.length > 0 && presets[wanted.name] === undefined
        ? { ...presets, [wanted.name]: files.shift() }
        : presets;
    setText("");
    picker.close();
    form = commandForm(command, withFile, closeForm);
    place.replaceChildren(form.element);
    row.hidden = true;
    files = [];
    render();
    form.focusFirst();
  };
  const send = async () => {
    const content = input.value;
    if (editing) {
      const message = editing;
      stopEditing();
      await call("edit", { message: message.id, content }).catch((error) => toast(error.message));
      return;
    }
    if (content.trim() === "" && files.length === 0) return;
    const { replyTo } = store;
    const sent = files;
    files = [];
    store.replyTo = undefined;
    setText("");
    render();
    const reply = replyTo ? { replyTo: replyTo.id, ping: replyTo.ping !== false } : {};
    try {
      await call("post", { channel: store.channelId, content, ...reply, files: sent });
    } catch (error) {
      toast(error.message);
      files = sent;
      setText(content);
      render();
    }
  };

  input.addEventListener("input", () => setText(input.value));
  const keys = {
    ArrowDown: () => picker.isOpen && picker.move(1),
    ArrowUp: () => (picker.isOpen ? picker.move(-1) : input.value === "" && !editing && editLast()),
    Tab: ({ shiftKey }) => picker.isOpen && !shiftKey && picker.chooseActive(),
    Enter: ({ shiftKey }) => {
      if (shiftKey) return false;
      if (picker.isOpen) return picker.chooseActive();
      send();
      return true;
    },
    Escape: () => {
      if (picker.isOpen) picker.close();
      else if (editing) stopEditing();
      else if (store.replyTo) stopReplying();
      else return false;
      return true;
    },
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !(event.key in keys)) return;
    if (keys[event.key](event)) event.preventDefault();
    syncPicker();
  });
  const stopReplying = () => {
    store.replyTo = undefined;
    render();
    input.focus();
  };
  const editLast = () => {
    const mine = store.messages.findLast((message) => message.author.id === store.me && message.content);
    if (mine) startEditing(mine);
    return mine !== undefined;
  };
  const startEditing = (message) => {
    editing = message;
    setText(message.content);
    render();
    input.focus();
  };
  input.addEventListener("paste", (event) => {
    const pasted = pastedFiles(event);
    if (pasted.length === 0) return;
    event.preventDefault();
    addFiles(pasted);
  });
  slashButton.addEventListener("click", () => {
    setText("/");
    input.focus();
  });
  fileBox.addEventListener("change", () => {
    addFiles([...fileBox.files]);
    fileBox.value = "";
  });
  acceptDrops(document.body, addFiles);

  subscribe("state", render);
  subscribe("channel", () => {
    files = [];
    editing = undefined;
    store.replyTo = undefined;
    if (form) closeForm();
    setText("");
    render();
  });
  subscribe("commands", () => setText(input.value));
  subscribe("reply", (message) => {
    editing = undefined;
    store.replyTo = { ...message, ping: message.author.id !== store.me };
    if (form) closeForm();
    render();
    input.focus();
  });
  subscribe("edit", startEditing);
  subscribe("command", ({ name, presets }) => {
    const command = flatCommands().find((candidate) => candidate.name === name);
    if (command) openCommand(command, typeof presets === "function" ? presets(command) : presets);
  });
  return element;
}

const isNarrow = () => matchMedia("(max-width: 720px)").matches;

function replyBar(reply, stop, render) {
  const toggle = () => {
    reply.ping = !reply.ping;
    render();
  };
  return [
    el("span", { class: "grow" }, "Replying to ", el("strong", { text: person(reply.author.id).name })),
    reply.author.id !== store.me &&
      el("button", {
        type: "button",
        class: `ping ${reply.ping ? "is-on" : ""}`,
        "aria-pressed": String(reply.ping),
        title: "Whether the reply pings its author",
        text: `@ ${reply.ping ? "on" : "off"}`,
        on: { click: toggle },
      }),
    iconButton("close", "Stop replying", stop),
  ].filter(Boolean);
}

/** "/edit make it snow": the rest goes into the first text option. */
function presetText(command, rest) {
  const option = command.options.find(({ type }) => type === STRING);
  return option && rest.trim() !== "" ? { [option.name]: rest.trim() } : {};
}
