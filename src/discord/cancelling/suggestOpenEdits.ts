import type { Suggest } from "../framework/Handler.ts";
import type { Texts } from "../texts/en.ts";
import { type OpenEdit, openEdits } from "./openEdits.ts";

/** Stands for all of the member's own edits. */
export const ALL = "all";

/** Discord's limits. */
const MAX_CHOICES = 25;
const MAX_NAME = 100;

/** "All of mine", the member's own edits, and for moderators the others of this channel. */
export const suggestOpenEdits: Suggest = async (interaction, { services, texts }) => {
  const { cancelling } = texts;
  const typed = interaction.options.getFocused().toLowerCase();
  const { own, others } = await openEdits(interaction, services);
  const offered = [
    ...(own.length > 1 ? [{ value: ALL, name: cancelling.all(own.length) }] : []),
    ...own.map((edit) => ({ value: edit.turn.id, name: describe(edit, texts) })),
    // What a private reply will show stays private.
    ...others.map((edit) => ({
      value: edit.turn.id,
      name: cancelling.others(edit.turn.destination === "channel" ? describe(edit, texts) : placeText(edit, texts)),
    })),
  ];
  return offered
    .filter(({ name, value }) => value === ALL || name.toLowerCase().includes(typed))
    .slice(0, MAX_CHOICES)
    .map(({ name, value }) => ({ value, name: name.slice(0, MAX_NAME).toWellFormed() }));
};

const describe = (edit: OpenEdit, texts: Texts) => `${placeText(edit, texts)}: ${edit.turn.instruction}`;

const placeText = ({ place }: OpenEdit, { line }: Texts) =>
  place === undefined || place.position === 0 ? line.beingMade : line.number(place.position);
