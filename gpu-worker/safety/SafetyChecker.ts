import type { Picture } from "../image/Picture.ts";

/** Looks at pictures and says which must not be shown to everybody. */
export interface SafetyChecker {
  /** What it is, for people: "the safety checker of instruct-pix2pix". */
  readonly name: string;
  /** Any size. */
  isUnsafe(picture: Picture): Promise<boolean>;
  close(): Promise<void>;
}
