const LEFT_TO_RIGHT = /^\p{L}$/u;
const RIGHT_TO_LEFT =
  /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]$/u;

/** The direction of writing that a text's first letter has. */
export function directionOf(text: string): "ltr" | "rtl" {
  for (const character of text) {
    if (RIGHT_TO_LEFT.test(character)) return "rtl";
    if (LEFT_TO_RIGHT.test(character)) return "ltr";
  }
  return "ltr";
}
