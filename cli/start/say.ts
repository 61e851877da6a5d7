/** A line about how starting and stopping go on, for the person at the terminal. Results go to standard output. */
export function say(line: string): void {
  console.error(`emend: ${line}`);
}
