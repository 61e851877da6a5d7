import { InteractionType, ApplicationCommandOptionType as Option } from "discord-api-types/v10";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InteractionHandle } from "../../sandbox/index.ts";
import { createInteraction } from "../../sandbox/server/interactions/createInteraction.ts";
import { waitFor } from "../queue/waitFor.ts";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
const engine = new TintEngine();
beforeAll(async () => {
  world = await startWorld();
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("edit");
});
afterAll(async () => {
  // Nothing in this file makes a job.
  expect(engine.edits).toHaveLength(0);
  expect(await world.queue.waiting()).toEqual([]);
  await world.close();
});

/** The private words that answer an interaction; checks that nobody else saw anything. */
async function privateAnswer(interaction: InteractionHandle): Promise<string> {
  const before = world.pictures.messages().filter(({ author }) => author === "emend").length;
  const reply = await interaction.expectReply();
  expect(reply.isEphemeral).toBe(true);
  expect(world.pictures.messages().filter(({ author }) => author === "emend").length).toBe(before);
  return reply.content;
}

/** An interaction as a client that keeps no rules would send it. */
function forge(
  type: InteractionType,
  data: Record<string, unknown>,
  user = world.sandbox.member.id,
): InteractionHandle {
  const { state } = world.sandbox;
  const channel = world.pictures.channel;
  return new InteractionHandle(
    state,
    createInteraction(state, { type, userId: user, channel, data, commandName: "edit" }),
  );
}

async function pngHeader(width: number, height: number): Promise<Uint8Array> {
  const bytes = Buffer.from(await plainPng(4, 4));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

const frame = { create: { width: 4, height: 4, channels: 3 as const, background: "red" } };
const pictures: [string, () => Promise<Uint8Array>, string][] = [
  ["a text file named .png", async () => Buffer.from("I am not a picture."), "not a picture"],
  ["an empty file", async () => new Uint8Array(0), "empty"],
  ["a truncated PNG", async () => (await plainPng(64, 64)).subarray(0, 120), "damaged"],
  [
    "a truncated JPEG",
    async () =>
      (
        await sharp(await plainPng(64, 64))
          .jpeg()
          .toBuffer()
      ).subarray(0, -20),
    "damaged",
  ],
  ["a PNG of 20,000 × 20,000", () => pngHeader(20_000, 20_000), "20000 × 20000 pixels. Up to 4 megapixels"],
  ["an SVG", async () => Buffer.from('<?xml version="1.0"?><svg width="9" height="9"/>'), "is SVG"],
  [
    "an animated GIF",
    async () =>
      sharp([await plainPng(4, 4), await plainPng(4, 4)], { join: { animated: true } })
        .gif()
        .toBuffer(),
    "is GIF",
  ],
  [
    "an animated WebP",
    async () =>
      sharp([await sharp(frame).png().toBuffer(), await plainPng(4, 4)], { join: { animated: true } })
        .webp()
        .toBuffer(),
    "animated",
  ],
  ["a file over the limit", async () => Buffer.alloc(3 * 2 ** 20), "Up to 2 MiB"],
];

it.each(pictures)("refuses %s in private", async (_, make, words) => {
  const image = { name: "picture.png", bytes: await make() };
  const interaction = await world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "make it red" });
  expect(await privateAnswer(interaction)).toContain(words);
});

it("refuses an instruction of spaces, and one of 5,000 characters", async () => {
  const image = { name: "a.png", bytes: await plainPng() };
  const blank = await world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "  \u200b  " });
  expect(await privateAnswer(blank)).toContain("1 to 1,000 characters");
  await expect(
    world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "x".repeat(5_000) }),
  ).rejects.toThrow();
});

it("refuses a task that the model does not know, and names those it knows", async () => {
  const image = { name: "a.png", bytes: await plainPng() };
  const options = { image, instruction: "turn it into a depth map", task: "depth" };
  const words = await privateAnswer(await world.sandbox.member.slash(world.pictures, "edit", options));
  expect(words).toContain("“depth”");
  expect(words).toContain("`texture`, `add`, `remove`");
});

it("refuses options that only a forged interaction can have", async () => {
  const url = `${world.sandbox.cdnUrl}/x.png`;
  const attachment = { id: "9", filename: "x.png", size: 9, url, proxy_url: url, content_type: "image/png" };
  const make = (change: { steps?: number; instruction?: string; url?: string }) =>
    forge(InteractionType.ApplicationCommand, {
      ...{ id: "1", name: "edit", type: 1 },
      resolved: { attachments: { 9: { ...attachment, url: change.url ?? url } } },
      options: [
        { type: Option.Attachment, name: "image", value: "9" },
        { type: Option.String, name: "instruction", value: change.instruction ?? "red" },
        { type: Option.Integer, name: "steps", value: change.steps ?? 5 },
      ],
    });
  expect(await privateAnswer(make({ steps: 0 }))).toContain("from 1 to 100");
  expect(await privateAnswer(make({ steps: 1_000 }))).toContain("from 1 to 100");
  expect(await privateAnswer(make({ instruction: "x".repeat(5_000) }))).toContain("1 to 1,000 characters");
  expect(await privateAnswer(make({ url: "http://169.254.169.254/latest" }))).toContain("uploaded to Discord");
  expect(await privateAnswer(make({ url: "https://cdn.discordapp.com.example.org/a.png" }))).toContain("uploaded");
  expect(await privateAnswer(make({}))).toContain("could not download"); // there is no such file
});

describe("Edit this image", () => {
  it("says so when the message shows no picture", async () => {
    const message = await world.sandbox.member.post(world.pictures, "only words");
    const menu = await world.sandbox.member.menu(message, "Edit this image");
    const sent = await world.sandbox.member.submit(await menu.expectModal(), { instruction: "red" });
    expect(await privateAnswer(sent)).toContain("no picture");
  });

  it("does not fetch pictures from elsewhere", async () => {
    const { state } = world.sandbox;
    const message = await world.sandbox.member.post(world.pictures, "a link");
    state.messages.get(message.id)?.embeds.push({ image: { url: "https://example.org/a.png" } });
    const menu = await world.sandbox.member.menu(message, "Edit this image");
    const sent = await world.sandbox.member.submit(await menu.expectModal(), { instruction: "red" });
    expect(await privateAnswer(sent)).toContain("uploaded to Discord");
  });

  it("refuses a form of somebody else, an old form, and a forged id, and changes nothing", async () => {
    const file = { name: "a.png", bytes: await plainPng() };
    const message = await world.sandbox.member.post(world.pictures, "mine", [file]);
    const menu = await world.sandbox.member.menu(message, "Edit this image");
    const { customId } = await menu.expectModal();
    const redis = await world.redis.commands();
    await waitFor(async () => (await redis.keys(`${world.prefix}:pending:${menu.id}`)).length === 1, "the record");

    const components = [
      { type: 18, component: { type: 4, custom_id: "instruction", value: "red" } },
      { type: 18, component: { type: 3, custom_id: "task", values: [] } },
    ];
    const submit = (custom_id: string, user?: string) =>
      forge(InteractionType.ModalSubmit, { custom_id, components }, user);
    expect(await privateAnswer(submit(customId, world.sandbox.user("theo").id))).toContain("somebody else");
    expect(await privateAnswer(submit("v1:edit-picture:12345"))).toContain("too long");
    for (const id of ["v1:edit-picture:", "v2:edit-picture:1", "x".repeat(100), "v1:delete-all:1", "💥"]) {
      expect(await privateAnswer(submit(id))).toContain("do not know that");
    }
  });
});
