// Stands in for gpu-worker/engine/child.ts and fails in the way that its folder names.
const { folder } = JSON.parse(process.argv[2]!);
const info = { model: "failing", device: "cpu", tasks: [], defaults: {}, loadMilliseconds: 1, concurrency: 1 };

if (folder === "exit") {
  console.error("no such GPU");
  process.exitCode = 3;
  process.disconnect();
}
if (folder === "crash") {
  process.send!({ type: "ready", info });
  process.on("message", ({ type }: { type: string }) => {
    if (type === "edit") console.error("crashing");
    process.exit(7);
  });
}
if (folder === "hang") process.on("message", () => {});
