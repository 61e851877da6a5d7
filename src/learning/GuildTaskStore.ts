import type { Redis } from "ioredis";
import { type LearnedRef, MAX_LEARNED } from "../queue/contract/EditJob.ts";
import { MAX_EXAMPLES } from "../queue/contract/LearnJob.ts";
import { redisCall } from "../storage/redisCall.ts";
import { type Example, exampleSchema } from "./Example.ts";
import { type GuildTask, guildTaskSchema } from "./GuildTask.ts";
import { keysOf } from "./keys.ts";
import type { TaskFiles } from "./TaskFiles.ts";
import { TaskProblem } from "./TaskProblem.ts";
import { nameKey } from "./taskName.ts";

/** Sets a key only if it still holds what was read. */
const REPLACE = `if redis.call("get", KEYS[1]) == ARGV[1] then redis.call("set", KEYS[1], ARGV[2]) return 1 end return 0`;
/** Appends to the list, unless it would grow longer than ARGV[1], or its task (KEYS[2]) is gone. Gives the old length. */
const APPEND = `local have = redis.call("llen", KEYS[1])
if redis.call("exists", KEYS[2]) == 0 then return {-1, have} end
if have + #ARGV - 1 > tonumber(ARGV[1]) then return {0, have} end
for i = 2, #ARGV do redis.call("rpush", KEYS[1], ARGV[i]) end
return {1, have}`;
/** Two people who press buttons of one task at the same time; more than that is a fault. */
const MAX_TRIES = 10;

/**
 * The tasks of all servers. Every method settles within a few seconds; errors are TaskProblem and EmendError
 * `queue_unavailable`.
 */
export class GuildTaskStore {
  readonly #redis: Redis;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly files: TaskFiles;

  constructor(redis: Redis, prefix: string, files: TaskFiles) {
    this.#redis = redis;
    this.#keys = keysOf(prefix);
    this.files = files;
  }

