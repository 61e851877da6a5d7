import { afterAll, beforeAll, expect, it } from "vitest";
import { plainPng } from "../worker/editJob.ts";
import { TintEngine } from "../worker/TintEngine.ts";
import { startWorld, type World } from "./startWorld.ts";

let world: World;
let engine: TintEngine;
beforeAll(async () => {
  world = await startWorld();
  engine = new TintEngine({ stepMs: 20 });
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("edit");
});
afterAll(() => world.close());

const channelOf = ({ sandbox }: World) => sandbox.channel(sandbox.state.channels.keys().next().value as string);

it("answers /edit in private with progress, posts the result, and links to it", async () => {
  const { sandbox } = world;
  const channel = channelOf(world);
  const picture = await plainPng(40, 30);
  const interaction = await sandbox.member.slash(channel, "edit", {
    image: { name: "boat.png", bytes: picture },
    instruction: "make the **boat** red",
    seed: 5,
  });
  const result = await channel.expectMessage(({ text }) => text.includes("boat"));
  expect(result.author).not.toBe("mina");
  expect(result.images.map(({ name, width, height }) => [name.replace(/\d+/, "ID"), width, height])).toEqual([
    ["emend-ID-before.webp", 40, 30],
    ["emend-ID.png", 40, 30],
  ]);
  expect(result.images[1]?.description).toContain("make the **boat** red");
  expect(result.text).toContain("make the \\*\\*boat\\*\\* red");
  expect(result.text).toContain("texture (92 %)");
  expect(result.text).toContain("seed 5");
  const reply = await interaction.expectReply(({ content }) => content.includes("channels/"));
  expect(reply.isEphemeral).toBe(true);
  expect(reply.content).toContain(result.id);
});
