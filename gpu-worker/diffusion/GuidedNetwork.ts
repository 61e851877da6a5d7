import type { TensorData } from "../graph/TensorData.ts";
import type { DeepDenoised, DeepInput } from "../models/EditModel.ts";
import { cosineSimilarity } from "./cosineSimilarity.ts";
import type { Branch } from "./guidance.ts";
import { type BranchPlan, type PlanSettings, planStep } from "./planStep.ts";

/** One evaluation of a branch; `deep` is absent without DeepCache. */
export type Evaluate = (
  latent: Float32Array,
  timestep: number,
  evaluation: { readonly branch: Branch; readonly deep?: DeepInput },
) => Promise<DeepDenoised>;

export interface GuidedNetworkSettings extends PlanSettings {
  /**
   * The branches of a step are asked for at once, so that they can share an evaluation, rather than one after the other
   * (on CPU a batch of three costs exactly three evaluations).
   */
  readonly branchesTogether?: boolean;
}

/**
 * The network behind guidance for one edit: called once per step, in order, it evaluates the branches that `planStep`
 * names and remembers what may be reused.
 */
export class GuidedNetwork {
  /** Evaluations of the whole network so far, all branches counted, and those of its outer layers. */
  readonly evaluations = { whole: 0, shallow: 0 };
  readonly #settings: GuidedNetworkSettings;
  readonly #evaluate: Evaluate;
  readonly #predictions = new Map<Branch, Float32Array>();
  readonly #features = new Map<Branch, TensorData>();
  readonly #history = {
    evaluated: new Map<Branch, number>(),
    whole: new Map<Branch, number>(),
    textEnded: false,
    imageEnded: false,
  };
  #step = 0;

  constructor(settings: GuidedNetworkSettings, evaluate: Evaluate) {
    this.#settings = settings;
    this.#evaluate = evaluate;
  }

  /** The guided prediction of the next step, `[n]`. */
  async predict(latent: Float32Array, timestep: number): Promise<Float32Array> {
    const step = this.#step++;
    const plan = planStep(step, this.#settings, this.#history);
    const made = plan.filter(({ how }) => how !== "reuse");
    if (this.#settings.branchesTogether) {
      await Promise.all(made.map((each) => this.#make(each, step, latent, timestep)));
    } else for (const each of made) await this.#make(each, step, latent, timestep);
    this.#adapt(plan, step);
    return this.#sum(plan);
  }

  async #make({ branch, how }: BranchPlan, step: number, latent: Float32Array, timestep: number): Promise<void> {
    const { deepCache } = this.#settings.acceleration;
    const use = how === "shallow" ? this.#features.get(branch) : undefined;
    const deep = deepCache && { branch: deepCache.branch, ...(use && { use }) };
    const made = await this.#evaluate(latent, timestep, { branch, ...(deep && { deep }) });
    this.#predictions.set(branch, made.prediction.data);
    this.#history.evaluated.set(branch, step);
    this.evaluations[use ? "shallow" : "whole"]++;
    if (use) return;
    this.#history.whole.set(branch, step);
    if (made.deep) this.#features.set(branch, made.deep);
  }

  /** Ends guidance between branches that say the same. */
  #adapt(plan: readonly BranchPlan[], step: number): void {
    const { similarity } = this.#settings.acceleration;
    if (similarity === undefined) return;
    const has = (branch: Branch) => plan.some((each) => each.branch === branch);
    const fresh = (branch: Branch) =>
      has(branch) && this.#history.evaluated.get(branch) === step ? this.#predictions.get(branch) : undefined;
    const [both, image, none] = [fresh("both"), fresh("image"), fresh("none")];
    const alike = (a: Float32Array | undefined, b: Float32Array | undefined) =>
      a !== undefined && b !== undefined && cosineSimilarity(a, b) >= similarity;
    if (has("none")) {
      this.#history.imageEnded ||= alike(image ?? both, none);
      // With s_T = s_I there is one guidance only, by text and image together.
      this.#history.textEnded ||= this.#history.imageEnded && !has("image");
    } else this.#history.textEnded ||= alike(both, image);
  }

  #sum(plan: readonly BranchPlan[]): Float32Array {
    const parts = plan.map(({ branch, weight }) => ({ weight, prediction: this.#predictions.get(branch)! }));
    const [first] = parts;
    if (parts.length === 1) return first!.prediction; // its weight is 1: the weights sum to 1
    const sum = new Float64Array(first!.prediction.length);
    for (const { weight, prediction } of parts) {
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * prediction[i]!;
    }
    return Float32Array.from(sum);
  }
}
