/**
 * Every Redis key of the conversation. `<p>` is EMEND_PREFIX; BullMQ's own keys are `<p>:edits:…`, the workers' hash
 * is `<p>:workers`.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:schema` | string | version of this layout | for ever |
 * | `<p>:turn:<turn>` | hash | one JSON value per field of `Turn` | until deleted |
 * | `<p>:children:<turn>` | set | turns that continue this one | as the turn |
 * | `<p>:message:<message>` | string | the turn whose result the message shows | as the turn |
 * | `<p>:open` | sorted set | turns without a delivered end, by their deadline (ms) | – |
 * | `<p>:delivery:<turn>` | string | who delivers the turn's end just now | lease, 1 min |
 * | `<p>:reply:<turn>` | string | sealed token of the deferred reply | 15 min, as Discord's |
 * | `<p>:pending:<id>` | string | the picture that an open form is about | 1 h |
 */
export const SCHEMA_VERSION = "1";

export function keysOf(prefix: string) {
  return {
    schema: `${prefix}:schema`,
    turn: (turnId: string) => `${prefix}:turn:${turnId}`,
    children: (turnId: string) => `${prefix}:children:${turnId}`,
    message: (messageId: string) => `${prefix}:message:${messageId}`,
    open: `${prefix}:open`,
    delivery: (turnId: string) => `${prefix}:delivery:${turnId}`,
    reply: (turnId: string) => `${prefix}:reply:${turnId}`,
    pending: (id: string) => `${prefix}:pending:${id}`,
  };
}

export type Keys = ReturnType<typeof keysOf>;
