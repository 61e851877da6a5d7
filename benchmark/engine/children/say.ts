/** What a timed child says to `emend bench engine`, as training/peers do: one JSON object a line. */
export const say = (values: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(values)}\n`);
};
