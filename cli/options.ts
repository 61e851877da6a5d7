/** An option's number. Strict: "12abc", "" and "0x10" are NaN, which is refused with the rest of the request. */
export const number = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
