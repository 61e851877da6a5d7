import type { Channel } from "discord.js";
import { expect, it } from "vitest";
import { isAgeRestricted } from "../../src/discord/editing/isAgeRestricted.ts";

/** As much of a discord.js channel as is looked at. */
const channel = (fields: object): Channel =>
  ({ isDMBased: () => false, isThread: () => false, ...fields }) as unknown as Channel;
const thread = (parent: Channel | null) => channel({ isThread: () => true, parent });

it("goes by the channel's own setting, a thread by its channel's", () => {
  expect(isAgeRestricted(channel({ nsfw: true }))).toBe(true);
  expect(isAgeRestricted(channel({ nsfw: false }))).toBe(false);
  expect(isAgeRestricted(thread(channel({ nsfw: true })))).toBe(true);
  expect(isAgeRestricted(thread(channel({ nsfw: false })))).toBe(false);
});

it("takes everything else for open to all: direct messages, groups, threads of unknown channels", () => {
  expect(isAgeRestricted(channel({ isDMBased: () => true, nsfw: true }))).toBe(false);
  expect(isAgeRestricted(channel({}))).toBe(false);
  expect(isAgeRestricted(thread(null))).toBe(false);
  expect(isAgeRestricted(null)).toBe(false);
});
