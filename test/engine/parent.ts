// Starts an engine process, tells its process id, and waits to be killed.
import { EngineProcess } from "../../gpu-worker/engine/EngineProcess.ts";

const engine = await EngineProcess.start({ folder: process.argv[2]!, device: "cpu" });
process.send!(engine.pid);
