import { z } from "zod";
import { parseForm } from "../errors/formError.ts";
import type { Route } from "../http/Router.ts";
import { fileUrl } from "../messages/media.ts";
import type { State } from "../state/State.ts";

/** Undocumented, but used by bots: signs addresses of old files again. */
export function attachmentRoutes(state: State): Route[] {
  const form = z.object({ attachment_urls: z.array(z.string()).min(1).max(50) });
  const refresh = (original: string) => {
    const id = URL.canParse(original) ? new URL(original).pathname.split("/").at(-2) : undefined;
    const file = state.files.get(id ?? "");
    return file ? [{ original, refreshed: fileUrl(state, file) }] : [];
  };
  return [
    {
      method: "POST",
      pattern: "/attachments/refresh-urls",
      auth: true,
      handle: ({ body }) => {
        const { attachment_urls } = parseForm(form, body ?? {});
        return { status: 200, body: { refreshed_urls: attachment_urls.flatMap(refresh) } };
      },
    },
  ];
}
