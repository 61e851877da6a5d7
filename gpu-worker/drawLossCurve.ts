import type { Picture } from "./image/Picture.ts";

/** Pixels. */
const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { left: 76, right: 20, top: 20, bottom: 40 };
/** Half the thickness of the curve. */
const PEN = 1.5;
/** One dot of a digit. */
const DOT = 3;

const BACKGROUND = [43, 45, 49] as const;
const GRID = [78, 80, 88] as const;
const CURVE = [88, 166, 255] as const;
const TEXT = [200, 202, 208] as const;
type Colour = readonly [number, number, number];

/** 3 × 5 dots a sign, rows from the top: axis labels need no font, and the worker has none. */
const GLYPHS: Record<string, string> = {
  "0": "111101101101111",
  ...{ "1": "010110010010111", "2": "111001111100111", "3": "111001111001111" },
  ...{ "4": "101101111001001", "5": "111100111001111", "6": "111100111101111", "7": "111001001001001" },
  ...{ "8": "111101111101111", "9": "111101111001111", ".": "000000000000010", "-": "000000111000000" },
  e: "000111111100111",
};

/** The loss by gradient steps: both axes begin at zero, so that a small gain looks small. */
export function drawLossCurve(losses: readonly (readonly [step: number, loss: number])[]): Picture {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  const plot = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const points = losses.filter(([, loss]) => Number.isFinite(loss));
  const mostSteps = Math.max(1, ...points.map(([step]) => step));
  const mostLoss = Math.max(...points.map(([, loss]) => loss), Number.MIN_VALUE);

  fill(0, 0, WIDTH, HEIGHT, BACKGROUND);
  for (let i = 0; i <= 4; i++) {
    fill(MARGIN.left, MARGIN.top + Math.round((plot.height * i) / 4), plot.width, 1, GRID);
  }
  write(label(mostLoss), MARGIN.left - 8, MARGIN.top - 7);
  write("0", MARGIN.left - 8, MARGIN.top + plot.height - 7);
  write(String(mostSteps), WIDTH - MARGIN.right, HEIGHT - 26);

  const at = ([step, loss]: readonly [number, number]) => ({
    x: MARGIN.left + (plot.width * step) / mostSteps,
    y: MARGIN.top + plot.height * (1 - Math.max(0, loss) / mostLoss),
  });
  for (let i = 0; i < points.length; i++) {
    const [from, to] = [at(points[Math.max(0, i - 1)]!), at(points[i]!)];
    const length = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)) + 1;
    for (let step = 0; step <= length; step++) {
      const x = from.x + ((to.x - from.x) * step) / length;
      const y = from.y + ((to.y - from.y) * step) / length;
      fill(Math.round(x - PEN), Math.round(y - PEN), 2 * PEN, 2 * PEN, CURVE);
    }
  }
  return { width: WIDTH, height: HEIGHT, data };

  function fill(left: number, top: number, width: number, height: number, colour: Colour): void {
    for (let y = Math.max(0, top); y < Math.min(HEIGHT, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(WIDTH, left + width); x++) data.set(colour, (y * WIDTH + x) * 3);
    }
  }

  /** Right-aligned. */
  function write(text: string, right: number, top: number): void {
    const left = right - text.length * 4 * DOT + DOT;
    [...text].forEach((sign, i) => {
      [...(GLYPHS[sign] ?? "")].forEach((dot, n) => {
        if (dot === "1") fill(left + (4 * i + (n % 3)) * DOT, top + Math.floor(n / 3) * DOT, DOT, DOT, TEXT);
      });
    });
  }
}

/** Four significant signs at most: "0.312", "12.5", "3e-5". */
function label(value: number): string {
  if (value < 1e-3 || value >= 1e4) return value.toExponential(0).replace("+", "");
  return String(Number(value.toPrecision(3)));
}
