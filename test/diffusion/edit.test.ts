import { describe, expect, it } from "vitest";
import { edit } from "../../gpu-worker/diffusion/edit.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";
import { PreviewClock } from "../../gpu-worker/diffusion/PreviewClock.ts";
import { paint } from "../image/pictures.ts";
import { fakeModel, fakePredictor } from "./fakeModel.ts";

const predictor = fakePredictor;
const request = {
  picture: paint(32, 32, (x, y) => [x * 4, y * 4, 100]),
  instruction: "add a red boat",
  task: "auto",
  steps: 4,
  textGuidance: 2,
  imageGuidance: 1.5,
  noise: seededNoise(5),
};

describe("edit", () => {
  it("asks the model with picture and text, picture only, and neither, and counts the evaluations", async () => {
    const model = fakeModel();
    const { output, input, evaluations, task } = await edit(model, request, { predictor });
    expect(evaluations).toBe(12);
    expect(model.asked.length).toBe(12);
    const [both, image, none] = model.asked;
    expect(
      [both, image, none].map((each) => [each!.text.states.data[0], [...each!.task!], each!.image.data.some(Boolean)]),
    ).toEqual([
      [request.instruction.length, [1, 0], true],
      [0, [0, 0], true],
      [0, [0, 0], false],
    ]);
    expect(both!.timestep).toBe(999);
    expect(task.name).toBe("add");
    expect([input.width, input.height, output.width]).toEqual([16, 16, 16]);
  });

  it.each([
    [2, 1, ["both", "image"]],
    [1.5, 1.5, ["both", "none"]],
    [1, 1, ["both"]],
    [0, 1, ["image"]],
    [0, 0, ["none"]],
  ])("evaluates only the branches that count: s_T %d, s_I %d", async (textGuidance, imageGuidance, branches) => {
    const model = fakeModel();
    await edit(model, { ...request, textGuidance, imageGuidance, steps: 1 }, { predictor });
    const seen = model.asked.map(({ image, text }) =>
      text.states.data[0] ? "both" : image.data.some(Boolean) ? "image" : "none",
    );
    expect(seen).toEqual(branches);
  });

  it("starts from the seed's noise at the latent's shape", async () => {
    const model = fakeModel();
    await edit(model, request, { predictor });
    expect(model.asked[0]!.latent).toEqual({ dims: [1, 3, 16, 16], data: seededNoise(5)(0, 768) });
  });

  it("uses the task asked for and refuses unknown ones by listing the known", async () => {
    const model = fakeModel();
    expect((await edit(model, { ...request, task: "remove" })).task.name).toBe("remove");
    await expect(edit(model, { ...request, task: "dance" })).rejects.toMatchObject({
      code: "unknown_task",
      message: expect.stringContaining("add, remove"),
    });
  });

  it("takes the most probable of the tasks that the model has, and tells their shares among themselves", async () => {
    const { task } = await edit(fakeModel(), { ...request, instruction: "remove the boat" }, { predictor });
    expect(task.name).toBe("remove");
    expect(task.probabilities.map(({ name, probability }) => [name, Number(probability.toFixed(6))])).toEqual([
      ["remove", 0.8],
      ["add", 0.2],
    ]);
    expect(task.edit).toBe(0.99);
  });

  it("edits whatever it is told, unless it is told to refuse what is no edit", async () => {
    const chat = { ...request, instruction: "thanks a lot" };
    expect((await edit(fakeModel(), chat, { predictor })).task).toMatchObject({ name: "add", edit: 0.05 });
    const refused = edit(fakeModel(), { ...chat, onlyEdits: true }, { predictor });
    await expect(refused).rejects.toMatchObject({ code: "no_edit" });
    const named = await edit(fakeModel(), { ...chat, onlyEdits: true, task: "remove" }, { predictor });
    expect(named.task.name).toBe("remove");
  });

  it("asks for a task when nothing can choose one", async () => {
    await expect(edit(fakeModel(), request)).rejects.toThrow(/no predictor.*name one of add, remove/);
    expect((await edit(fakeModel(), { ...request, task: "add" })).task).toMatchObject({
      name: "add",
      probabilities: [],
    });
  });

  it("works without a task table, and says so when a task is asked for", async () => {
    const plain = fakeModel({ tasks: new Map() });
    const { task } = await edit(plain, request, { predictor });
    expect(task).toEqual({ conditioning: {}, probabilities: [], edit: 0.99 });
    expect((await edit(plain, request)).task).toEqual({ conditioning: {}, probabilities: [] });
    await expect(edit(plain, { ...request, task: "add" })).rejects.toThrow(/has no tasks/);
  });

  it("reports steps, and previews when they are due", async () => {
    const slow = fakeModel();
    const denoise = slow.denoise;
    slow.denoise = async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 130));
      return denoise(input);
    };
    const seen: [number, boolean][] = [];
    await edit(
      slow,
      { ...request, imageGuidance: 1 },
      { predictor, onProgress: ({ step, preview }) => seen.push([step, !!preview]) },
    );
    expect(seen.map(([step]) => step)).toEqual([1, 2, 3, 4]);
    // Steps take 260 ms at least, so a preview is always due; the last is followed by the picture itself.
    expect(seen.map(([, preview]) => preview)).toEqual([true, true, true, false]);
  });

  it("shows only previews that may be shown, decoded the quick way", async () => {
    const decoded: unknown[] = [];
    const slow = fakeModel();
    const { denoise, decodeLatent } = slow;
    slow.denoise = async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 130));
      return denoise(input);
    };
    slow.decodeLatent = (latent, by) => {
      decoded.push(by);
      return decodeLatent(latent);
    };
    const [asked, shown]: [unknown[], unknown[]] = [[], []];
    await edit(
      slow,
      { ...request, imageGuidance: 1 },
      {
        predictor,
        mayShow: async (preview) => asked.push(preview) > 1, // all but the first
        onProgress: ({ preview }) => preview && shown.push(preview),
      },
    );
    expect(asked.length).toBeGreaterThan(0); // the first step takes 260 ms at least, so a preview is due
    expect(shown).toEqual(asked.slice(1));
    expect(decoded).toEqual([...asked.map(() => "tiny"), undefined]);
  });

  it.each(["full", "tiny"] as const)("decodes the result by what it was asked to: %s", async (decoder) => {
    const decoded: unknown[] = [];
    const model = fakeModel();
    const { decodeLatent } = model;
    model.decodeLatent = (latent, by) => {
      decoded.push(by);
      return decodeLatent(latent);
    };
    await edit(model, { ...request, decoder }, { predictor, previews: false });
    expect(decoded).toEqual([decoder]);
  });

  it("stops between two evaluations once the signal is aborted", async () => {
    const model = fakeModel();
    const controller = new AbortController();
    const running = edit(model, request, {
      predictor,
      signal: controller.signal,
      onProgress: ({ step }) => step === 2 && controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(model.asked.length).toBe(6);
  });

  it("lets other work of the process run between evaluations", async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await expect(
      edit(fakeModel(), { ...request, steps: 200 }, { predictor, signal: controller.signal }),
    ).rejects.toThrow(/cancelled/);
  });
});

describe("PreviewClock", () => {
  it("keeps 250 ms between previews and decodes for a tenth of the time at most", async () => {
    let now = 0;
    let edits = 1;
    const clock = new PreviewClock(
      () => edits,
      () => now,
    );
    const due = (at: number, cost: number) => {
      now = at;
      return clock.take(async () => {
        now += cost;
        return true;
      });
    };
    expect([await due(100, 0), await due(250, 1), await due(400, 1), await due(501, 100)]).toEqual([
      undefined,
      true,
      undefined,
      true,
    ]);
    expect([await due(1000, 1), await due(1501, 1)]).toEqual([undefined, true]);
    edits = 8; // share that tenth
    expect([await due(2000, 100), await due(9000, 1), await due(10_001, 1)]).toEqual([true, undefined, true]);
  });
});
