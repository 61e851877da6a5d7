/** Discord's epoch: the first second of 2015, in milliseconds since the Unix epoch. */
export const DISCORD_EPOCH = 1_420_070_400_000n;

/** Makes ids that rise with time, as Discord's do: 42 bits of milliseconds, then 22 bits that keep them apart. */
export class Snowflakes {
  readonly #now: () => number;
  #last = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const first = (BigInt(Math.floor(this.#now())) - DISCORD_EPOCH) << 22n;
    this.#last = first > this.#last ? first : this.#last + 1n;
    return this.#last.toString();
  }
}
