// The engine process: the only one that loads onnxruntime. Started by EngineChild, never by hand.
import type { ChildArguments, ToChild, ToParent } from "./messages.ts";
import { packError } from "./packError.ts";

const send = (message: ToParent) => process.send?.(message);

// When the parent is gone, however it went, so is the reason to live.
process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole process group, a service manager's stop every process of the service; the parent decides
// what becomes of a running edit.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});

const running = new Map<number, AbortController>();

try {
  const { folder, ...options }: ChildArguments = JSON.parse(process.argv[2] ?? "");
  const { LocalEngine } = await import("./LocalEngine.ts");
  const engine = await LocalEngine.open(folder, options);

  process.on("message", async (message: ToChild) => {
    if (message.type === "cancel") return running.get(message.id)?.abort();
    if (message.type === "close") {
      for (const controller of running.values()) controller.abort();
      await engine.close();
      return process.exit();
    }
    const { id } = message;
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    try {
      const onProgress = (progress: Extract<ToParent, { type: "progress" }>["progress"]) =>
        send({ type: "progress", id, progress });
      const result =
        message.type === "edit"
          ? await engine.edit(message.request, { onProgress, previews: message.previews, signal })
          : await engine.learn(message.request, { onProgress, signal });
      send({ type: "done", id, result });
    } catch (error) {
      send({ type: "error", id, error: packError(error) });
    } finally {
      running.delete(id);
    }
  });
  // Since the process started, so that loading Node and onnxruntime counts.
  send({ type: "ready", info: { ...engine.info, loadMilliseconds: performance.now() } });
} catch (error) {
  const failed: ToParent = { type: "failed", error: packError(error) };
  process.send?.(failed, () => process.exit(1));
}
