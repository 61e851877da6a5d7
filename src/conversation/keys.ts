/**
 * Every Redis key of the conversation. `<p>` is EMEND_PREFIX; BullMQ's own keys are `<p>:edits:…`, the workers' hash
 * is `<p>:workers`.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:schema` | string | version of this layout | for ever |
 * | `<p>:migration` | string | who brings the data to this layout just now | lease, 1 min |
 * | `<p>:turn:<turn>` | hash | one JSON value per field of `Turn`; of a deleted one with children `id`, `parent`, `tree` only | until deleted |
 * | `<p>:children:<turn>` | set | turns that continue this one | as the turn |
 * | `<p>:tree:<tree>` | sorted set | turns of the tree, by `requestedAt` (ms) | as its turns |
 * | `<p>:trees:<guild>` | sorted set | trees of the server (`direct`: outside of servers), by their newest turn (ms) | as the trees |
 * | `<p>:author:<user>` | sorted set | turns that the person asked for, by `requestedAt` (ms) | as the turns |
 * | `<p>:message:<message>` | string | the turn whose result the message shows | as the turn |
 * | `<p>:source:<message>` | string | the first turn whose source the message shows | as the turn |
 * | `<p>:uses:<sha256>` | set | turns that need the blob; without one it is deleted | as the blob |
 * | `<p>:open` | sorted set | turns without a delivered end, by their deadline (ms) | – |
 * | `<p>:delivery:<turn>` | string | who delivers the turn's end just now | lease, 1 min |
 * | `<p>:reply:<turn>` | string | sealed token of the deferred reply | 15 min, as Discord's |
 * | `<p>:progress` | hash | turn → channel and message that show how far it is (JSON) | until that message is removed |
 * | `<p>:pending:<id>` | string | the picture that an open form is about | 1 h |
 * | `<p>:once:<what>` | string | that something was done or said a short while ago | seconds to a day |
 *
 * `migrations.ts` says how older layouts become this one.
 */
export const SCHEMA_VERSION = "2";

export function keysOf(prefix: string) {
  return {
    schema: `${prefix}:schema`,
    turn: (turnId: string) => `${prefix}:turn:${turnId}`,
    children: (turnId: string) => `${prefix}:children:${turnId}`,
    tree: (treeId: string) => `${prefix}:tree:${treeId}`,
    trees: (guild: string | null) => `${prefix}:trees:${guild ?? "direct"}`,
    author: (userId: string) => `${prefix}:author:${userId}`,
    source: (messageId: string) => `${prefix}:source:${messageId}`,
    uses: (sha256: string) => `${prefix}:uses:${sha256}`,
    message: (messageId: string) => `${prefix}:message:${messageId}`,
    open: `${prefix}:open`,
    delivery: (turnId: string) => `${prefix}:delivery:${turnId}`,
    reply: (turnId: string) => `${prefix}:reply:${turnId}`,
    progress: `${prefix}:progress`,
    pending: (id: string) => `${prefix}:pending:${id}`,
    once: (what: string) => `${prefix}:once:${what}`,
    migration: `${prefix}:migration`,
  };
}

export type Keys = ReturnType<typeof keysOf>;
