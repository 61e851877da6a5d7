import type { Picture } from "../../gpu-worker/image/Picture.ts";
import { palette } from "../../world/maps/palette.ts";
import type { EditPair } from "../../world/pairOf.ts";
import { depthRmse } from "../depthRmse.ts";
import { editScore } from "../editScore.ts";
import { readText } from "../legibility.ts";
import { meanIoU } from "../meanIoU.ts";
import { normalAngle } from "../normalAngle.ts";
import { poseScore } from "../poseScore.ts";
import { boxIoU } from "./boxIoU.ts";
import { directionOf } from "./directionOf.ts";
import { frameBox } from "./frameBox.ts";
import { markColor } from "./markColor.ts";
import { markedPixels } from "./markedPixels.ts";
import { maskIoU } from "./maskIoU.ts";
import type { MetricName } from "./metrics.ts";

export interface PairScore {
  readonly edit: number;
  readonly keep: number;
  /** Mean |out − target| over all pixels, on [0, 1]. */
  readonly l1: number;
  /** What only this pair's task is measured by. */
  readonly own: Partial<Record<MetricName, number>>;
}

/** Every score of one answer to one pair. @throws RangeError when the pictures differ in size */
export function scorePair(pair: EditPair, output: Picture): PairScore {
  const { source, target, mask } = pair;
  let distance = 0;
  for (let i = 0; i < target.data.length; i++) distance += Math.abs(output.data[i]! - target.data[i]!);
  return {
    ...editScore(source, output, target, mask),
    l1: distance / target.data.length / 255,
    own: ownScores(pair, output),
  };
}

function ownScores(pair: EditPair, output: Picture): PairScore["own"] {
  const { task, source, target, expectedText } = pair;
  if (task === "text" && expectedText) {
    const [read, words] = [readText(output, expectedText), expectedText.words];
    const right = [...words].filter((char, i) => read[i] === char).length;
    return { words: read === words ? 1 : 0, characters: right / words.length };
  }
  if (task === "detect" || task === "segment") {
    const color = markColor(pair);
    const [found, expected] = [output, target].map((picture) => markedPixels(source, picture, color)) as [
      Uint8Array,
      Uint8Array,
    ];
    if (task === "segment") return { maskIoU: maskIoU(found, expected) };
    const iou = boxIoU(frameBox(found, target.width), frameBox(expected, target.width)!);
    return { boxes: iou >= 0.5 ? 1 : 0, boxIoU: iou };
  }
  if (directionOf(pair) !== "to map") return {};
  if (task === "depth") return { depthRmse: depthRmse(output, target) };
  if (task === "segmap") return { classIoU: meanIoU(output, target, palette) };
  if (task === "normal") return { degrees: normalAngle(output, target) };
  if (task === "pose") return { pose: poseScore(output, target).score };
  return {};
}
