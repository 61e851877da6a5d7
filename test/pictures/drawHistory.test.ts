import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type Box, drawHistory, type HistoryTurn } from "../../src/pictures/drawHistory.ts";
import { palette } from "../../src/pictures/palette.ts";

const plain = (r: number, g: number, b: number) => () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer();

const turn = (id: string, parent: string | null, change: Partial<HistoryTurn> = {}): HistoryTurn => ({
  ...{ id, parent, label: id, instruction: `make ${id}`, task: "texture", thumbnail: null, isCurrent: false },
  ...change,
});

async function pixelsOf(png: Uint8Array) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)];
}

const hex = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

const overlaps = (a: Box, b: Box) =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

describe("the drawn history", () => {
  it("shows every turn's picture in a box of its own, inside the drawing, and the same again", async () => {
    const turns = [
      turn("0", null, { thumbnail: plain(200, 0, 0) }),
      turn("1", "0", { thumbnail: plain(0, 200, 0) }),
      turn("2", "0", { thumbnail: plain(0, 0, 200), isCurrent: true }),
      turn("3", "1", { thumbnail: plain(200, 200, 0) }),
    ];
    const { png, boxes, width, height, leftOut, shown } = await drawHistory(turns);
    expect([shown, leftOut]).toEqual([["0", "1", "2", "3"], 0]);
    expect(await sharp(png).metadata()).toMatchObject({ format: "png", width, height });
    const at = await pixelsOf(png);
    const colors = { 0: [200, 0, 0], 1: [0, 200, 0], 2: [0, 0, 200], 3: [200, 200, 0] };
    for (const [id, box] of boxes) {
      expect(at(box.left + box.width / 2, box.top + 80)).toEqual(colors[Number(id) as 0]);
      expect(box.left + box.width).toBeLessThan(width);
      for (const [other, place] of boxes) if (other !== id) expect(overlaps(box, place)).toBe(false);
    }
    expect((await drawHistory(turns)).png).toEqual(png);
  });

  it("marks the way to the current turn, and no other", async () => {
    const turns = [turn("0", null), turn("1", "0"), turn("2", "0", { isCurrent: true }), turn("3", "2")];
    const { png, boxes } = await drawHistory(turns);
    const at = await pixelsOf(png);
    const edge = (id: string) => {
      const { left, top, height } = boxes.get(id) as Box;
      return at(left, top + Math.round(height / 4));
    };
    expect([edge("0"), edge("2")]).toEqual([hex(palette.path), hex(palette.path)]);
    expect(edge("1")).not.toEqual(hex(palette.path));
    expect(edge("3")).not.toEqual(hex(palette.path));
  });

  it("stays small for a large tree, says how many turns are left out, and does not read their pictures", async () => {
    let reads = 0;
    const thumbnail = async () => {
      reads++;
      return new Uint8Array();
    };
    const turns = Array.from({ length: 300 }, (_, i) =>
      turn(`${i}`, i === 0 ? null : `${Math.floor((i - 1) / 2)}`, { thumbnail, isCurrent: i === 200 }),
    );
    const { shown, leftOut, width, height } = await drawHistory(turns);
    expect(reads).toBe(shown.length);
    expect(shown).toContain("200");
    expect(shown).toContain("0");
    expect(shown.length + leftOut).toBe(300);
    expect(shown.length).toBeLessThanOrEqual(24);
    expect(Math.max(width, height)).toBeLessThan(7_000);
  });

  it.each([
    ["right to left", "اجعل القارب أحمر من فضلك وأضف بطة صغيرة أمامه"],
    ["Chinese", "让船变红并加上一只鸭子在前面吧让船变红并加上一只鸭子在前面吧"],
    ["emoji", "🚤👩‍👩‍👧‍👦".repeat(80)],
    ["one endless word", "x".repeat(1_000)],
    ["half a character", "a\ud83d"],
    ["nothing", ""],
  ])("keeps words inside their box: %s", async (_, instruction) => {
    const { png, boxes } = await drawHistory([turn("0", null, { instruction, isCurrent: true })]);
    const { left, top, width, height } = boxes.get("0") as Box;
    const at = await pixelsOf(png);
    for (let y = top + 160; y < top + height - 6; y++) {
      expect(at(left + width + 6, y)).toEqual(hex(palette.background));
      expect(at(left + 6, y)).toEqual(hex(palette.box));
      expect(at(left + width - 6, y)).toEqual(hex(palette.box));
    }
  });

  it("draws a turn whose file is damaged or gone as one without a picture", async () => {
    const broken = await drawHistory([
      turn("0", null, { thumbnail: async () => new Uint8Array([1, 2, 3]), isCurrent: true }),
    ]);
    const gone = await drawHistory([
      turn("0", null, { thumbnail: () => Promise.reject(new Error()), isCurrent: true }),
    ]);
    const none = await drawHistory([turn("0", null, { isCurrent: true })]);
    expect([broken.png, gone.png]).toEqual([none.png, none.png]);
  });
});
