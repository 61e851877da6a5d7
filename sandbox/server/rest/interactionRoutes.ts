import type { Route } from "../http/Router.ts";
import { forCallback } from "../interactions/findInteraction.ts";
import { respond } from "../interactions/respond.ts";
import type { State } from "../state/State.ts";
import { botMessageView } from "./messageRoutes.ts";

export function interactionRoutes(state: State): Route[] {
  return [
    {
      method: "POST",
      pattern: "/interactions/:interaction/:token/callback",
      auth: false,
      handle: async ({ params, query, body, uploads }) => {
        const record = forCallback(state, params.interaction as string, params.token as string);
        const message = await respond(state, record, body, uploads);
        if (query.get("with_response") !== "true") return { status: 204 };
        return {
          status: 200,
          body: {
            interaction: {
              id: record.id,
              type: record.type,
              ...(message
                ? {
                    response_message_id: message.id,
                    response_message_loading: record.deferred,
                    response_message_ephemeral: message.ephemeralFor !== undefined,
                  }
                : {}),
            },
            ...(message
              ? { resource: { type: record.acknowledgedBy, message: botMessageView(state, message) } }
              : { resource: { type: record.acknowledgedBy } }),
          },
        };
      },
    },
  ];
}
