import type { APIApplicationCommand } from "discord-api-types/v10";
import { z } from "zod";
import { CommandStore } from "../commands/CommandStore.ts";
import { parseForm } from "../errors/formError.ts";
import { refusals } from "../errors/refusals.ts";
import type { Route, RouteRequest } from "../http/Router.ts";
import type { State } from "../state/State.ts";
import { command } from "../validate/command.ts";

/** Commands of the application, for everyone and for one guild. */
export function commandRoutes(state: State): Route[] {
  const store = new CommandStore(state);
  return [
    ...routesAt(state, store, "/applications/:application/commands"),
    ...routesAt(state, store, "/applications/:application/guilds/:guild/commands"),
  ];
}

function routesAt(state: State, store: CommandStore, pattern: string): Route[] {
  const scope = ({ params }: RouteRequest) => {
    if (params.application !== state.applicationId) throw refusals.missingAccess();
    if (params.guild === undefined) return undefined;
    if (!state.guilds.get(params.guild)?.members.has(state.botId)) throw refusals.missingAccess();
    return params.guild;
  };
  const find = (request: RouteRequest): APIApplicationCommand => {
    const found = store.get(scope(request), request.params.command as string);
    if (!found) throw refusals.unknownApplicationCommand();
    return found;
  };
  const one = `${pattern}/:command`;
  const make = (method: string, path: string, handle: Route["handle"]): Route => ({
    method,
    pattern: path,
    auth: true,
    handle,
  });
  return [
    make("GET", pattern, (request) => ({ status: 200, body: store.list(scope(request)) })),
    make("PUT", pattern, (request) => {
      const bodies = parseForm(z.array(command).max(130), request.body ?? []);
      return { status: 200, body: store.replaceAll(scope(request), bodies) };
    }),
    make("POST", pattern, (request) => {
      const { stored, created } = store.upsert(scope(request), parseForm(command, request.body ?? {}));
      return { status: created ? 201 : 200, body: stored };
    }),
    make("GET", one, (request) => ({ status: 200, body: find(request) })),
    make("PATCH", one, (request) => {
      const old = find(request);
      const body = parseForm(command, { ...old, ...(request.body as object), type: old.type });
      return { status: 200, body: store.change(old, body) };
    }),
    make("DELETE", one, (request) => {
      store.remove(find(request));
      return { status: 204 };
    }),
  ];
}
