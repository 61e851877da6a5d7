import type { TensorInfo } from "../TensorInfo.ts";

/** A tensor that a pickle describes. */
export class PickledTensor {
  readonly info: TensorInfo;

  constructor(info: TensorInfo) {
    this.info = info;
  }
}
