import type { MessageHandle, Person } from "../../sandbox/index.ts";
import { plainPng } from "../worker/editJob.ts";
import type { World } from "./startWorld.ts";

/** A manager's hands: the steps of teaching, as tests take them again and again. */
export class TaskSteps {
  readonly #world: World;
  readonly manager: Person;

  constructor(world: World) {
    this.#world = world;
    this.manager = world.sandbox.owner;
  }

  /** `count` pairs of pictures in the order in which the form wants them. */
  async pairs(count: number, width = 40, height = 30) {
    const files = [];
    for (let i = 0; i < count; i++) {
      files.push({ name: `${i}-before.png`, bytes: await plainPng(width, height, `#${i}04060`) });
      files.push({ name: `${i}-after.png`, bytes: await plainPng(width, height, `#${i}0a060`) });
    }
    return files;
  }

  /** Fills in the form of `/task create`. @returns the private answer */
  async create(name: string, pairs = 3, change: Record<string, unknown> = {}): Promise<MessageHandle> {
    const used = await this.manager.slash(this.#world.pictures, "task create");
    const sent = await this.manager.submit(await used.expectModal(), {
      ...{ name, description: `Does ${name}`, pictures: await this.pairs(pairs), instructions: `make it ${name}` },
      ...change,
    });
    return sent.expectReply();
  }

  /** Uses a subcommand of `/task`. @returns the private answer */
  async use(subcommand: string, options: Record<string, string | number | { name: string; bytes: Uint8Array }> = {}) {
    const used = await this.manager.slash(this.#world.pictures, `task ${subcommand}`, options);
    return used.expectReply();
  }

  /** `/task train`. @returns the message that shows the training, not yet its end */
  async train(name: string): Promise<MessageHandle> {
    const after = this.#world.pictures.messages().at(-1);
    await this.use("train", { task: name });
    return this.#world.pictures.expectMessage(({ text }) => text.includes(name), after ? { after } : {});
  }

  /** Until "Publish" stands below the training. */
  async learn(name: string): Promise<MessageHandle> {
    return (await this.train(name)).expect(({ buttons }) => buttons.includes("Publish"));
  }

  async publish(name: string): Promise<MessageHandle> {
    const message = await this.learn(name);
    await (await this.manager.click(message, "Publish")).expectReply();
    return message;
  }
}

/** The custom id of a component whose id begins so. */
export function customIdOf(message: MessageHandle, action: string): string {
  const [, id] = new RegExp(`"custom_id":"(v1:${action}:[^"]+)"`).exec(JSON.stringify(message.raw.components)) ?? [];
  if (id === undefined) throw new Error(`no ${action} in ${JSON.stringify(message.raw.components)}`);
  return id;
}
