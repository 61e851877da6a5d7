/**
 * Natural logarithm from +, −, ×, ÷ only, which IEEE 754 rounds correctly: unlike `Math.log`, whose last bit a
 * JavaScript engine may choose, it gives the same bits everywhere. Relative error < 1e-15 for normal x > 0.
 */
export function portableLog(x: number): number {
  let exponent = 0;
  let m = x;
  while (m < Math.SQRT1_2) {
    m *= 2;
    exponent--;
  }
  while (m > Math.SQRT2) {
    m /= 2;
    exponent++;
  }
  // ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …); |s| ≤ 0.172, so the term after s²³/23 is below 2⁻⁵³ of the sum.
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * s2 + 1 / k;
  return exponent * Math.LN2 + 2 * s * sum;
}

const horner = (coefficients: readonly number[], r: number) => coefficients.reduce((sum, c) => sum * r + c, 0);

/** Coefficients of AS 241, highest power first: numerator and denominator for the centre and the two tails. */
// biome-ignore format: a table
const centre = [
  [2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
    13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665],
  [5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597,
    5394.196021424751, 687.1870074920579, 42.31333070160091, 1],
] as const;
// biome-ignore format: a table
const tail = [
  [0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835],
  [1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1],
] as const;
// biome-ignore format: a table
const farTail = [
  [2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103],
  [2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1],
] as const;

/**
 * The standard normal quantile, PPND16 of algorithm AS 241 (Wichura 1988), relative error about 1e-16. Uses only
 * operations that IEEE 754 rounds correctly (`Math.sqrt` is the hardware's), so its bits agree on every machine.
 * @param p 0 < p < 1
 */
export function inverseNormal(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(centre[0], r)) / horner(centre[1], r);
  }
  const r = Math.sqrt(-portableLog(q < 0 ? p : 1 - p));
  const [shift, [numerator, denominator]] = r <= 5 ? [1.6, tail] : [5, farTail];
  const z = horner(numerator, r - shift) / horner(denominator, r - shift);
  return q < 0 ? -z : z;
}
