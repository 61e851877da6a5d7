// `npm run hub -- [FOLDER] [--port N]`: a model hub on this machine, to try `emend model` without a network.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { filesBelow } from "./HubRepositoryStore.ts";
import { HubServer } from "./HubServer.ts";
import { tinyFolder } from "./tinyRepository.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { port: { type: "string" } } });
const hub = await HubServer.start(Number(values.port ?? 0));
const [folder] = positionals;
if (folder === undefined) {
  hub.addFolder("local/tiny-pix2pix", tinyFolder);
  hub.addFolder("local/tiny-gated", tinyFolder, { gated: true });
} else {
  // FOLDER/OWNER/NAME/… is the model OWNER/NAME; its files are read once, now.
  for (const owner of foldersIn(folder)) {
    for (const name of foldersIn(join(folder, owner))) {
      hub.add(`${owner}/${name}`, filesBelow(join(folder, owner, name)));
    }
  }
}
console.log(
  `HF_ENDPOINT=${hub.endpoint} serves ${hub.models.join(", ") || "nothing"}; the token of gated ones: ${hub.token}`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void hub.close());

function foldersIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
