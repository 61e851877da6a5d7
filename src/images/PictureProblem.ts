import { EmendError, type ErrorCode } from "../errors/EmendError.ts";

/** What is wrong with a file that was sent as a picture; the asker's language is chosen where it is shown. */
export type PictureFault =
  | { readonly kind: "empty" | "not-a-picture" | "damaged" | "animated" }
  | { readonly kind: "other-format"; readonly format: string }
  | { readonly kind: "too-many-pixels"; readonly width: number; readonly height: number; readonly maxPixels: number }
  | { readonly kind: "too-many-bytes"; readonly maxBytes: number };

const codes: Partial<Record<PictureFault["kind"], ErrorCode>> = {
  "too-many-pixels": "image_too_large",
  "too-many-bytes": "image_too_large",
};

export class PictureProblem extends EmendError {
  readonly fault: PictureFault;

  constructor(fault: PictureFault) {
    super(codes[fault.kind] ?? "bad_image", `the picture cannot be used: ${fault.kind}`);
    this.fault = fault;
  }
}
