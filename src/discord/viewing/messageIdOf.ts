/** The message that a link or an id names; undefined for anything else. */
export function messageIdOf(text: string): string | undefined {
  return /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/\d+\/)?(\d{1,20})\/?$/.exec(
    text.trim(),
  )?.[1];
}
