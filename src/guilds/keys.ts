/**
 * Every Redis key about the servers that the bot is in. `<p>` is EMEND_PREFIX.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:guilds` | hash | the application that was last seen in a server, by server | until the server's data is deleted |
 * | `<p>:left` | sorted set | servers that were left, by when that was noticed (ms) | until it is back, or the data is deleted |
 */
export const keysOf = (prefix: string) => ({ guilds: `${prefix}:guilds`, left: `${prefix}:left` });
