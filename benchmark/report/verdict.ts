/**
 * Says in words how two scores compare: "A scores higher than B by 0.031, beyond the error bars (± 0.012)".
 * @param difference the first's score less the second's @param error what chance alone may make of it
 */
export function verdict(first: string, second: string, difference: number, error: number): string {
  const size = Math.abs(difference).toFixed(3);
  const way = difference > 0 ? `higher than ${second} by ${size}` : `lower than ${second} by ${size}`;
  const clear = Math.abs(difference) > error ? "beyond" : "within";
  return `${first} scores ${Number(size) === 0 ? `like ${second}` : way}, ${clear} the error bars (± ${error.toFixed(3)})`;
}
