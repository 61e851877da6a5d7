/** Where Discord serves uploads from. */
const DISCORD_HOSTS: ReadonlySet<string> = new Set(["cdn.discordapp.com", "media.discordapp.net"]);

/**
 * Whether a picture may be fetched from this address: Discord's own CDN over https or, when the bot was pointed at
 * another Discord-compatible server, below that server's CDN base and nowhere else. So no message can make the bot
 * reach into the network it runs in.
 * @param cdnBase DISCORD_CDN_URL
 */
export function isAllowedPictureUrl(address: string, cdnBase?: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.username !== "" || url.password !== "") return false;
  if (cdnBase === undefined) return url.protocol === "https:" && url.port === "" && DISCORD_HOSTS.has(url.hostname);
  const base = new URL(cdnBase);
  const folder = base.pathname.endsWith("/") ? base.pathname : `${base.pathname}/`;
  return url.protocol === base.protocol && url.host === base.host && url.pathname.startsWith(folder);
}
