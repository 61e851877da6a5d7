import { Router } from "./http/Router.ts";
import { applicationRoutes } from "./rest/applicationRoutes.ts";
import { attachmentRoutes } from "./rest/attachmentRoutes.ts";
import { channelRoutes } from "./rest/channelRoutes.ts";
import { commandRoutes } from "./rest/commandRoutes.ts";
import { gatewayRoutes } from "./rest/gatewayRoutes.ts";
import { guildRoutes } from "./rest/guildRoutes.ts";
import { interactionRoutes } from "./rest/interactionRoutes.ts";
import { messageRoutes } from "./rest/messageRoutes.ts";
import { userRoutes } from "./rest/userRoutes.ts";
import { webhookRoutes } from "./rest/webhookRoutes.ts";
import type { State } from "./state/State.ts";

/** All routes of the bot's REST API. */
export function createRouter(state: State): Router {
  const router = new Router();
  for (const routes of [
    applicationRoutes,
    attachmentRoutes,
    channelRoutes,
    commandRoutes,
    gatewayRoutes,
    guildRoutes,
    interactionRoutes,
    messageRoutes,
    userRoutes,
    webhookRoutes,
  ]) {
    router.add(...routes(state));
  }
  return router;
}
