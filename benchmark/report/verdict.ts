/**
 * Says in words how two scores compare: "A scores higher than B by 0.031, beyond the error bars (± 0.012)".
 * @param difference the first's score less the second's
 * @param error what chance alone may make of it; undefined where it was measured once
 */
export function verdict(first: string, second: string, difference: number, error: number | undefined): string {
  const size = Math.abs(difference).toFixed(3);
  const way = difference > 0 ? `higher than ${second} by ${size}` : `lower than ${second} by ${size}`;
  const said = `${first} scores ${Number(size) === 0 ? `like ${second}` : way}`;
  if (error === undefined) return `${said}, measured once: there are no error bars`;
  const clear = Math.abs(difference) > error ? "beyond" : "within";
  return `${said}, ${clear} the error bars (± ${error.toFixed(3)})`;
}
