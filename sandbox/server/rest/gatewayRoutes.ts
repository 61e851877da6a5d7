import type { Route } from "../http/Router.ts";
import type { State } from "../state/State.ts";

export function gatewayRoutes(state: State): Route[] {
  const url = () => `${state.origin.replace(/^http/, "ws")}/gateway`;
  return [
    { method: "GET", pattern: "/gateway", auth: false, handle: () => ({ status: 200, body: { url: url() } }) },
    {
      method: "GET",
      pattern: "/gateway/bot",
      auth: true,
      handle: () => ({
        status: 200,
        body: {
          url: url(),
          shards: 1,
          session_start_limit: {
            total: 1000,
            remaining: Math.max(0, 1000 - state.identifies),
            reset_after: 86_400_000,
            max_concurrency: 1,
          },
        },
      }),
    },
  ];
}
