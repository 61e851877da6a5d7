/** Times a piece of work `rounds` times: wall and processor time, ms each. */
export async function timeRounds(rounds: number, work: () => Promise<unknown>) {
  const [times, processor]: [number[], number[]] = [[], []];
  for (let i = 0; i < rounds; i++) {
    const [before, used] = [performance.now(), process.cpuUsage()];
    await work();
    times.push(performance.now() - before);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  return { times, processor };
}
