/** What checks pictures, as the operator has set it. */
export interface SafetySetting {
  /** "auto": the checkpoint's own checker, if it has one. "off": nothing. Else a folder with a checker, absolute, and what people call it. */
  readonly checker: "auto" | "off" | { readonly folder: string; readonly name: string };
  /** For a classifier: the labels that count as unsafe. */
  readonly labels: readonly string[];
  /** For a classifier: how probable they must be together, 0 … 1. */
  readonly threshold: number;
}
