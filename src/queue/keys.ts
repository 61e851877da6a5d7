/**
 * The Redis keys around the queue of edits that are not BullMQ's. `<p>` is EMEND_PREFIX.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:line` | hash | by turn that has not ended: member, server (or `-`), round, deadline, steps (or 0), with blanks between | until its end |
 * | `<p>:quota:<guild>:<member>` | sorted set | turns that count against the member's quota, by their time (ms); `-` stands for outside servers | 24 h |
 * | `<p>:times:<model>` | list | "steps milliseconds" of the last 200 edits that worked, the newest first | 30 days |
 * | `<p>:cancel:<turn>` | string | somebody wants the edit to stop | 1 day |
 */
export const keysOf = (prefix: string) => ({
  line: `${prefix}:line`,
  quota: (guild: string | null, member: string) => `${prefix}:quota:${guild ?? "-"}:${member}`,
  times: (model: string) => `${prefix}:times:${model}`,
  cancel: (turnId: string) => `${prefix}:cancel:${turnId}`,
});
