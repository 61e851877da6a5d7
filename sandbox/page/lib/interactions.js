import { call } from "./api.js";

/** What people started in this tab, and how it went on. */

/** Latest news by interaction id; news may come before the answer that names the id. */
const known = new Map();
const watchers = new Map();

/** @param {{id: string, state: string}} interaction */
export function onInteraction(interaction) {
  known.set(interaction.id, interaction);
  watchers.get(interaction.id)?.(interaction);
}

/**
 * Runs an action that starts an interaction and reports each of its states to `watch`, until it is done or failed.
 * @param {string} action @param {object} input @param {(interaction: any) => void} [watch]
 */
export async function start(action, input, watch = () => {}) {
  const { interaction: id } = await call(action, input);
  let formShown = false;
  const follow = (interaction) => {
    watch(interaction);
    if (interaction.modal && !formShown) {
      formShown = true;
      openForm(interaction);
    }
    if (interaction.state === "done" || interaction.state === "failed") watchers.delete(id);
  };
  watchers.set(id, follow);
  if (known.has(id)) follow(known.get(id));
  return id;
}

let openForm = (_interaction) => {};
/** @param {(interaction: any) => void} open */
export function onForm(open) {
  openForm = open;
}
