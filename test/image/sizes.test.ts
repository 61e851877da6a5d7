import { describe, expect, it } from "vitest";
import { encodePng, encoderFor } from "../../gpu-worker/image/encodePicture.ts";
import { fitSize } from "../../gpu-worker/image/fitSize.ts";
import { resizePicture } from "../../gpu-worker/image/resizePicture.ts";
import { gradient } from "./pictures.ts";

describe("fitSize", () => {
  const model = { multiple: 64, resolution: 512 };

  it.each([
    [512, 512, 512, 512],
    [640, 480, 576, 448],
    [480, 640, 448, 576],
    [1, 1, 512, 512],
    [4000, 3000, 576, 448],
  ])("%i × %i → %i × %i", (width, height, w, h) => {
    expect(fitSize({ width, height }, model)).toEqual({ width: w, height: h });
  });

  it("keeps to multiples, to the area and near the aspect ratio, for any picture", () => {
    for (const { multiple, resolution } of [model, { multiple: 8, resolution: 64 }, { multiple: 32, resolution: 64 }]) {
      for (let i = 0; i < 400; i++) {
        const [width, height] = [1 + ((i * 7919) % 4000), 1 + ((i * 104_729) % 4000)];
        const size = fitSize({ width, height }, { multiple, resolution });
        const area = (size.width * size.height) / resolution ** 2;
        const aspect = Math.abs(Math.log((size.width / size.height / width) * height));
        expect((size.width % multiple) + (size.height % multiple)).toBe(0);
        expect(area).toBeLessThanOrEqual(1.5);
        if (multiple * 8 <= resolution && Math.abs(Math.log(width / height)) < 1) {
          expect(area).toBeGreaterThan(0.7);
          expect(aspect).toBeLessThan(0.08);
        }
      }
    }
  });
});

describe("resizePicture", () => {
  it("returns the same picture for the same size and keeps flat colours flat", async () => {
    const picture = gradient(33, 21);
    expect(await resizePicture(picture, picture)).toBe(picture);
    const small = await resizePicture(picture, { width: 16, height: 16 });
    expect(small.data.length).toBe(16 * 16 * 3);
    expect(Math.abs(small.data[2]! - 128)).toBeLessThanOrEqual(1);
  });
});

describe("encoders", () => {
  it("write the same bytes for the same picture", async () => {
    expect(await encodePng(gradient(50, 40))).toEqual(await encodePng(gradient(50, 40)));
  });

  it("are chosen by extension", async () => {
    const starts = { "a.png": "\x89PNG", "b.JPG": "\xff\xd8", "c.jpeg": "\xff\xd8", "d.webp": "RIFF" };
    for (const [file, start] of Object.entries(starts)) {
      expect((await encoderFor(file)!(gradient(8, 8))).toString("latin1").startsWith(start), file).toBe(true);
    }
    expect(encoderFor("e.gif")).toBeUndefined();
    expect(encoderFor("noextension")).toBeUndefined();
  });
});
