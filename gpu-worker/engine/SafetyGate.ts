import { createHash } from "node:crypto";
import { EmendError } from "../../src/errors/EmendError.ts";
import type { Picture } from "../image/Picture.ts";
import { LruCache } from "../models/LruCache.ts";
import type { ModelContext } from "../models/ModelContext.ts";
import { openSafetyChecker } from "../safety/openSafetyChecker.ts";
import type { SafetyChecker } from "../safety/SafetyChecker.ts";
import type { SafetySetting } from "../safety/SafetySetting.ts";
import type { SafetyStatus } from "../safety/SafetyStatus.ts";
import { EditQueue } from "./EditQueue.ts";

/** In a conversation every result is the next turn's picture, and people go back a few. */
const remembered = 64;

const messages = {
  unsafe_picture:
    "the safety check refuses this picture, so it was not edited; docs/safety.md says what checks, and how to set it",
  unsafe_result:
    "the safety check refuses the result, so it was dropped; try other words or another seed, or see docs/safety.md",
};

/** Lets through what the safety checker has nothing against. Where there is no checker it lets everything through. */
export class SafetyGate {
  readonly status: SafetyStatus;
  readonly #checker: SafetyChecker | undefined;
  readonly #queue = new EditQueue();
  readonly #verdicts = new LruCache<string, boolean>(remembered);

  private constructor(status: SafetyStatus, checker: SafetyChecker | undefined) {
    this.status = status;
    this.#checker = checker;
  }

  /** @throws EmendError `bad_model`, `bad_usage` */
  static async open(
    checkpoint: { readonly folder: string; readonly name: string },
    setting: SafetySetting,
    context: ModelContext,
  ): Promise<SafetyGate> {
    const checker = await openSafetyChecker(checkpoint, setting, context);
    if (checker) return new SafetyGate({ state: "on", checker: checker.name }, checker);
    return new SafetyGate({ state: setting.checker === "off" ? "off" : "none" }, undefined);
  }

  /** @throws EmendError with that code when the picture is unsafe */
  async require(picture: Picture, code: keyof typeof messages): Promise<void> {
    if (!(await this.allows(picture))) throw new EmendError(code, messages[code]);
  }

  async allows(picture: Picture): Promise<boolean> {
    const checker = this.#checker;
    if (!checker) return true;
    const key = createHash("sha256")
      .update(`${picture.width} ${picture.height} `)
      .update(picture.data)
      .digest("base64");
    return this.#queue.run(async () => {
      const allowed = this.#verdicts.get(key) ?? !(await checker.isUnsafe(picture));
      this.#verdicts.set(key, allowed);
      return allowed;
    });
  }

  async close(): Promise<void> {
    await this.#checker?.close();
  }
}
