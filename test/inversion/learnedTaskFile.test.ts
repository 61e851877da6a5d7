import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LearnedTask } from "../../gpu-worker/tasks/learned/LearnedTask.ts";
import { readLearnedTask, writeLearnedTask } from "../../gpu-worker/tasks/learned/learnedTaskFile.ts";

const numbers = fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const task: fc.Arbitrary<LearnedTask> = fc.record({
  name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/),
  description: fc.string({ maxLength: 100 }),
  instructions: fc.array(fc.string({ maxLength: 50 }), { maxLength: 5 }),
  checkpoint: hash,
  examples: fc.array(hash, { maxLength: 4 }),
  seed: fc.nat(),
  steps: fc.nat(),
  losses: fc.array(fc.tuple(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 4 }),
  conditioning: fc.record({ task: numbers, tokens: numbers, time: numbers }, { requiredKeys: ["task"] }),
});

describe("the file of a learned task", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(task, (written) => {
        const plain = JSON.parse(JSON.stringify(written.losses));
        expect(readLearnedTask(writeLearnedTask(written))).toEqual({ ...written, losses: plain });
      }),
    );
  });

  it("is refused in one line when it was cut, changed in its header, or is anything else", () => {
    const [sample] = fc.sample(task, { numRuns: 1, seed: 5 }) as [LearnedTask];
    const bytes = writeLearnedTask(sample);
    const refused = (spoilt: Uint8Array) => {
      try {
        readLearnedTask(spoilt);
      } catch (error) {
        expect(error).toMatchObject({ code: "bad_usage" });
        expect((error as Error).message).not.toContain("\n");
        return true;
      }
      return false;
    };
    for (let length = 0; length < bytes.length; length += 7) expect(refused(bytes.subarray(0, length))).toBe(true);
    expect(refused(new TextEncoder().encode("hello"))).toBe(true);
    expect(refused(new Uint8Array(2_000_000))).toBe(true);
    const text = new TextDecoder("latin1").decode(bytes);
    const swap = (from: string, to: string) => Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0));
    expect(refused(swap("emend-learned-task", "something-else-yet"))).toBe(true);
    expect(refused(swap('"task":{', '"tusk":{'))).toBe(true);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) => {
        expect(refused(any)).toBe(true);
      }),
    );
  });

  it("is refused when any byte of it is another", () => {
    const [sample] = fc.sample(task, { numRuns: 1, seed: 8 }) as [LearnedTask];
    const bytes = writeLearnedTask(sample);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const spoilt = Uint8Array.from(bytes);
        spoilt[at]! ^= change;
        try {
          // A blank of the header's padding may become another blank.
          expect(readLearnedTask(spoilt)).toEqual(readLearnedTask(bytes));
        } catch (error) {
          expect(error).toMatchObject({ code: "bad_usage" });
        }
      }),
    );
  });

  it("is refused when a number is not finite", () => {
    const [sample] = fc.sample(task, { numRuns: 1 }) as [LearnedTask];
    const spoilt = { ...sample, conditioning: { task: Float32Array.of(1, Number.NaN) } };
    expect(() => readLearnedTask(writeLearnedTask(spoilt))).toThrow(/not finite/);
  });
});
