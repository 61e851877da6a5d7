/** Discord returns custom ids verbatim and lets 100 characters; anything else in one was not written by us. */
const PATTERN = /^v1:([a-z][a-z-]{0,30}):([A-Za-z0-9_-]{1,60})$/;

export interface CustomId {
  /** Which handler answers. */
  readonly action: string;
  /** An opaque name of a record in the store. Never trust it to say who may do what. */
  readonly key: string;
}

/** @throws RangeError for parts that would not come back as they are */
export function makeCustomId({ action, key }: CustomId): string {
  const id = `v1:${action}:${key}`;
  if (!PATTERN.test(id)) throw new RangeError(`no custom id can be made of ${action} and ${key}`);
  return id;
}

export function parseCustomId(id: string): CustomId | undefined {
  const [, action, key] = PATTERN.exec(id) ?? [];
  return action === undefined || key === undefined ? undefined : { action, key };
}
