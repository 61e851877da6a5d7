import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { childEnvironment } from "../../gpu-worker/engine/childEnvironment.ts";
import { EngineProcess, type EngineProcessOptions } from "../../gpu-worker/engine/EngineProcess.ts";
import { LocalEngine } from "../../gpu-worker/engine/LocalEngine.ts";
import { isAlive, request, tinyModel, tinyPredictor, until } from "./support.ts";

const options = { folder: tinyModel, predictor: tinyPredictor, device: "cpu", backoffMilliseconds: 20 } as const;
const failing = new URL("./failingChild.ts", import.meta.url);
/** Long enough that something can happen to it in the middle. */
const longRequest = { ...request, steps: 200 };

describe("EngineProcess", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await EngineProcess.start(options);
  });
  afterAll(() => engine.close());

  it("edits as the engine in this process does, bit by bit", async () => {
    const local = await LocalEngine.open(tinyModel, { device: "cpu", predictor: tinyPredictor });
    const here = await local.edit(request);
    const seen: number[] = [];
    const there = await engine.edit(request, { onProgress: ({ step }) => seen.push(step) });
    await local.close();
    expect({ ...there, milliseconds: 0 }).toEqual({ ...here, milliseconds: 0 });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(engine.info).toEqual({ ...local.info, loadMilliseconds: expect.any(Number) });
  });

  it("passes typed errors on", async () => {
    await expect(engine.edit({ ...request, task: "dance" })).rejects.toMatchObject({ code: "unknown_task" });
    const tooMany = engine.edit({ ...request, picture: { width: 2, height: 2, data: new Uint8Array(1) } });
    await expect(tooMany).rejects.toMatchObject({ name: "EmendError", code: "engine_failed" });
  });

  it("cancels between two steps and keeps the child", async () => {
    const { pid } = engine;
    const controller = new AbortController();
    const running = engine.edit(longRequest, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    await engine.edit({ ...request, steps: 1 });
    expect(engine.pid).toBe(pid);
  });

  it("fails an edit whose child dies, so that it can be tried again, and the next one works", async () => {
    const pid = engine.pid!;
    const running = engine.edit(longRequest, { onProgress: ({ step }) => step === 1 && process.kill(pid, "SIGKILL") });
    await expect(running).rejects.toMatchObject({
      code: "engine_failed",
      retryable: true,
      message: expect.stringContaining("SIGKILL"),
    });
    expect((await engine.edit({ ...request, steps: 1 })).steps).toBe(1);
    expect(engine.pid).not.toBe(pid);
  });

  it("starts again after a death between edits", async () => {
    process.kill(engine.pid!, "SIGKILL");
    await until(() => engine.pid === undefined);
    expect((await engine.edit({ ...request, steps: 1 })).steps).toBe(1);
  });
});

describe("EngineProcess at its start and end", () => {
  const engines: EngineProcess[] = [];
  const start = async (more: Partial<EngineProcessOptions> = {}) => {
    const engine = await EngineProcess.start({ ...options, ...more });
    engines.push(engine);
    return engine;
  };
  afterEach(async () => void (await Promise.all(engines.splice(0).map((engine) => engine.close()))));

  it("tells why a model cannot be loaded", async () => {
    await expect(start({ folder: `${tinyModel}-nowhere` })).rejects.toMatchObject({ code: "bad_model" });
  });

  it("tells that the child dies, or hangs, while it starts", async () => {
    await expect(start({ script: failing, folder: "exit" })).rejects.toMatchObject({
      code: "engine_failed",
      cause: expect.stringContaining("no such GPU"),
    });
    const hanging = start({ script: failing, folder: "hang", startMilliseconds: 300 });
    await expect(hanging).rejects.toThrow(/not ready after 0.3 s/);
  });

  it("gives up after crashes in a row", async () => {
    const logged: string[] = [];
    const engine = await start({ script: failing, folder: "crash", maxCrashes: 3, onLog: (line) => logged.push(line) });
    for (let i = 0; i < 3; i++)
      await expect(engine.edit(request)).rejects.toThrow(/stopped unexpectedly \(exit code 7\)/);
    await expect(engine.edit(request)).rejects.toThrow(/crashed 3 times in a row/);
    expect(logged).toEqual(["crashing", "crashing", "crashing"]);
  });

  it("kills a child that does not stop when told to, and starts another for the next edit", async () => {
    const engine = await start({ graceMilliseconds: 300 });
    const pid = engine.pid!;
    const controller = new AbortController();
    const running = engine.edit(longRequest, {
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step !== 1) return;
        process.kill(pid, "SIGSTOP"); // as if an evaluation never ended
        controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect(isAlive(pid)).toBe(false);
    await engine.edit({ ...request, steps: 1 });
    expect(engine.pid).not.toBe(pid);
  });

  it("ends the child and a running edit when it is closed", async () => {
    const engine = await start();
    const pid = engine.pid!;
    const running = engine.edit(longRequest, { onProgress: ({ step }) => void (step === 1 && engine.close()) });
    await expect(running).rejects.toMatchObject({ code: expect.stringMatching(/cancelled|engine_failed/) });
    await until(() => !isAlive(pid));
    await expect(engine.edit(request)).rejects.toThrow(/closed/);
  });

  it("leaves no child behind when the parent is killed", async () => {
    const parent = fork(fileURLToPath(new URL("./parent.ts", import.meta.url)), [tinyModel], { execArgv: [] });
    const [pid] = (await once(parent, "message")) as [number];
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(() => !isAlive(pid));
  });

  it("keeps the bot's secrets from the child", () => {
    const environment = childEnvironment({ DISCORD_TOKEN: "a", REDIS_URL: "b", PATH: "c" });
    expect(environment).toEqual({ PATH: "c", MALLOC_MMAP_THRESHOLD_: "131072", MALLOC_TRIM_THRESHOLD_: "131072" });
  });
});
