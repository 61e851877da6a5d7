import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import { chooseShown, type Shown } from "./chooseShown.ts";
import { directionOf } from "./directionOf.ts";
import { font } from "./font.ts";
import { layoutTree } from "./layoutTree.ts";
import { palette } from "./palette.ts";
import { thumbnail } from "./thumbnail.ts";
import { wrapText } from "./wrapText.ts";

/** One turn of a conversation as it is drawn; knows no store. */
export interface HistoryTurn {
  readonly id: string;
  readonly parent: string | null;
  /** Stands at the turn, and wherever else it is named: "3". */
  readonly label: string;
  /** Somebody's words; may be empty for the picture that everything began with. */
  readonly instruction: string;
  readonly task: string | null;
  /**
   * Reads a picture file of our own worker; called once if the turn is shown, and for one turn at a time. Null when
   * there is none, which a failure means, too.
   */
  readonly thumbnail: (() => Promise<Uint8Array>) | null;
  /** What to write instead of a thumbnail. */
  readonly note?: string;
  /** Exactly one turn is. */
  readonly isCurrent: boolean;
}

export interface DrawnHistory {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Ids of the turns in the drawing. */
  readonly shown: string[];
  /** How many turns are not. */
  readonly leftOut: number;
  /** Where each shown turn stands. Pixels. */
  readonly boxes: ReadonlyMap<string, Box>;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** More cannot be told apart in a message, and must stay below what Discord shows at all. */
const MOST = { items: 24, columns: 8 };

/** Pixels. */
const BOX = { width: 208, height: 238 };
const PICTURE = { width: 192, height: 144 };
const PAD = 8;
const GAP = { x: 64, y: 24 };
const MARGIN = 24;
const LINE = 24;
const RADIUS = 10;
const TEXT = 19;
const SMALL = 15;

/**
 * The tree of a conversation as a PNG: it grows to the right, arrows lead from a picture to what was made of it, and
 * the way from the beginning to the current turn is marked by colour, thicker lines and a filled label.
 * @param turns parents before their children
 */
export async function drawHistory(turns: readonly HistoryTurn[]): Promise<DrawnHistory> {
  const current = turns.find(({ isCurrent }) => isCurrent) ?? turns.at(-1);
  if (!current) throw new RangeError("a conversation has at least one turn");
  const shown = chooseShown(turns, current.id, MOST);
  const boxes = boxesOf(shown);
  const path = new Set<string>();
  const parents = new Map(shown.map(({ item, parent }) => [item.id, parent]));
  for (let id: string | null | undefined = current.id; id != null; id = parents.get(id)) path.add(id);

  const width = Math.max(...Array.from(boxes.values(), (box) => box.left + box.width)) + MARGIN;
  const height = Math.max(...Array.from(boxes.values(), (box) => box.top + box.height)) + MARGIN;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);

  // The marked way last, so that no other arrow crosses over it.
  const arrows = shown.filter(({ parent }) => parent !== null);
  const isMarked = ({ item, parent }: Shown<HistoryTurn>) => path.has(item.id) && path.has(parent ?? "");
  for (const each of [...arrows.filter((arrow) => !isMarked(arrow)), ...arrows.filter(isMarked)]) {
    const [from, to] = [boxes.get(each.parent ?? ""), boxes.get(each.item.id)];
    if (from && to) drawArrow(context, from, to, isMarked(each), each.skipped);
  }
  for (const each of shown) {
    const picture = await pictureOf(each.item);
    drawTurn(context, boxes.get(each.item.id) as Box, each, picture, path.has(each.item.id));
  }
  const png = new Uint8Array(await canvas.encode("png"));
  const ids = shown.map(({ item }) => item.id);
  return { png, width, height, shown: ids, leftOut: turns.length - ids.length, boxes };
}

async function pictureOf({ thumbnail: read }: HistoryTurn): Promise<Canvas | null> {
  try {
    return read && (await thumbnail(await read(), PICTURE));
  } catch {
    return null;
  }
}

function boxesOf(shown: readonly Shown<HistoryTurn>[]): Map<string, Box> {
  const places = layoutTree(shown.map(({ item, parent }) => ({ id: item.id, parent })));
  return new Map(
    Array.from(places, ([id, { column, row }]) => [
      id,
      {
        left: MARGIN + column * (BOX.width + GAP.x),
        top: Math.round(MARGIN + row * (BOX.height + GAP.y)),
        ...BOX,
      },
    ]),
  );
}

