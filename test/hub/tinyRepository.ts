import { fileURLToPath } from "node:url";
import { fileOf, filesBelow, type StoredFile } from "./HubRepositoryStore.ts";

/** InstructPix2Pix with a few thousand weights. */
export const tinyFolder = fileURLToPath(new URL("../golden/ip2p", import.meta.url));

/** It, and what else such repositories hold: a card, checkpoints in one file, pickles, pictures. */
export function tinyRepository(): StoredFile[] {
  const readme = "---\nlicense: mit\ntags:\n- image-to-image\n---\n\n# Tiny\n";
  return [
    ...filesBelow(tinyFolder),
    fileOf("README.md", readme),
    fileOf("unet/diffusion_pytorch_model.bin", "a pickle"),
    fileOf("tiny-00-22000.ckpt", Buffer.alloc(3_000_000)),
    fileOf("sample.jpg", "a picture"),
  ];
}
