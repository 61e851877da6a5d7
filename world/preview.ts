import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { Picture } from "../gpu-worker/image/Picture.ts";
import type { EditPair } from "./pairOf.ts";

/** A canvas that shows a picture pixel for pixel. */
export function pictureCanvas(picture: Picture): Canvas {
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  const image = context.createImageData(picture.width, picture.height);
  for (let from = 0, to = 0; from < picture.data.length; from += 3, to += 4) {
    image.data[to] = picture.data[from] as number;
    image.data[to + 1] = picture.data[from + 1] as number;
    image.data[to + 2] = picture.data[from + 2] as number;
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function lines(context: SKRSContext2D, text: string, width: number): string[] {
  const result: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    const next = current ? `${current} ${word}` : word;
    if (current && context.measureText(next).width > width) {
      result.push(current);
      current = word;
    } else current = next;
  }
  return [...result, current];
}

/**
 * A contact sheet: source and target side by side, the task and the instruction underneath.
 * @param shown side of each picture on the sheet in pixels; smaller pictures are scaled up without smoothing
 */
export function contactSheet(pairs: readonly EditPair<string>[], columns: number, shown: number): Canvas {
  const margin = Math.round(shown / 12);
  const font = Math.max(11, Math.round(shown / 12));
  const cellWidth = shown * 2 + margin * 2;
  const cellHeight = shown + font * 3.4 + margin;
  const rows = Math.ceil(pairs.length / columns);
  const canvas = createCanvas(columns * cellWidth + margin, Math.ceil(rows * cellHeight + margin));
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  pairs.forEach((pair, i) => {
    const left = margin + (i % columns) * cellWidth;
    const top = margin + Math.floor(i / columns) * cellHeight;
    context.imageSmoothingEnabled = false;
    context.drawImage(pictureCanvas(pair.source), left, top, shown, shown);
    context.drawImage(pictureCanvas(pair.target), left + shown + 4, top, shown, shown);
    context.fillStyle = "#222222";
    context.textBaseline = "top";
    context.font = `bold ${font}px sans-serif`;
    context.fillText(pair.task, left, top + shown + 4);
    const indent = context.measureText(`${pair.task}  `).width;
    context.font = `${font}px sans-serif`;
    const [first, ...rest] = lines(context, pair.instruction, shown * 2 - indent);
    context.fillText(first as string, left + indent, top + shown + 4);
    lines(context, rest.join(" "), shown * 2)
      .slice(0, 1)
      .forEach((line) => {
        context.fillText(line, left, top + shown + 4 + font * 1.25);
      });
  });
  return canvas;
}
