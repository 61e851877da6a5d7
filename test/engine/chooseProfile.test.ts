import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fastProfile, profileSettings } from "../../gpu-worker/diffusion/profileSettings.ts";
import { type Circumstances, chooseProfile, patience } from "../../gpu-worker/engine/chooseProfile.ts";
import { ProfileChooser, type ProfileOptions } from "../../gpu-worker/engine/ProfileChooser.ts";
import { fakeModel } from "../diffusion/fakeModel.ts";

/** A full-size checkpoint where an exact edit takes `seconds` at 512 px, and a fast one a tenth. */
const circumstances = (seconds: number, more: Partial<Circumstances> = {}): Circumstances => ({
  picture: { width: 1600, height: 1200 },
  trained: 512,
  machine: "2 cores",
  availableBytes: 16e9,
  predict: (profile, side) => seconds * (side / 512) ** 2 * (profile === "exact" ? 1 : 0.1),
  ...more,
});

describe("auto", () => {
  it("is exact where that is quick enough", () => {
    const { reason, ...chosen } = chooseProfile({ profile: "auto" }, circumstances(4));
    expect(chosen).toEqual({ name: "exact", resolution: 512 });
    expect(reason).toBe("takes about 4 s on 2 cores");
  });

  it.each([
    [200, 512],
    [450, 384],
    [900, 256],
    [90_000, 256],
  ])("is fast otherwise, at the largest resolution that is quick enough: %d s, %d px", (seconds, resolution) => {
    expect(chooseProfile({ profile: "auto" }, circumstances(seconds))).toMatchObject({ name: "fast", resolution });
  });

  it("says in one line what exact would have taken, and what this takes", () => {
    const { reason } = chooseProfile({ profile: "auto" }, circumstances(900));
    expect(reason).toBe("exact at 512 px would take about 15 minutes on 2 cores; this takes about 23 s");
  });

  it("works at no more pixels than the picture has", () => {
    const small = { picture: { width: 320, height: 180 } };
    expect(chooseProfile({ profile: "fast" }, circumstances(10, small)).resolution).toBe(256);
    const middle = { picture: { width: 400, height: 300 } };
    expect(chooseProfile({ profile: "fast" }, circumstances(10, middle)).resolution).toBe(384);
  });

  it("stays within memory, and says so", () => {
    const { resolution, reason } = chooseProfile({ profile: "auto" }, circumstances(4, { availableBytes: 2e9 }));
    expect(resolution).toBe(384);
    expect(reason).toMatch(/memory for 384 px/);
  });

  it("leaves a small model's only resolution alone, however slow the machine is", () => {
    expect(chooseProfile({ profile: "auto" }, circumstances(1e5, { trained: 64 })).resolution).toBe(64);
  });

  it("never picks more than was trained on or asked for, and is quick enough where anything is", () =>
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.constantFrom(64, 256, 512, 768),
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 4000 }),
        (seconds, trained, width, height) => {
          const all = circumstances(seconds, { trained, picture: { width, height } });
          const { name, resolution } = chooseProfile({ profile: "auto" }, all);
          expect(resolution).toBeLessThanOrEqual(trained);
          const least = Math.max(trained / 2, Math.min(trained, 256));
          expect(resolution).toBeGreaterThanOrEqual(least);
          if (all.predict("fast", least) <= patience)
            expect(all.predict(name, resolution)).toBeLessThanOrEqual(patience);
        },
      ),
    ));
});

describe("what is asked for stands:", () => {
  it("exact keeps the checkpoint's resolution, however long it takes", () => {
    expect(chooseProfile({ profile: "exact" }, circumstances(1e5))).toEqual({
      ...{ name: "exact", resolution: 512, reason: "asked for" },
    });
  });

  it("a resolution is taken in every profile", () => {
    for (const profile of ["auto", "exact", "fast"] as const) {
      expect(chooseProfile({ profile, resolution: 320 }, circumstances(1e5)).resolution).toBe(320);
    }
  });

  it("steps and sampler are taken in every profile", () => {
    const asked = { steps: 30, sampler: "euler" } as const;
    const model = { defaults: { steps: 20 }, schedulerConfig: {} };
    expect(profileSettings("exact", asked, model)).toEqual(asked);
    expect(profileSettings("fast", asked, model)).toEqual({ ...fastProfile, ...asked });
  });
});

