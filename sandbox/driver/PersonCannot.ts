/** The Discord client would not let a person do this; the message says why, in words for that person. */
export class PersonCannot extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PersonCannot";
  }
}