  /** @throws TaskProblem `name-taken`, `too-many-tasks` */
  async create(task: GuildTask): Promise<void> {
    const names = this.#keys.names(task.guild);
    const ids = new Set(await redisCall(this.#redis.hvals(names)));
    if (ids.size >= MAX_LEARNED && !ids.has(task.id)) {
      throw new TaskProblem({ kind: "too-many-tasks", most: MAX_LEARNED });
    }
    await this.reserve(task, task.name);
    if (task.learned) await this.reserve(task, task.learned.fileName);
    await redisCall(this.#redis.set(this.#keys.task(task.id), JSON.stringify(guildTaskSchema.parse(task))));
  }

  /** Keeps a name for a task. @throws TaskProblem `name-taken` */
  async reserve({ id, guild }: Pick<GuildTask, "id" | "guild">, name: string): Promise<void> {
    const names = this.#keys.names(guild);
    if ((await redisCall(this.#redis.hsetnx(names, nameKey(name), id))) === 1) return;
    if ((await redisCall(this.#redis.hget(names, nameKey(name)))) === id) return;
    throw new TaskProblem({ kind: "name-taken", name });
  }

  async get(taskId: string): Promise<GuildTask | undefined> {
    return read(await redisCall(this.#redis.get(this.#keys.task(taskId))));
  }

  /** The server's tasks, by name. */
  async list(guild: string): Promise<GuildTask[]> {
    const ids = [...new Set(await redisCall(this.#redis.hvals(this.#keys.names(guild))))];
    if (ids.length === 0) return [];
    const found = await redisCall(this.#redis.mget(ids.map((id) => this.#keys.task(id))));
    return found
      .flatMap((json) => read(json) ?? [])
      .filter((task) => task.guild === guild)
      .sort((a, b) => (nameKey(a.name) < nameKey(b.name) ? -1 : 1));
  }

  /** What an edit in this server may use; nothing in direct messages. */
  async published(guild: string | null): Promise<LearnedRef[]> {
    if (guild === null) return [];
    return (await this.list(guild)).flatMap(({ id, name, state, learned }) =>
      state === "published" && learned ? [{ id, name, fileName: learned.fileName, sha256: learned.sha256 }] : [],
    );
  }

  /**
   * Changes a task as it is now, whoever else changes it at the same time.
   * @param change may be called more than once; what it throws ends the attempt
   * @throws TaskProblem `gone`
   */
  async update(taskId: string, change: (task: GuildTask) => GuildTask): Promise<GuildTask> {
    const key = this.#keys.task(taskId);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const json = await redisCall(this.#redis.get(key));
      const task = read(json);
      if (json === null || !task) throw new TaskProblem({ kind: "gone" });
      const next = guildTaskSchema.parse(change(task));
      if ((await redisCall(this.#redis.eval(REPLACE, 1, key, json, JSON.stringify(next)))) === 1) return next;
    }
    throw new Error("the task changes all the time");
  }

  /** @throws TaskProblem `name-taken`, `gone` */
  async rename(task: GuildTask, name: string): Promise<GuildTask> {
    await this.reserve(task, name);
    const renamed = await this.update(task.id, (now) => ({ ...now, name }));
    const kept = [name, renamed.learned?.fileName ?? name].map(nameKey);
    if (!kept.includes(nameKey(task.name))) {
      await redisCall(this.#redis.hdel(this.#keys.names(task.guild), nameKey(task.name)));
    }
    return renamed;
  }

  /** Back to a draft: what was learned is deleted, the examples stay. @throws what the task's state does not allow */
  async discard(task: GuildTask): Promise<GuildTask> {
    const draft = await this.update(task.id, (now) => ({ ...now, state: "draft", learned: null }));
    const { learned } = task;
    if (!learned) return draft;
    if (nameKey(learned.fileName) !== nameKey(draft.name)) {
      await redisCall(this.#redis.hdel(this.#keys.names(task.guild), nameKey(learned.fileName)));
    }
    const kept = new Set((await this.examples(task.id)).flatMap(({ before, after }) => [before.sha256, after.sha256]));
    const { sha256, sheet, curve } = learned;
    for (const each of [sha256, sheet?.sha256, curve?.sha256]) {
      if (each !== undefined && !kept.has(each)) await this.files.of(task.id).delete(each);
    }
    return draft;
  }

  /** Deletes a task with its examples, its learned file and all pictures. */
  async delete({ id, guild }: Pick<GuildTask, "id" | "guild">): Promise<void> {
    const names = this.#keys.names(guild);
    const mine = Object.entries(await redisCall(this.#redis.hgetall(names))).filter(([, taskId]) => taskId === id);
    const writes = this.#redis.multi().del(this.#keys.task(id), this.#keys.examples(id));
    if (mine.length > 0) writes.hdel(names, ...mine.map(([name]) => name));
    await redisCall(writes.exec());
    await this.files.deleteAll(id);
  }

  async examples(taskId: string): Promise<Example[]> {
    const list = await redisCall(this.#redis.lrange(this.#keys.examples(taskId), 0, -1));
    return list.map((json) => exampleSchema.parse(JSON.parse(json)));
  }

  async countExamples(taskId: string): Promise<number> {
    return redisCall(this.#redis.llen(this.#keys.examples(taskId)));
  }

  /** All of them, or none. @throws TaskProblem `too-many-examples`, `gone` */
  async addExamples(taskId: string, examples: readonly Example[]): Promise<void> {
    if (examples.length === 0) return;
    const values = examples.map((example) => JSON.stringify(exampleSchema.parse(example)));
    const keys = [this.#keys.examples(taskId), this.#keys.task(taskId)];
    const answer = await redisCall(this.#redis.eval(APPEND, 2, ...keys, MAX_EXAMPLES, ...values));
    const [done, have] = answer as [number, number];
    if (done === -1) throw new TaskProblem({ kind: "gone" });
    if (done === 0) throw new TaskProblem({ kind: "too-many-examples", most: MAX_EXAMPLES, have });
  }

  /** Takes examples out, and deletes the pictures that no other example of the task shows. */
  async removeExamples(taskId: string, chosen: readonly Example[]): Promise<void> {
    for (const example of chosen) {
      await redisCall(this.#redis.lrem(this.#keys.examples(taskId), 1, JSON.stringify(exampleSchema.parse(example))));
    }
    const hashes = ({ before, after }: Example) => [before.sha256, after.sha256];
    const kept = new Set((await this.examples(taskId)).flatMap(hashes));
    for (const sha256 of chosen.flatMap(hashes)) {
      if (!kept.has(sha256)) await this.files.of(taskId).delete(sha256);
    }
  }
}

function read(json: string | null): GuildTask | undefined {
  if (json === null) return undefined;
  const task = guildTaskSchema.safeParse(JSON.parse(json));
  return task.success ? task.data : undefined;
}
