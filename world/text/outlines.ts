/** One letter's outline: drawing commands in font units, y upwards from the baseline. */
export interface Outline {
  /** `M x y`, `L x y` and `Q cx cy x y`, flat: the operation 0, 1 or 2, then its numbers. A contour begins with `M`. */
  readonly commands: readonly number[];
  /** How far the next letter is. */
  readonly advance: number;
}

/** What is read of a font file. */
export interface Outlines {
  /** The outline of a character. @throws RangeError when the font lacks it */
  readonly of: (char: string) => Outline;
}

const move = 0;
const line = 1;
const curve = 2;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/**
 * Reads the outlines of a TrueType font (tables cmap format 4, loca, glyf, hmtx; see the OpenType specification).
 * Letters are then drawn as paths, like everything else in the world: a system's font machinery, whose hinting and
 * smoothing differ between machines, has no part in them.
 */
export function readOutlines(file: Uint8Array): Outlines {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, number>();
  for (let i = 0, at = 12; i < view.getUint16(4); i++, at += 16) {
    tables.set(String.fromCharCode(...file.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const table = (name: string): number => {
    const at = tables.get(name);
    if (at === undefined) throw new RangeError(`the font has no ${name} table: it must be TrueType`);
    return at;
  };
  const [loca, glyf, hmtx, cmap] = [table("loca"), table("glyf"), table("hmtx"), table("cmap")];
  const longLoca = view.getInt16(table("head") + 50) === 1;
  const metrics = view.getUint16(table("hhea") + 34);
  const offsetOf = (glyph: number) =>
    glyf + (longLoca ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2);

  const segments = subtable(view, cmap);

  const contoursOf = (glyph: number): Point[][] => {
    const start = offsetOf(glyph);
    if (start === offsetOf(glyph + 1)) return [];
    const count = view.getInt16(start);
    return count < 0 ? composite(view, start + 10, contoursOf) : simple(view, start + 10, count);
  };

  const known = new Map<string, Outline>();
  return {
    of: (char) => {
      let outline = known.get(char);
      if (!outline) {
        const glyph = glyphOf(view, segments, char.codePointAt(0) as number);
        if (glyph === 0) throw new RangeError(`the font has no "${char}"`);
        outline = {
          commands: contoursOf(glyph).flatMap(commandsOf),
          advance: view.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4),
        };
        known.set(char, outline);
      }
      return outline;
    },
  };
}

/** Where the character map of format 4 begins. */
function subtable(view: DataView, cmap: number): number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + view.getUint32(cmap + 4 + i * 8 + 4);
    if (view.getUint16(at) === 4) return at;
  }
  throw new RangeError("the font has no character map of format 4");
}

/** A character's glyph, 0 where there is none. */
function glyphOf(view: DataView, at: number, code: number): number {
  const doubled = view.getUint16(at + 6);
  for (let i = 0; i < doubled; i += 2) {
    if (view.getUint16(at + 14 + i) < code) continue;
    const first = view.getUint16(at + 16 + doubled + i);
    if (first > code) return 0;
    const delta = view.getUint16(at + 16 + doubled * 2 + i);
    const rangeAt = at + 16 + doubled * 3 + i;
    const range = view.getUint16(rangeAt);
    const glyph = range === 0 ? code : view.getUint16(rangeAt + range + (code - first) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function simple(view: DataView, from: number, count: number): Point[][] {
  let at = from;
  const ends = Array.from({ length: count }, (_, i) => view.getUint16(at + i * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  at += count * 2;
  at += 2 + view.getUint16(at);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = view.getUint8(at++);
    flags.push(flag);
    if (flag & 8) for (let repeat = view.getUint8(at++); repeat > 0; repeat--) flags.push(flag);
  }
  /** Coordinates are steps: a byte with its sign in the flag, a word, or no step. */
  const coordinates = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += flag & same ? view.getUint8(at++) : -view.getUint8(at++);
      else if (!(flag & same)) {
        value += view.getInt16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(2, 16);
  const ys = coordinates(4, 32);
  return ends.map((end, i) => {
    const points: Point[] = [];
    for (let p = i === 0 ? 0 : (ends[i - 1] as number) + 1; p <= end; p++) {
      points.push({ x: xs[p] as number, y: ys[p] as number, on: ((flags[p] as number) & 1) === 1 });
    }
    return points;
  });
}

/** A glyph that is put together from others, moved and perhaps scaled. */
function composite(view: DataView, from: number, contoursOf: (glyph: number) => Point[][]): Point[][] {
  const contours: Point[][] = [];
  for (let at = from, more = true; more; ) {
    const flags = view.getUint16(at);
    const parts = contoursOf(view.getUint16(at + 2));
    const words = (flags & 1) !== 0;
    const dx = words ? view.getInt16(at + 4) : view.getInt8(at + 4);
    const dy = words ? view.getInt16(at + 6) : view.getInt8(at + 5);
    at += words ? 8 : 6;
    const scale = () => {
      at += 2;
      return view.getInt16(at - 2) / 16384;
    };
    let [xx, xy, yx, yy] = [1, 0, 0, 1];
    if (flags & 8) xx = yy = scale();
    else if (flags & 0x40) [xx, yy] = [scale(), scale()];
    else if (flags & 0x80) [xx, xy, yx, yy] = [scale(), scale(), scale(), scale()];
    for (const points of parts) {
      contours.push(points.map(({ x, y, on }) => ({ x: x * xx + y * yx + dx, y: x * xy + y * yy + dy, on })));
    }
    more = (flags & 0x20) !== 0;
  }
  return contours;
}

/** TrueType leaves out the points on the curve that lie midway between two control points. */
function commandsOf(contour: readonly Point[]): number[] {
  const first = contour[0];
  if (!first) return [];
  const points = [...contour];
  const last = points.at(-1) as Point;
  if (!first.on) points.unshift(last.on ? last : { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, on: true });
  const start = points[0] as Point;
  points.push(start);
  const commands: number[] = [move, start.x, start.y];
  for (let i = 1; i < points.length; i++) {
    const point = points[i] as Point;
    const next = points[i + 1];
    if (point.on) commands.push(line, point.x, point.y);
    else if (!next || next.on) {
      const end = next ?? start;
      commands.push(curve, point.x, point.y, end.x, end.y);
      i++;
    } else commands.push(curve, point.x, point.y, (point.x + next.x) / 2, (point.y + next.y) / 2);
  }
  return commands;
}
