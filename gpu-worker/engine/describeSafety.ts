import type { SafetyStatus } from "../safety/SafetyStatus.ts";

/**
 * One line for the operator.
 * @param bundled whether the model is the one that comes with emend
 */
export function describeSafety({ state, checker }: SafetyStatus, model: string, bundled: boolean): string {
  if (state === "on") return `pictures are checked by ${checker}, before and after each edit`;
  if (state === "off") return "pictures are not checked: EMEND_SAFETY is off";
  if (bundled) {
    return "pictures are not checked: the bundled model has no safety checker and cannot draw people's bodies; set EMEND_SAFETY to check what is sent";
  }
  return `pictures are NOT checked: ${model} has no safety checker; set EMEND_SAFETY to a folder with one, or to off`;
}
