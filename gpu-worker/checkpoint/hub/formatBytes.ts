const units = ["B", "KB", "MB", "GB", "TB"];

/** "3.44 GB": decimal units and three digits, as the hub's pages have it. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${units[power]}`;
}
