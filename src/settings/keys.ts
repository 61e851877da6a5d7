/**
 * Every Redis key of the servers' settings. `<p>` is EMEND_PREFIX.
 *
 * | key | type | holds | lives |
 * |---|---|---|---|
 * | `<p>:settings:<guild>` | hash | `v`, and one JSON value per field of `GuildSettings` that the server has set | until reset |
 */
export const SETTINGS_VERSION = "1";

export const keysOf = (prefix: string) => ({ settings: (guild: string) => `${prefix}:settings:${guild}` });
