import { EmendError, type ErrorCode } from "../errors/EmendError.ts";
import { en, type Texts } from "./texts/en.ts";

/** An error that has words of its own in every language. */
export class Refusal extends EmendError {
  readonly say: (texts: Texts) => string;

  constructor(code: ErrorCode, say: (texts: Texts) => string) {
    super(code, say(en));
    this.say = say;
  }
}
