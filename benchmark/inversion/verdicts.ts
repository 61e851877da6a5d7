import { verdict } from "../report/verdict.ts";
import type { InversionData } from "./InversionData.ts";
import { meanOver } from "./meanOver.ts";
import { type MethodName, methodNames, methodTitles } from "./methods.ts";
import { sameSets } from "./sameSets.ts";
import { spreadFor } from "./spreadFor.ts";

/** The share of fine-tuning's score that task inversion is to reach, both with ten examples. */
const share = 0.9;
/** The count that the targets are about, and seconds that learning so many may take on two cores. */
const [targetCount, mostSeconds] = [10, 120];

const score = (value: number) => value.toFixed(3);
const met = (is: boolean) => (is ? "is met" : "is missed");
const examples = (count: number) => `${count} example${count === 1 ? "" : "s"}`;
const list = (items: readonly string[]) =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

/** Sentences about what came out, whichever way; nothing about what was not measured. */
export function verdicts(data: InversionData): string[] {
  return [
    ...againstFineTuning(data),
    ...against(data, "scratch", true),
    ...against(data, "frozen", false),
    ...allPixels(data),
    ...time(data),
    ...limits(data),
  ];
}

/** The target: at least nine tenths of fine-tuning. */
function againstFineTuning(all: InversionData): string[] {
  const data = sameSets(all, "finetune");
  const count = data.counts.includes(targetCount) ? targetCount : Math.max(...data.counts);
  const [inversion, finetune] = [meanOver(data, "inversion", count), meanOver(data, "finetune", count)];
  if (inversion === undefined || finetune === undefined) return [];
  const begin = `With ${examples(count)}, task inversion scores ${score(inversion)} on the mean over the tasks and fine-tuning ${score(finetune)}`;
  // Of a score that is not positive a share means nothing: a copy of the source is 0.
  const ratio =
    finetune > 0
      ? `${begin}: ${(inversion / finetune).toFixed(2)} of it. The target (at least ${share}) ${met(inversion >= share * finetune)}.`
      : `${begin}, which is no better than leaving the picture as it is: a share of it would say nothing.`;
  const missed = data.tasks.flatMap((task) => {
    const [a, b] = [spreadFor(data, "inversion", task, count)!.mean, spreadFor(data, "finetune", task, count)!.mean];
    return a >= (b > 0 ? share * b : b) ? [] : [`${task} (${score(a)} against ${score(b)})`];
  });
  const each =
    missed.length === 0
      ? "It holds on every single task."
      : `Task by task it holds on ${data.tasks.length - missed.length} of ${data.tasks.length}; not on ${list(missed)}.`;
  return [ratio, each];
}

/** At every task and number of examples. @param always whether being ahead everywhere is a target */
function against(all: InversionData, other: MethodName, always: boolean): string[] {
  const data = sameSets(all, other);
  const cases = data.tasks.flatMap((task) =>
    data.counts.flatMap((count) => {
      const [a, b] = [spreadFor(data, "inversion", task, count), spreadFor(data, other, task, count)];
      return a && b ? [{ task, count, a, b }] : [];
    }),
  );
  if (cases.length === 0) return [];
  const behind = cases.filter(({ a, b }) => a.mean <= b.mean);
  const where = behind.map(
    ({ task, count, a, b }) => `${task} with ${count} (${score(a.mean)} against ${score(b.mean)})`,
  );
  const title =
    other === "scratch"
      ? "an expert trained from scratch on the same examples"
      : "the frozen model told its nearest known task";
  const ahead = `Task inversion is ahead of ${title} in ${cases.length - behind.length} of ${cases.length} cases`;
  const target = always ? ` The target (always) ${met(behind.length === 0)}.` : "";
  const rest = behind.length === 0 ? "." : `; not on ${list(where)}.`;
  const count = data.counts.includes(targetCount) ? targetCount : Math.max(...data.counts);
  const [a, b] = [meanOver(data, "inversion", count), meanOver(data, other, count)];
  const width = (method: MethodName) =>
    data.tasks.reduce((sum, task) => {
      const spread = spreadFor(data, method, task, count);
      return sum + (spread ? (spread.high - spread.low) / 2 : 0);
    }, 0) / data.tasks.length;
  const error = data.seeds === 1 ? undefined : width("inversion") + width(other);
  const words =
    a === undefined || b === undefined ? undefined : verdict("task inversion", methodTitles[other], a - b, error);
  return [ahead + rest + target, ...(words === undefined ? [] : [`On the mean, with ${examples(count)}, ${words}.`])];
}

/** The same question where damage counts: the nearest known task may be right where it counts and wrong everywhere else. */
function allPixels(data: InversionData): string[] {
  const count = data.counts.includes(targetCount) ? targetCount : Math.max(...data.counts);
  const means = methodNames.flatMap((method) => {
    const value = meanOver(data, method, count, "whole");
    return value === undefined ? [] : [`${methodTitles[method]} ${score(value)}`];
  });
  return means.length < 2 ? [] : [`All pixels counted, the means with ${examples(count)} are: ${list(means)}.`];
}

function time({ rows, counts }: InversionData): string[] {
  const count = counts.includes(targetCount) ? targetCount : Math.max(...counts);
  const all = rows.flatMap((row) => (row.count === count && row.learnSeconds !== undefined ? [row.learnSeconds] : []));
  if (all.length === 0) return [];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const seconds = least.toFixed(0) === most.toFixed(0) ? most.toFixed(0) : `${least.toFixed(0)} to ${most.toFixed(0)}`;
  const target =
    count === targetCount ? `; the target (${mostSeconds} s on two cores) ${met(most <= mostSeconds)}` : "";
  return [`Learning ${examples(count)} took ${seconds} s${target}.`];
}

/** What one vector does not teach, and whether the task can be learned at all. */
function limits(data: InversionData): string[] {
  const count = Math.max(...data.counts);
  const poor = data.tasks.flatMap((task) => {
    const own = spreadFor(data, "inversion", task, count)?.mean;
    const best = spreadFor(data, "expert", task, count)?.mean;
    if (own === undefined || best === undefined || best <= 0 || own >= best / 2) return [];
    return [`${task} (${score(own)}; the expert ${score(best)})`];
  });
  if (poor.length === 0) return [];
  const what = data.vectors === 1 ? "One vector does" : `${data.vectors} vectors do`;
  return [
    `${what} not teach everything: with ${examples(count)} these stay below half of what the expert reaches: ${list(poor)}.`,
  ];
}
