import { describe, expect, it } from "vitest";
import { validateRequest, validateTask } from "../../gpu-worker/engine/validateRequest.ts";

const good = { instruction: "make the boat red", task: "auto", seed: 1 };

describe("validateRequest", () => {
  it("lets good requests pass", () => {
    validateRequest(good);
    validateRequest({ ...good, seed: 2 ** 32 - 1, steps: 200, textGuidance: 0, imageGuidance: 1.5 });
    for (const alpha of [0, 0.03, 1]) validateRequest({ ...good, alpha });
    validateRequest({ ...good, instruction: "x".repeat(1000) });
  });

  it.each([
    [{ instruction: "" }, "bad_instruction", /empty/],
    [{ instruction: " \n\t" }, "bad_instruction", /empty/],
    [{ instruction: "x".repeat(5000) }, "bad_instruction", /5000 characters.*1000/],
    [{ seed: -1 }, "bad_usage", /seed.*0 to 4294967295 \(got -1\)/],
    [{ seed: 2 ** 32 }, "bad_usage", /seed/],
    [{ seed: Number.NaN }, "bad_usage", /seed.*NaN/],
    [{ steps: 0 }, "bad_usage", /steps.*1 to 200 \(got 0\)/],
    [{ steps: 201 }, "bad_usage", /steps/],
    [{ steps: 2.5 }, "bad_usage", /steps/],
    [{ textGuidance: -1 }, "bad_usage", /text guidance/],
    [{ textGuidance: Number.NaN }, "bad_usage", /text guidance/],
    [{ alpha: -0.01 }, "bad_usage", /alpha.*0 to 1 \(got -0.01\)/],
    [{ alpha: 1.5 }, "bad_usage", /alpha/],
    [{ alpha: Number.NaN }, "bad_usage", /alpha.*NaN/],
    [{ imageGuidance: Number.POSITIVE_INFINITY }, "bad_usage", /image guidance/],
  ])("refuses %o", (change, code, message) => {
    expect(() => validateRequest({ ...good, ...change })).toThrow(expect.objectContaining({ code }));
    expect(() => validateRequest({ ...good, ...change })).toThrow(message);
  });

  it("lists the tasks that there are", () => {
    validateTask("auto", []);
    validateTask("add", ["add", "remove"]);
    expect(() => validateTask("dance", ["add", "remove"])).toThrow(/"dance"; choose auto or one of add, remove/);
    expect(() => validateTask("add", [])).toThrow(/has no tasks/);
  });
});
