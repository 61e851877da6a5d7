/** Colours of the drawings: they stand on Discord's dark background as well as on its light one. */
export const palette = {
  background: "#2b2d31",
  box: "#383a40",
  border: "#5c5f68",
  arrow: "#8b8f99",
  path: "#f0b132",
  strong: "#f2f3f5",
  muted: "#b5bac1",
  gone: "#232428",
  onPath: "#1e1f22",
} as const;
