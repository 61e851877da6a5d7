import { badModel } from "../../checkpoint/badModel.ts";
import { gatedEditChannels } from "../emend/GatedEdit.ts";
import { pooledWidthOf } from "./additionEmbedding.ts";
import { classLabelOf } from "./classEmbedding.ts";
import type { UNetConfig } from "./config.ts";
import type { EditUNetOptions } from "./EditUNetOptions.ts";

/** Whether the U-Net goes with the other parts of the checkpoint. @throws EmendError `bad_model` */
export function checkUNetConfig(label: string, config: UNetConfig, options: EditUNetOptions): void {
  const { latentChannels, head, hasTasks } = options;
  const out = head === undefined ? latentChannels : gatedEditChannels(head);
  const places = config.in_channels - 2 * latentChannels;
  if (places !== 0 && !(head && places === 2)) {
    const hint = config.in_channels === latentChannels ? " (this is a text-to-image model, not an editing model)" : "";
    throw badModel(label, `in_channels: ${config.in_channels}; an editing model has ${2 * latentChannels} here${hint}`);
  }
  if (config.out_channels !== out) throw badModel(label, `out_channels: ${config.out_channels}, not ${out}`);
  const width = config.cross_attention_dim;
  if (typeof width !== "number") throw badModel(label, "cross_attention_dim: one number for all levels is supported");
  const classLabel = classLabelOf(config);
  if (!hasTasks && classLabel.kind !== "none") {
    throw badModel(label, `class_embed_type: ${config.class_embed_type ?? "embedding"} needs a tasks folder`);
  }
  if (hasTasks && !(classLabel.kind === "vector" && classLabel.width >= width)) {
    const hint = `a task table needs a label of ${width} numbers, and more with pooled text (simple_projection)`;
    throw badModel(label, `class_embed_type: ${hint}`);
  }
  if (hasTasks && config.addition_embed_type) {
    throw badModel(label, `addition_embed_type: ${config.addition_embed_type} does not go with a tasks folder`);
  }
  const pooledWidth = pooledWidthOf(config);
  if (pooledWidth !== undefined && pooledWidth <= 0) {
    throw badModel(label, "projection_class_embeddings_input_dim: leaves no room for the pooled text");
  }
}
