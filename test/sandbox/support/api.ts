import type { Sandbox } from "../../../sandbox/index.ts";

export interface ApiAnswer {
  status: number;
  /** Discord's error code, or undefined. */
  code: number | undefined;
  body: Record<string, unknown>;
  headers: Headers;
  /** The codes of form errors, flattened as `path: CODE`. */
  problems: string[];
}

/** One raw request as the bot, for what discord.js would refuse to send itself. */
export async function api(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
  options: { files?: { name: string; bytes: Uint8Array }[]; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const headers: Record<string, string> = { authorization: `Bot ${sandbox.token}`, ...options.headers };
  let payload: FormData | string | null = null;
  if (options.files) {
    payload = new FormData();
    payload.set("payload_json", JSON.stringify(body ?? {}));
    for (const [index, { name, bytes }] of options.files.entries()) {
      payload.set(`files[${index}]`, new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    }
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers["content-type"] = "application/json";
  }
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, { method, headers, body: payload });
  const text = await response.text();
  const json = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  const code = response.ok ? undefined : (json.code as number);
  return { status: response.status, code, body: json, headers: response.headers, problems: flatten(json.errors) };
}

function flatten(node: unknown, path: string[] = []): string[] {
  if (node === null || typeof node !== "object") return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "_errors"
      ? (value as { code: string }[]).map(({ code }) => `${path.join(".")}: ${code}`)
      : flatten(value, [...path, key]),
  );
}

/** Registers `/edit instruction` and the message command "Edit this image" without a running bot. */
export async function registerCommands(sandbox: Sandbox, more: object[] = []): Promise<void> {
  const instruction = { type: 3, name: "instruction", description: "What to change" };
  const edit = { name: "edit", description: "Edits a picture", integration_types: [0, 1], options: [instruction] };
  const answer = await api(sandbox, "PUT", `/applications/${sandbox.applicationId}/commands`, [
    edit,
    { name: "Edit this image", type: 3 },
    ...more,
  ]);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}
