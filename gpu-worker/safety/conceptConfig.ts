import { z } from "zod";
import { clipVisionConfigSchema } from "../models/clip/visionConfig.ts";

const anyObject = z.record(z.string(), z.unknown());

/** `safety_checker/config.json` of diffusers' StableDiffusionSafetyChecker: a CLIPConfig, of which it uses the picture half. */
export const conceptConfigSchema = z
  .object({
    projection_dim: z.int().positive().default(512),
    vision_config: anyObject.nullish(),
    /** Older files hold what differs from the defaults here; it wins, as in transformers. */
    vision_config_dict: anyObject.nullish(),
  })
  .transform(({ projection_dim, vision_config, vision_config_dict }) => ({
    projection_dim,
    vision: { ...vision_config, ...vision_config_dict },
  }))
  .pipe(z.object({ projection_dim: z.int(), vision: clipVisionConfigSchema }));

export type ConceptConfig = z.output<typeof conceptConfigSchema>;
