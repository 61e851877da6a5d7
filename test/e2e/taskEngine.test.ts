import { afterAll, beforeAll, expect, it } from "vitest";
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";
import { resolvePredictorFolder } from "../../gpu-worker/engine/resolvePredictorFolder.ts";
import { tinyModel } from "../engine/support.ts";
import { plainPng } from "../worker/editJob.ts";
import { startWorld, type World } from "./startWorld.ts";
import { TaskSteps } from "./taskSteps.ts";

// The story of task.test.ts with nothing replaced but the weights: the engine's own process learns by gradient on the
// tiny checkpoint, and the bundled predictor routes.
const STORY = 240_000;

let world: World;
let engine: EngineProcess;
beforeAll(async () => {
  world = await startWorld();
  engine = await EngineProcess.start({ folder: tinyModel, device: "cpu", predictor: resolvePredictorFolder({}) });
  await world.startWorker(engine);
  await world.startBot();
  await world.sandbox.expectCommand("task");
}, STORY);
afterAll(async () => {
  await world?.close();
  await engine?.close();
});

it(
  "learns from three pairs by gradient, publishes, and routes a member's plain words to it",
  async () => {
    const { sandbox, pictures } = world;
    const steps = new TaskSteps(world);
    const files = [];
    for (const [i, [before, after]] of ["#204060 #dfbf9f", "#802010 #7fdfef", "#30a040 #cf5fbf"]
      .map((pair) => pair.split(" ") as [string, string])
      .entries()) {
      files.push({ name: `${i}-before.png`, bytes: await plainPng(48, 32, before) });
      files.push({ name: `${i}-after.png`, bytes: await plainPng(48, 32, after) });
    }
    const used = await steps.manager.slash(pictures, "task create");
    const created = await steps.manager.submit(await used.expectModal(), {
      ...{ name: "film negative", description: "Turns the picture into a film negative", pictures: files },
      instructions: [
        "make a film negative of it",
        "film negative please",
        "turn this into a negative, as on film",
      ].join("\n"),
    });
    expect((await created.expectReply()).content).toContain("film negative");

    const message = await steps.learn("film negative");
    expect(message.text).toMatch(/3 examples · \d+ steps · loss [\d.]+ → [\d.]+/);
    const [, before, after] = /loss ([\d.]+) → ([\d.]+)/.exec(message.text)!;
    expect(Number(after)).toBeLessThan(Number(before));
    await (await steps.manager.click(message, "Publish")).expectReply();

    const image = { name: "photo.png", bytes: await plainPng(40, 30) };
    await sandbox.member.slash(pictures, "edit", { image, instruction: "could you make a film negative of this?" });
    const routed = await pictures.expectMessage(({ text }) => text.includes("could you make"));
    expect(routed.text).toMatch(/-# film negative \(\d+ %\)/);
    expect(routed.images.length).toBeGreaterThan(0);

    await sandbox.member.slash(pictures, "edit", { image, instruction: "add a hat to the dog" });
    const other = await pictures.expectMessage(({ text }) => text.includes("add a hat to the dog"));
    expect(other.text).not.toContain("-# film negative");
  },
  STORY,
);
