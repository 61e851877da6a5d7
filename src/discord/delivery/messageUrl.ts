/** The address of a message, which Discord's clients open by jumping to it. `guild` is null in direct messages. */
export function messageUrl(guild: string | null, channel: string, message: string): string {
  return `https://discord.com/channels/${guild ?? "@me"}/${channel}/${message}`;
}
