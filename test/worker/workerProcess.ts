// A worker in a process of its own, for tests that kill it. Arguments: Redis URL, prefix, blob folder.
import { startWorker } from "../../gpu-worker/startWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { noLog } from "../../src/log/createLog.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { connectForBlocking } from "../../src/storage/redisConnection.ts";
import { TintEngine } from "./TintEngine.ts";

const [url, prefix, folder] = process.argv.slice(2) as [string, string, string];

/** Takes its own process along when the instruction says so, as native code does that crashes. */
class DeadlyEngine extends TintEngine {
  override async edit(...[request, options]: Parameters<TintEngine["edit"]>): ReturnType<TintEngine["edit"]> {
    process.send?.(request.instruction);
    if (request.instruction === "crash") process.kill(process.pid, "SIGKILL");
    return super.edit(request, options);
  }
}

const blobs = new FolderBlobStore(folder);
startWorker({
  ...{ connection: connectForBlocking(url, () => undefined), prefix, blobs, previews: blobs, log: noLog },
  files: new TaskFiles(`${folder}-tasks`),
  ...{ engine: new DeadlyEngine({ stepMs: 150 }), limits: { maxPixels: 1e6, maxBytes: 1e6 } },
  ...{ lockMs: 2_000, stalledMs: 500 },
});
