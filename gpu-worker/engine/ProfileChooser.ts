import { availableParallelism } from "node:os";
import type { DecoderName } from "../../src/queue/decoders.ts";
import type { ProfileName } from "../../src/queue/profiles.ts";
import { countEvaluations } from "../diffusion/countEvaluations.ts";
import { type AppliedProfile, fastProfile, profileSettings } from "../diffusion/profileSettings.ts";
import { measureSpeed } from "../graph/measureSpeed.ts";
import { fitSize } from "../image/fitSize.ts";
import type { Decoder, EditModel, EditWork } from "../models/EditModel.ts";
import { chooseDecoder } from "./chooseDecoder.ts";
import { chooseProfile, type ProfileChoice } from "./chooseProfile.ts";
import type { EditRequest } from "./EditEngine.ts";

type Model = Pick<
  EditModel,
  "device" | "resolution" | "multiple" | "defaults" | "schedulerConfig" | "hasTinyDecoder" | "work"
>;

/** How an edit was made. */
export interface ChosenProfile extends ProfileChoice {
  /** What decoded the result. */
  readonly decoder: Decoder;
}

export interface ProfileOptions {
  /** Of requests that name none; default "exact". */
  readonly profile?: ProfileName | undefined;
  /** Default "auto". */
  readonly decoder?: DecoderName | undefined;
  readonly threads?: number | undefined;
  /** Multiplications per second of this machine; for tests. */
  readonly speed?: () => Promise<number>;
}

/** Picks profile and resolution of edits by what the machine does, which is measured once, when it is first needed. */
export class ProfileChooser {
  readonly #model: Model;
  readonly #options: ProfileOptions;
  readonly #works = new Map<string, EditWork>();
  #speed: Promise<number> | undefined;

  constructor(model: Model, options: ProfileOptions = {}) {
    this.#model = model;
    this.#options = options;
  }

  async choose(
    request: Pick<EditRequest, "picture" | "profile" | "resolution" | "steps" | "sampler"> & {
      readonly textGuidance: number;
      readonly imageGuidance: number;
    },
  ): Promise<ChosenProfile> {
    const { picture, resolution } = request;
    const { device, resolution: trained } = this.#model;
    const profile = request.profile ?? this.#options.profile ?? "exact";
    const speed = profile === "exact" ? 1 : await this.#measured(); // which is not asked for then
    const cores = this.#options.threads ?? availableParallelism();
    const chosen = chooseProfile(
      { profile, resolution },
      {
        ...{ picture, trained, availableBytes: process.availableMemory() },
        machine: device === "cpu" ? `${cores} ${cores === 1 ? "core" : "cores"}` : device,
        predict: (name, side) => this.#multiplications(name, side, request) / speed,
      },
    );
    return { ...chosen, decoder: this.#decoder(chosen.name) };
  }

  #decoder(profile: AppliedProfile): Decoder {
    return chooseDecoder(this.#options.decoder ?? "auto", profile, this.#model);
  }

  #multiplications(name: AppliedProfile, side: number, request: Parameters<ProfileChooser["choose"]>[0]): number {
    const { textGuidance, imageGuidance, picture } = request;
    const { steps, acceleration = {} } = profileSettings(name, request, this.#model);
    const { whole, shallow } = countEvaluations({ steps, textGuidance, imageGuidance, acceleration });
    const work = this.#work(fitSize(picture, { multiple: this.#model.multiple, resolution: side }));
    return whole * work.whole + shallow * work.shallow + work.encode + work.decode[this.#decoder(name)];
  }

  #work(size: { width: number; height: number }): EditWork {
    const key = `${size.width} ${size.height}`;
    const work = this.#works.get(key) ?? this.#model.work(size, fastProfile.acceleration.deepCache.branch);
    this.#works.set(key, work);
    return work;
  }

  #measured(): Promise<number> {
    const { threads, speed } = this.#options;
    const { device } = this.#model;
    this.#speed ??= speed ? speed() : measureSpeed({ device, ...(threads === undefined ? {} : { threads }) });
    return this.#speed;
  }
}
