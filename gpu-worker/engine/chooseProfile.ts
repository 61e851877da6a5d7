import type { ProfileName } from "../../src/queue/profiles.ts";
import type { AppliedProfile } from "../diffusion/profileSettings.ts";

/** Which profile, and why so. */
export interface ProfileChoice {
  readonly name: AppliedProfile;
  /** Side of the square whose area the model worked at, in pixels. */
  readonly resolution: number;
  /** One line for people. */
  readonly reason: string;
}

export interface ProfileWish {
  readonly profile: ProfileName;
  /** In pixels; absent: the checkpoint's own under "exact", else as the machine allows. */
  readonly resolution?: number | undefined;
}

export interface Circumstances {
  readonly picture: { readonly width: number; readonly height: number };
  /** The side, in pixels, of the square the model was trained on. */
  readonly trained: number;
  /** "cpu", "2 cores": what the reason names. */
  readonly machine: string;
  /** Memory that an edit may take. */
  readonly availableBytes: number;
  /** Seconds that an edit would take, without loading. */
  readonly predict: (profile: AppliedProfile, resolution: number) => number;
}

/** Seconds for which somebody in a chat may be asked to wait. */
export const patience = 30;
/** Below this a Stable Diffusion U-Net no longer makes sensible pictures. */
const leastResolution = 256;
/** At 512 × 512 px decoding takes 1.5 GB and the network keeps 0.5 GB, which is the peak of an edit besides weights. */
const bytesPerPixel = 8000;

/**
 * Picks profile and resolution: exact where that is quick enough, else fast; the largest resolution that is quick enough and
 * fits into memory, none larger than the picture needs. What was asked for by name stands.
 */
export function chooseProfile(wish: ProfileWish, circumstances: Circumstances): ProfileChoice {
  const { trained, machine, predict } = circumstances;
  const { profile, resolution } = wish;
  const exactAt = resolution ?? trained;
  if (profile === "exact") return { name: "exact", resolution: exactAt, reason: "asked for" };
  const exactSeconds = predict("exact", exactAt);
  const tooLong = `exact at ${exactAt} px would take about ${about(exactSeconds)} on ${machine}`;
  if (profile === "auto" && exactSeconds <= patience && fits(exactAt, circumstances)) {
    return { name: "exact", resolution: exactAt, reason: `takes about ${about(exactSeconds)} on ${machine}` };
  }
  const sizes = resolution === undefined ? candidates(circumstances) : [resolution];
  const roomy = sizes.filter((size) => fits(size, circumstances));
  const size = roomy.find((each) => predict("fast", each) <= patience) ?? sizes.at(-1)!;
  const memory = roomy.includes(sizes[0]!) ? "" : `, and there is memory for ${roomy[0] ?? sizes.at(-1)!} px`;
  const why = profile === "fast" ? "asked for" : tooLong + memory;
  return { name: "fast", resolution: size, reason: `${why}; this takes about ${about(predict("fast", size))}` };
}

const fits = (resolution: number, { availableBytes }: Circumstances): boolean =>
  resolution <= leastResolution || resolution ** 2 * bytesPerPixel <= availableBytes;

/** Resolutions worth trying, largest first: the trained one, three quarters and half of it, as far as the picture has details. */
function candidates({ trained, picture }: Circumstances): number[] {
  const least = Math.min(trained, leastResolution);
  const all = [trained, 0.75 * trained, 0.5 * trained].filter((size) => size >= least);
  const side = Math.sqrt(picture.width * picture.height);
  const needed = all.filter((size) => size >= side).at(-1) ?? trained; // the smallest that holds the whole picture
  return all.filter((size) => size <= needed);
}

/** "0.2 s", "14 s", "3 minutes". */
function about(seconds: number): string {
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return `${seconds < 9.5 ? Number(seconds.toPrecision(1)) : Math.round(seconds)} s`;
}
