/** Polls until `probe` gives something; throws after `limitMs`. */
export async function waitFor<T>(probe: () => T | Promise<T>, what: string, limitMs = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
