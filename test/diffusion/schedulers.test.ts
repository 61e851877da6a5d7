import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeSampler } from "../../gpu-worker/diffusion/makeSampler.ts";
import { seededNoise } from "../../gpu-worker/diffusion/noise.ts";

/** Made by training/goldens/make_schedulers.py from diffusers' own schedulers. */
interface Golden {
  seed: number;
  count: number;
  cases: {
    config: Record<string, unknown>;
    steps: number;
    eta: number;
    timesteps: number[];
    rounding: number;
    result: number[];
  }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL("../golden/schedulers/cases.json", import.meta.url), "utf8"));

/** The stand-in for the network, as in make_schedulers.py. */
const network = async (x: Float32Array, t: number) =>
  x.map((v, i) => 0.6 * v + 0.3 * ((((7 * i) % 5) - 2) / 2) * (t / 1000) + (0.2 * v) / (1 + v * v));

async function run({ config, steps, eta }: Golden["cases"][number]) {
  const sampler = makeSampler(config, steps);
  const noise = seededNoise(golden.seed);
  const start = noise(0, golden.count).map((value) => value * sampler.initialScale);
  return { sampler, result: await sampler.sample(network, start, { noise, eta }) };
}

const names = [...new Set(golden.cases.map(({ config }) => String(config._class_name)))];

describe.each(names)("%s", (name) => {
  const cases = golden.cases.filter(({ config }) => config._class_name === name);

  // float32 storage of x between steps costs ~1e-7; 1e-5 relative to the largest value is the promise.
  it(`meets diffusers in all ${cases.length} configurations`, async () => {
    for (const each of cases) {
      const label = `${JSON.stringify(each.config)} in ${each.steps} steps`;
      const { sampler, result } = await run(each);
      expect(sampler.steps.length, label).toBe(each.timesteps.length);
      for (const [i, { timestep }] of sampler.steps.entries())
        expect(timestep, label).toBeCloseTo(each.timesteps[i]!, 3);
      const scale = Math.max(1, ...each.result.map(Math.abs));
      const error = Math.max(...each.result.map((value, i) => Math.abs(value - result[i]!))) / scale;
      expect(error, label).toBeLessThan(1e-5);
    }
  });
});

describe("makeSampler", () => {
  const base = { _class_name: "DDIMScheduler", beta_schedule: "scaled_linear", clip_sample: false };

  it("starts at the last timestep, without signal, for zero terminal SNR and trailing spacing", () => {
    const config = { ...base, rescale_betas_zero_snr: true, timestep_spacing: "trailing", prediction_type: "sample" };
    const [first] = makeSampler(config, 10).steps;
    expect(first).toMatchObject({ timestep: 999, from: { alpha: 0, sigma: 1 } });
  });

  it("refuses noise prediction where there is no signal", () => {
    const config = { ...base, rescale_betas_zero_snr: true, timestep_spacing: "trailing" };
    expect(() => makeSampler(config, 10)).toThrow(/"epsilon" is undefined at zero terminal SNR/);
    expect(makeSampler({ ...config, timestep_spacing: "leading" }, 10).steps[0]!.timestep).toBe(900);
  });

  it("takes exactly the steps asked for, where numpy's arange has one too many", () => {
    const { steps } = makeSampler({ ...base, timestep_spacing: "trailing" }, 61);
    expect(steps.length).toBe(61);
    expect(steps.at(-1)!.timestep).toBe(15);
  });

  it("names every switch that it does not follow", () => {
    const config = {
      _class_name: "DPMSolverMultistepScheduler",
      algorithm_type: "sde-dpmsolver++",
      thresholding: true,
    };
    expect(() => makeSampler(config, 5)).toThrow(
      /thresholding is not supported.*false; algorithm_type.*"dpmsolver\+\+"/,
    );
    expect(() => makeSampler({ ...base, prediction_type: "flow" }, 5)).toThrow(/prediction_type/);
    expect(() => makeSampler({ _class_name: "PNDMScheduler" }, 5)).toThrow(/one of DDIMScheduler, EulerDiscrete/);
    expect(() => makeSampler(null, 5)).toThrow(/scheduler_config.json/);
  });

  it("refuses more steps than timesteps", () => {
    expect(() => makeSampler({ ...base, num_train_timesteps: 50 }, 51)).toThrow(/at most 50/);
    expect(() => makeSampler({ ...base, num_train_timesteps: 50, steps_offset: 1 }, 50)).toThrow(/fewer/);
  });

  it("ignores keys of other schedulers, as diffusers does", () => {
    const config = { _class_name: "EulerAncestralDiscreteScheduler", use_karras_sigmas: true, skip_prk_steps: true };
    expect(makeSampler(config, 3).steps.map(({ timestep }) => timestep)).toEqual([999, 499.5, 0]);
  });

  it("reports every step's estimate of the result", async () => {
    const seen: number[] = [];
    const sampler = makeSampler({ ...base, prediction_type: "sample" }, 4);
    const result = await sampler.sample(async (x) => x.map(() => 0.25), new Float32Array(2), {
      noise: seededNoise(0),
      onStep: (done, x0) => void seen.push(done, x0[0]!),
    });
    expect(seen).toEqual([1, 0.25, 2, 0.25, 3, 0.25, 4, 0.25]);
    expect(result).toEqual(Float32Array.of(0.25, 0.25));
  });
});
