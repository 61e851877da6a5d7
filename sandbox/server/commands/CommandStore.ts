import { type APIApplicationCommand, ApplicationCommandType as Kind } from "discord-api-types/v10";
import { type FormIssue, formError } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import type { State } from "../state/State.ts";
import type { CommandBody } from "../validate/command.ts";
import { commandSize } from "./commandSize.ts";

/** Commands of each kind that one scope (everywhere, or one guild) may have. */
const LIMITS: Record<number, number> = { [Kind.ChatInput]: 100, [Kind.User]: 15, [Kind.Message]: 15 };
/** Characters of one command's names, descriptions and values together. */
const MAX_SIZE = 8000;
/** New commands per day and scope. */
const DAILY_CREATES = 200;

/** The registered commands. A command is known by its name and kind; writing it again keeps its id. */
export class CommandStore {
  readonly #state: State;
  readonly #created = new Map<string, number>();

  constructor(state: State) {
    this.#state = state;
  }

  list(guildId: string | undefined): APIApplicationCommand[] {
    return [...this.#state.commands.values()].filter((command) => command.guild_id === guildId);
  }

  get(guildId: string | undefined, id: string): APIApplicationCommand | undefined {
    const command = this.#state.commands.get(id);
    return command?.guild_id === guildId ? command : undefined;
  }

  replaceAll(guildId: string | undefined, bodies: CommandBody[]): APIApplicationCommand[] {
    checkTogether(bodies);
    const old = this.list(guildId);
    const next = bodies.map((body) =>
      this.#build(
        guildId,
        body,
        old.find((command) => isSame(command, body)),
      ),
    );
    this.#countCreates(guildId, next.filter(({ id }) => !old.some((command) => command.id === id)).length);
    for (const { id } of old) this.#state.commands.delete(id);
    for (const command of next) this.#state.commands.set(command.id, command);
    this.#state.hub.emit({ type: "commands" });
    return next;
  }

  upsert(guildId: string | undefined, body: CommandBody): { stored: APIApplicationCommand; created: boolean } {
    const old = this.list(guildId);
    const same = old.find((command) => isSame(command, body));
    checkTogether([...old.filter((command) => command !== same).map(asBody), body]);
    if (!same) this.#countCreates(guildId, 1);
    const stored = this.#build(guildId, body, same);
    this.#put(stored);
    return { stored, created: !same };
  }

  change(old: APIApplicationCommand, body: CommandBody): APIApplicationCommand {
    const others = this.list(old.guild_id).filter((command) => command !== old);
    checkTogether([...others.map(asBody), body]);
    const stored = this.#build(old.guild_id, body, old);
    this.#put(stored);
    return stored;
  }

  remove(command: APIApplicationCommand): void {
    this.#state.commands.delete(command.id);
    this.#state.hub.emit({ type: "commands" });
  }

  #put(command: APIApplicationCommand): void {
    this.#state.commands.set(command.id, command);
    this.#state.hub.emit({ type: "commands" });
  }

  #countCreates(guildId: string | undefined, count: number): void {
    const key = `${guildId ?? "global"} ${Math.floor(this.#state.clock.now() / 86_400_000)}`;
    const total = (this.#created.get(key) ?? 0) + count;
    if (total > DAILY_CREATES) throw refusals.tooManyDailyCommands();
    this.#created.set(key, total);
  }

  #build(
    guildId: string | undefined,
    body: CommandBody,
    old: APIApplicationCommand | undefined,
  ): APIApplicationCommand {
    const { description, default_member_permissions, ...rest } = withoutUndefined(body);
    return {
      ...rest,
      id: old?.id ?? this.#state.snowflakes.next(),
      application_id: this.#state.applicationId,
      version: this.#state.snowflakes.next(),
      type: body.type ?? Kind.ChatInput,
      description: description ?? "",
      default_member_permissions: default_member_permissions ?? null,
      nsfw: body.nsfw ?? false,
      ...(guildId === undefined
        ? { contexts: body.contexts ?? null, integration_types: body.integration_types ?? [0] }
        : { guild_id: guildId }),
    } as APIApplicationCommand;
  }
}

/** Rules over all commands of a scope: unique names per kind, how many, and how large. */
function checkTogether(bodies: readonly CommandBody[]): void {
  const issues: FormIssue[] = [];
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  for (const [index, body] of bodies.entries()) {
    const kind = body.type ?? Kind.ChatInput;
    const key = `${kind} ${body.name}`;
    if (seen.has(key)) {
      issues.push({
        path: [index, "name"],
        code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
        message: "Application command names must be unique",
      });
    }
    seen.add(key);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (commandSize(body) > MAX_SIZE) {
      issues.push({
        path: [index],
        code: "APPLICATION_COMMAND_TOO_LARGE",
        message: `Command exceeds maximum size (${MAX_SIZE})`,
      });
    }
  }
  for (const [kind, count] of counts) {
    const limit = LIMITS[kind] ?? 0;
    if (count > limit)
      issues.push({
        path: [],
        code: "APPLICATION_COMMAND_TOO_MANY",
        message: `At most ${limit} commands of type ${kind}`,
      });
  }
  if (issues.length > 0) throw formError(issues);
}

function isSame(command: APIApplicationCommand, body: CommandBody): boolean {
  return command.name === body.name && command.type === (body.type ?? Kind.ChatInput);
}

function asBody(command: APIApplicationCommand): CommandBody {
  return command as unknown as CommandBody;
}

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
