/** Stands for an object that nobody needs, such as a training callback. Of what it was made of nothing is kept. */
export class InertObject {
  /** The class or function that would have made it. */
  readonly madeBy: string;

  constructor(madeBy: string) {
    this.madeBy = madeBy;
  }
}
