// A worker in a process of its own that learns, for tests that kill it. Arguments: Redis URL, prefix, folder.
import type { LearnRequest } from "../../gpu-worker/engine/learning.ts";
import { startLearnWorker } from "../../gpu-worker/startLearnWorker.ts";
import { TaskFiles } from "../../src/learning/TaskFiles.ts";
import { TrainingStore } from "../../src/learning/TrainingStore.ts";
import { noLog } from "../../src/log/createLog.ts";
import { FolderBlobStore } from "../../src/storage/FolderBlobStore.ts";
import { connectForBlocking } from "../../src/storage/redisConnection.ts";
import { TeachEngine } from "./TeachEngine.ts";

const [url, prefix, folder] = process.argv.slice(2) as [string, string, string];

/** Tells its parent where each training begins, and every step. */
class TellingEngine extends TeachEngine {
  override learn(...[request, options]: Parameters<TeachEngine["learn"]>): ReturnType<TeachEngine["learn"]> {
    process.send?.({ begun: beginOf(request) });
    return super.learn(request, options);
  }

  protected override progressAt(step: number, steps: number) {
    process.send?.({ step });
    return super.progressAt(step, steps);
  }
}

const beginOf = ({ resume }: LearnRequest) => (resume ? Number(Buffer.from(resume).toString()) : 0);
const connection = connectForBlocking(url, () => undefined);
startLearnWorker({
  ...{ connection, prefix, log: noLog, previews: new FolderBlobStore(`${folder}/previews`) },
  ...{ files: new TaskFiles(`${folder}/tasks`), trainings: new TrainingStore(connection, prefix) },
  ...{ engine: new TellingEngine({ learnStepMs: 100, learnSteps: 40 }), limits: { maxPixels: 1e6, maxBytes: 1e6 } },
  ...{ lockMs: 2_000, stalledMs: 500 },
});
