import { type Command, Option } from "commander";
import { defaultAlpha } from "../gpu-worker/image/defaultAlpha.ts";
import { type DecoderName, decoderNames } from "../src/queue/decoders.ts";
import { type ProfileName, profileNames } from "../src/queue/profiles.ts";
import { number } from "./options.ts";

/** What commander hands over; numbers that are none are NaN and are refused with the rest of the request. */
export interface EditCommandOptions {
  readonly task: string;
  readonly profile?: ProfileName;
  readonly resolution?: number;
  readonly decoder?: DecoderName;
  readonly steps?: number;
  readonly seed?: number;
  readonly textGuidance?: number;
  readonly imageGuidance?: number;
  readonly alpha?: number;
  readonly model?: string;
  /** False with --no-safety. */
  readonly safety: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** `emend edit IMAGE INSTRUCTION …` */
export function register(program: Command): void {
  const guidance = (flag: string, text: string) => new Option(flag, `${text} (default: the model's)`).argParser(number);
  program
    .command("edit")
    .description("edits a picture by an instruction, or by several one after the other")
    .argument("<image>", "a PNG, JPEG or WebP file")
    .argument("<instruction...>", 'what to change, for example "make the boat red"')
    .option("--task <name>", "a task of the model, one that was learned, or auto to let emend choose", "auto")
    .addOption(
      new Option(
        "--profile <name>",
        "exact (as diffusers would), fast (some work is left out) or auto (as the machine allows; default: EMEND_PROFILE, else auto)",
      ).choices(profileNames),
    )
    .addOption(
      new Option(
        "--resolution <px>",
        "side of the square whose area the model works at (default: the profile's)",
      ).argParser(number),
    )
    .addOption(
      new Option(
        "--decoder <name>",
        "full (the checkpoint's own), tiny (TAESD) or auto (tiny under fast, where there is one; default: EMEND_DECODER, else auto)",
      ).choices(decoderNames),
    )
    .addOption(guidance("--steps <n>", "denoising steps, 1 to 200"))
    .addOption(new Option("--seed <n>", "same seed, same picture; 0 to 4294967295 (default: random)").argParser(number))
    .addOption(guidance("--text-guidance <x>", "how closely to follow the instruction"))
    .addOption(guidance("--image-guidance <x>", "how closely to follow the picture"))
    .addOption(
      new Option("--alpha <x>", `drop changes fainter than this, 0 to 1 (default: ${defaultAlpha})`).argParser(number),
    )
    .option(
      "--model <name>",
      "checkpoint folder, or a model that emend model pull fetched (default: EMEND_MODEL, or the bundled model)",
    )
    .option(
      "-o, --out <file>",
      "the result: .png, .jpg or .webp (default: <name>.edited.png beside the picture); earlier turns get .1, .2, … before the ending",
    )
    .option("--no-safety", "do not check the pictures (default: EMEND_SAFETY, or what the checkpoint brings)")
    .option("--json", "print one JSON object about the edit and its turns")
    .action(async (image: string, instructions: string[], options: EditCommandOptions) => {
      const { runEdit } = await import("./edit/runEdit.ts");
      await runEdit(image, instructions, options);
    });
}