describe("the fast profile", () => {
  const of = (steps: number, schedulerConfig = {}) =>
    profileSettings("fast", {}, { defaults: { steps }, schedulerConfig });

  it("takes no more steps than the checkpoint does by itself, and leaves an edit of one step alone", () => {
    expect(of(50)).toEqual(fastProfile);
    expect(of(4)).toEqual({ ...fastProfile, steps: 4 });
    expect(of(1)).toEqual({ steps: 1 });
  });

  it("keeps the sampler of a checkpoint that does not predict noise", () => {
    expect(of(50, { prediction_type: "epsilon" }).sampler).toBe("unipc");
    expect(of(50, { prediction_type: "sample" })).not.toHaveProperty("sampler");
    expect(of(50, { prediction_type: "v_prediction" })).not.toHaveProperty("sampler");
  });
});

describe("ProfileChooser", () => {
  const request = {
    picture: { width: 512, height: 512, data: new Uint8Array(0) },
    textGuidance: 7.5,
    imageGuidance: 1.5,
  };
  const model = fakeModel({ resolution: 512, defaults: { steps: 20, textGuidance: 7.5, imageGuidance: 1.5 } });

  it("predicts by the network's work and the machine's speed, which it measures once", async () => {
    let measured = 0;
    const speed = async () => {
      measured++;
      return 1e12; // 60 evaluations of 512² · 10⁶ multiplications: 15.7 s
    };
    const chooser = new ProfileChooser(model, { profile: "auto", threads: 2, speed });
    const expected = { name: "exact", resolution: 512, reason: "takes about 16 s on 2 cores", decoder: "full" };
    expect(await chooser.choose(request)).toEqual(expected);
    expect(await chooser.choose({ ...request, steps: 60 })).toMatchObject({ name: "fast" });
    expect(measured).toBe(1);
  });

  it("decodes by the tiny autoencoder what is fast, where there is one, and counts that", async () => {
    const decode = { full: 40e12, tiny: 1e12 };
    const heavy = (hasTinyDecoder: boolean) => ({
      ...model,
      hasTinyDecoder,
      work: () => ({ ...{ whole: 1, shallow: 1, encode: 0 }, decode }),
    });
    const choose = (hasTinyDecoder: boolean, options: ProfileOptions = {}) =>
      new ProfileChooser(heavy(hasTinyDecoder), { profile: "fast", speed: async () => 1e12, ...options }).choose(
        request,
      );
    expect(await choose(true)).toMatchObject({
      decoder: "tiny",
      resolution: 512,
      reason: expect.stringMatching(/about 1 s/),
    });
    expect(await choose(false)).toMatchObject({
      decoder: "full",
      resolution: 256,
      reason: expect.stringMatching(/about 40 s/),
    });
    expect(await choose(true, { decoder: "full" })).toMatchObject({
      decoder: "full",
      reason: expect.stringMatching(/about 40 s/),
    });
    expect(await choose(true, { profile: "exact" })).toMatchObject({ decoder: "full" });
    expect(await choose(true, { profile: "exact", decoder: "tiny" })).toMatchObject({ name: "exact", decoder: "tiny" });
  });

  it("measures nothing for what is exact", async () => {
    const speed = () => Promise.reject(new Error("not wanted"));
    expect((await new ProfileChooser(model, { speed }).choose(request)).name).toBe("exact");
    const auto = new ProfileChooser(model, { profile: "auto", speed });
    expect((await auto.choose({ ...request, profile: "exact" })).name).toBe("exact");
  });
});
