/** What the page knows, and who wants to hear of changes. */

/**
 * @typedef {{id: string, name: string, bot: boolean, color: number, manages: boolean, member: boolean}} Person
 * @typedef {{id: string, name: string, topic: string | null, direct: boolean, withUser?: string, ageRestricted: boolean,
 *   isPrivate: boolean, botCanSee: boolean, maySend: boolean, mayAttach: boolean, mayManage: boolean}} Channel
 */

export const store = {
  me: "",
  /** What this person's Discord speaks, and what it could. */
  locale: "en-US",
  locales: /** @type {{code: string, name: string}[]} */ ([]),
  applicationId: "",
  guild: /** @type {{id: string, name: string, ownerId: string} | undefined} */ (undefined),
  people: /** @type {Map<string, Person>} */ (new Map()),
  roles: /** @type {{id: string, name: string, color: number}[]} */ ([]),
  channels: /** @type {Channel[]} */ ([]),
  channelId: "",
  unread: /** @type {Set<string>} */ (new Set()),
  /** Messages of the open channel, oldest first. */
  messages: /** @type {any[]} */ ([]),
  commands: /** @type {any[]} */ ([]),
  examples: /** @type {{url: string, file: string, instruction: string}[]} */ ([]),
  attachmentSizeLimit: 10485760,
  botConnected: false,
  botWasConnected: false,
  serverConnected: true,
  replyTo: /** @type {any} */ (undefined),
};

const listeners = new Map();

/** @param {string} topic @param {(detail?: any) => void} listener */
export function subscribe(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
}

/** @param {string} topic @param {any} [detail] */
export function publish(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export const channel = () => store.channels.find(({ id }) => id === store.channelId);
export const me = () => store.people.get(store.me);
export const person = (id) =>
  store.people.get(id) ?? { id, name: "someone", bot: false, color: 0x80848e, manages: false, member: false };
export const bot = () => person(store.applicationId);
export const channelLabel = (item) => (item?.direct ? `@${item.name}` : `#${item?.name ?? ""}`);
