import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { pictureCanvas } from "../../world/preview.ts";

export interface SheetCell {
  readonly instruction: string;
  readonly source: Picture;
  readonly ours: Picture;
  readonly exact: Picture;
}

export interface SheetRow {
  readonly task: string;
  readonly cells: readonly SheetCell[];
}

/** All in pixels. */
const shown = 128;
const gap = 4;
const triple = shown * 3 + gap * 2;
const between = 30;
const label = 160;
const margin = 28;
const header = 44;
const lineHeight = 19;
const rowHeight = shown + 2 * lineHeight + 24;
const family = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

const [ink, faint, rule] = ["#1f2328", "#6e7781", "#d8dee4"];

/** At most two lines of a text; what does not fit ends in an ellipsis. */
function twoLines(context: SKRSContext2D, text: string, width: number): string[] {
  const words = text.split(" ");
  const lines = [""];
  for (const word of words) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else if (lines.length === 1) lines.push(word);
    else {
      lines[1] = `${lines[1]}…`;
      break;
    }
  }
  return lines;
}

/**
 * A contact sheet: a row for each task, and for each pair the source, our answer and the exact one over the instruction.
 * @param answer what our answer is called
 */
export function drawSheet(rows: readonly SheetRow[], answer = "emend"): Canvas {
  const columns = Math.max(...rows.map(({ cells }) => cells.length));
  const width = margin * 2 + label + columns * triple + (columns - 1) * between;
  const canvas = createCanvas(width, margin + header + rows.length * rowHeight + margin);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  context.textBaseline = "top";
  const leftOf = (column: number) => margin + label + column * (triple + between);

  context.font = `14px ${family}`;
  context.fillStyle = faint;
  context.textAlign = "center";
  for (let column = 0; column < columns; column++) {
    ["source", answer, "exact answer"].forEach((text, i) => {
      context.fillText(text, leftOf(column) + i * (shown + gap) + shown / 2, margin + 6);
    });
  }
  context.textAlign = "left";

  rows.forEach(({ task, cells }, row) => {
    const top = margin + header + row * rowHeight;
    context.fillStyle = rule;
    context.fillRect(margin, top - 12, width - margin * 2, 1);
    context.fillStyle = ink;
    context.font = `600 20px ${family}`;
    context.fillText(task, margin, top);
    context.font = `15px ${family}`;
    cells.forEach(({ instruction, source, ours, exact }, column) => {
      const left = leftOf(column);
      [source, ours, exact].forEach((picture, i) => {
        context.drawImage(pictureCanvas(picture), left + i * (shown + gap), top, shown, shown);
      });
      twoLines(context, instruction, triple).forEach((line, i) => {
        context.fillText(line, left, top + shown + 5 + i * lineHeight);
      });
    });
  });
  return canvas;
}
