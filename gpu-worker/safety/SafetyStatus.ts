/** Whether pictures are checked: on, switched off, or nothing there to check with. */
export interface SafetyStatus {
  readonly state: "on" | "off" | "none";
  /** What checks, when it is on. */
  readonly checker?: string;
}
