import { afterAll, beforeAll, expect, it } from "vitest";
import { plainPng } from "../worker/editJob.ts";
import { TeachEngine } from "../worker/TeachEngine.ts";
import { startWorld, type World } from "./startWorld.ts";
import { TaskSteps } from "./taskSteps.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld(""); // js-redis-server
  await world.startWorker(new TeachEngine({ learnStepMs: 20, learnSteps: 20 }));
  await world.startBot();
  await world.sandbox.expectCommand("task");
});
afterAll(() => world.close());

it("teaches and uses a task where no Redis is installed", async () => {
  const steps = new TaskSteps(world);
  await steps.create("dots");
  await steps.publish("dots");
  const image = { name: "boat.png", bytes: await plainPng(40, 30) };
  await world.sandbox.member.slash(world.pictures, "edit", { image, instruction: "dots, please" });
  const result = await world.pictures.expectMessage(({ text }) => text.includes("dots, please"));
  expect(result.text).toContain("-# dots (90 %)");
});
