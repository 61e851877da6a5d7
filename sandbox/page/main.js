import { actAs, call, listen } from "./lib/api.js";
import { el } from "./lib/dom.js";
import { onForm, onInteraction } from "./lib/interactions.js";
import "./lib/theme.js";
import { publish, store, subscribe } from "./lib/store.js";
import { composer } from "./views/composer.js";
import { absence, header } from "./views/header.js";
import { messageList } from "./views/messageList.js";
import { openModal } from "./views/modalForm.js";
import { closeSidebar, memberList, sidebar } from "./views/sidebar.js";
import { toast } from "./views/toast.js";

/** Builds the page once, then keeps it in step with the server. */

/** Message flag: deferred and not filled yet. */
const LOADING = 128;

let stopListening = () => {};

async function loadState() {
  const state = await call("state");
  Object.assign(store, state, { people: new Map(state.people.map((person) => [person.id, person])) });
  if (state.botConnected) store.botWasConnected = true;
  const isThere = store.channels.some(({ id }) => id === store.channelId);
  if (!isThere) store.channelId = store.channels.find(({ direct }) => !direct)?.id ?? store.channels[0]?.id ?? "";
  publish("state");
}

async function loadCommands() {
  store.commands = await call("commands", { channel: store.channelId });
  publish("commands");
}

async function openChannel(id) {
  store.channelId = id;
  store.unread.delete(id);
  store.messages = [];
  publish("channel");
  const [messages] = await Promise.all([call("messages", { channel: id }), loadCommands()]);
  if (store.channelId !== id) return;
  // What came while the others were on their way.
  const known = new Set(messages.map((message) => message.id));
  store.messages = [...messages, ...store.messages.filter((message) => !known.has(message.id))];
  publish("messages");
}

/** Goes to a message, in another channel if need be. */
async function jump({ channelId, messageId }) {
  if (channelId !== store.channelId) await openChannel(channelId);
  if (!store.messages.some(({ id }) => id === messageId)) toast("That message is no longer there.");
  publish("show", messageId);
}

/** Everything anew, for another person or after the connection was lost. */
async function reload() {
  await loadState();
  await openChannel(store.channelId);
}

async function become(id) {
  actAs(id);
  store.unread.clear();
  await connect();
}

/** The bot answers this person in another language from now on; the page itself stays as it is. */
async function speak(locale) {
  await call("language", { locale });
  await loadState();
  publish("commands");
}

const EVENTS = {
  message({ message, isNew }) {
    if (message.channel_id !== store.channelId) {
      if (isNew) store.unread.add(message.channel_id);
      publish("unread");
      return;
    }
    const index = store.messages.findIndex(({ id }) => id === message.id);
    const wasLoading = ((store.messages[index]?.flags ?? 0) & LOADING) !== 0;
    if (index >= 0) store.messages[index] = message;
    else store.messages.push(message);
    // "… is thinking" is followed by what came of it.
    const hasWords = index < 0 || (wasLoading && (message.flags & LOADING) === 0);
    publish("message", { message, isNew: index < 0, hasWords });
  },
  delete({ id, channelId }) {
    if (channelId !== store.channelId) return;
    store.messages = store.messages.filter((message) => message.id !== id);
    publish("deleted", id);
  },
  interaction({ interaction }) {
    onInteraction(interaction);
  },
  typing({ channelId, userId }) {
    if (channelId === store.channelId && userId !== store.me) publish("typing", { userId });
  },
  bot({ connected }) {
    if (connected) store.botWasConnected = true;
    store.botConnected = connected;
    publish("bot");
  },
  commands: loadCommands,
  state: loadState,
};

/** Resolves when the page shows what there is. It looks whenever a connection begins: earlier, it would miss something. */
function connect() {
  stopListening();
  return new Promise((resolve) => {
    stopListening = listen(
      (event) => EVENTS[event.type]?.(event),
      (connected) => {
        store.serverConnected = connected;
        publish("server");
        if (connected) guard(reload()).then(resolve);
      },
    );
  });
}

function build() {
  const main = el("main", { class: "main" }, header(), messageList(), absence(), composer());
  const shade = el("div", { class: "shade", on: { click: closeSidebar } });
  document.getElementById("app").replaceChildren(
    sidebar({
      openChannel: (id) => guard(openChannel(id)),
      become: (id) => guard(become(id)),
      speak: (locale) => guard(speak(locale)),
    }),
    shade,
    main,
    memberList(),
  );
  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeSidebar());
  for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
}

const guard = (promise) => promise.catch((error) => toast(error.message));

subscribe("jump", (target) => guard(jump(target)));
onForm(openModal);
build();
// Somebody whom this server does not know becomes somebody whom it does; only then there can be a connection.
await guard(loadState());
await connect();
document.body.classList.add("is-ready");