function drawArrow(context: SKRSContext2D, from: Box, to: Box, marked: boolean, skipped: number): void {
  const [x0, y0] = [from.left + from.width, from.top + from.height / 2];
  const [x1, y1] = [to.left - 2, to.top + to.height / 2];
  const middle = (x0 + x1) / 2;
  context.strokeStyle = context.fillStyle = marked ? palette.path : palette.arrow;
  context.lineWidth = marked ? 5 : 2.5;
  context.setLineDash(skipped > 0 ? [8, 6] : []);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(middle, y0, middle, y1, x1 - 12, y1);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x1 - 14, y1 - 8);
  context.lineTo(x1 - 14, y1 + 8);
  context.closePath();
  context.fill();
  if (skipped > 0) drawLabel(context, `+${skipped}`, middle, (y0 + y1) / 2, palette.box, palette.strong, "center");
}

function drawTurn(
  context: SKRSContext2D,
  { left, top, width, height }: Box,
  { item, hidden }: Shown<HistoryTurn>,
  picture: Canvas | null,
  onPath: boolean,
): void {
  context.fillStyle = palette.box;
  context.strokeStyle = onPath ? palette.path : palette.border;
  context.lineWidth = item.isCurrent ? 6 : onPath ? 3 : 1.5;
  context.beginPath();
  context.roundRect(left, top, width, height, RADIUS);
  context.fill();
  context.stroke();

  const frame = { left: left + PAD, top: top + PAD, ...PICTURE };
  context.save();
  context.beginPath();
  context.roundRect(frame.left, frame.top, frame.width, frame.height, RADIUS / 2);
  context.clip();
  context.fillStyle = palette.gone;
  context.fillRect(frame.left, frame.top, frame.width, frame.height);
  if (picture) {
    const x = frame.left + Math.floor((frame.width - picture.width) / 2);
    const y = frame.top + Math.floor((frame.height - picture.height) / 2);
    context.drawImage(picture, x, y);
  }
  context.restore();
  if (!picture) {
    const box = {
      ...frame,
      left: frame.left + PAD,
      width: frame.width - 2 * PAD,
      top: frame.top + frame.height / 2 - LINE,
    };
    drawLines(context, item.note ?? "–", box, SMALL, palette.muted, 2, "center");
  }
  const [ink, fill] = item.isCurrent ? [palette.onPath, palette.path] : [palette.strong, palette.gone];
  drawLabel(context, item.label, frame.left + 6, frame.top + 18, fill, ink, "left");
  if (hidden > 0) {
    drawLabel(
      context,
      `+${hidden}`,
      frame.left + frame.width - 6,
      frame.top + frame.height - 18,
      palette.gone,
      palette.strong,
      "right",
    );
  }

  const text = { left: left + PAD + 2, top: frame.top + frame.height + 4, width: PICTURE.width - 4 };
  drawLines(context, item.instruction, text, TEXT, palette.strong, 2);
  drawLines(context, item.task ?? "", { ...text, top: text.top + 2 * LINE + 1 }, SMALL, palette.muted, 1);
}

/** At most so many lines in a box, from its right side for scripts that are written from there. */
function drawLines(
  context: SKRSContext2D,
  text: string,
  box: { left: number; top: number; width: number },
  size: number,
  colour: string,
  lines: number,
  align?: "center",
): void {
  const direction = directionOf(text);
  context.font = font(size);
  context.direction = direction;
  context.textBaseline = "middle";
  context.textAlign = align ?? (direction === "rtl" ? "right" : "left");
  context.fillStyle = colour;
  const x = align ? box.left + box.width / 2 : direction === "rtl" ? box.left + box.width : box.left;
  wrapText(text, box.width, lines, (line) => context.measureText(line).width).forEach((line, i) => {
    context.fillText(line, x, box.top + LINE * (i + 0.5));
  });
  context.direction = "ltr";
}

/** A short text on a pill. @param x of its left side, middle or right side */
function drawLabel(
  context: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  fill: string,
  ink: string,
  align: "left" | "center" | "right",
): void {
  context.font = font(SMALL, "bold");
  const width = Math.ceil(context.measureText(text).width) + 16;
  const left = align === "left" ? x : align === "center" ? x - width / 2 : x - width;
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(left, y - 12, width, 24, 12);
  context.fill();
  context.fillStyle = ink;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, left + width / 2, y + 0.5);
}
