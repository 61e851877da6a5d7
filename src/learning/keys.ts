/**
 * Every Redis key of the servers' tasks. `<p>` is EMEND_PREFIX; BullMQ's own keys of the trainings are `<p>:learn:…`.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:task:<task>` | string | the task, as JSON (`GuildTask`) | until deleted |
 * | `<p>:task:<task>:examples` | list | its examples, as JSON (`Example`) | as the task |
 * | `<p>:tasks:<guild>` | hash | task by lower-case name, and by the names that learned files go by | as the tasks |
 * | `<p>:trainings` | hash | task by training, of those whose end was not told yet | – |
 * | `<p>:training:<training>:checkpoint` | string | all that a worker needs to go on | 7 days, or until the end |
 * | `<p>:training:<training>:cancel` | string | somebody wants it to stop | 1 day |
 * | `<p>:training:<training>:telling` | string | who tells its end just now | lease, 1 min |
 */
export function keysOf(prefix: string) {
  const training = (id: string) => `${prefix}:training:${id}`;
  return {
    task: (taskId: string) => `${prefix}:task:${taskId}`,
    examples: (taskId: string) => `${prefix}:task:${taskId}:examples`,
    names: (guild: string) => `${prefix}:tasks:${guild}`,
    trainings: `${prefix}:trainings`,
    checkpoint: (id: string) => `${training(id)}:checkpoint`,
    cancel: (id: string) => `${training(id)}:cancel`,
    telling: (id: string) => `${training(id)}:telling`,
  };
}
