import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { EmendError } from "../../../src/errors/EmendError.ts";

/** Where the hub and its cache are, as Python's huggingface_hub reads it from the environment. */
export interface HubSettings {
  /** Origin (and path, behind some mirrors) of the hub, without a slash at its end. */
  readonly endpoint: string;
  /** Absolute path of the folder that holds `models--…`. */
  readonly cache: string;
  readonly token?: string;
  /** Nothing may be asked of the network. */
  readonly offline: boolean;
}

/**
 * The settings of huggingface_hub (constants.py): HF_ENDPOINT; HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME and
 * XDG_CACHE_HOME; HF_TOKEN, HUGGING_FACE_HUB_TOKEN and the token file that `hf auth login` writes;
 * HF_HUB_DISABLE_IMPLICIT_TOKEN; HF_HUB_OFFLINE. Empty means unset.
 * @throws EmendError `bad_usage` when HF_ENDPOINT is no address
 */
export function hubSettings(source: NodeJS.ProcessEnv = process.env): HubSettings {
  const home =
    expand(source.HF_HOME, source) ?? join(source.XDG_CACHE_HOME || join(homedir(), ".cache"), "huggingface");
  const cache = expand(source.HF_HUB_CACHE || source.HUGGINGFACE_HUB_CACHE, source) ?? join(home, "hub");
  const endpoint = (source.HF_ENDPOINT || "https://huggingface.co").replace(/\/+$/, "");
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    throw new EmendError("bad_usage", "wrong settings in the environment: HF_ENDPOINT is no http(s) address");
  }
  const token = readToken(expand(source.HF_TOKEN_PATH, source) ?? join(home, "token"), source);
  const offline = isTrue(source.HF_HUB_OFFLINE || source.TRANSFORMERS_OFFLINE);
  return { endpoint, cache: resolve(cache), offline, ...(token === undefined ? {} : { token }) };
}

function readToken(file: string, source: NodeJS.ProcessEnv): string | undefined {
  const given = clean(source.HF_TOKEN || source.HUGGING_FACE_HUB_TOKEN);
  if (given !== undefined || isTrue(source.HF_HUB_DISABLE_IMPLICIT_TOKEN)) return given;
  try {
    return clean(readFileSync(file, "utf8"));
  } catch {
    return undefined; // nobody logged in
  }
}

/** Tokens are pasted with line breaks around them; a header cannot hold any. */
const clean = (token: string | undefined): string | undefined => token?.replaceAll(/[\r\n]/g, "").trim() || undefined;

const isTrue = (value: string | undefined): boolean => /^(1|on|yes|true)$/i.test(value ?? "");

/** "~" and "$NAME" of a path, as Python's expanduser and expandvars do. */
function expand(path: string | undefined, source: NodeJS.ProcessEnv): string | undefined {
  if (!path) return undefined;
  const variable = /\$(?:\{(\w+)\}|(\w+))/g;
  return path
    .replace(/^~(?=$|[/\\])/, homedir())
    .replaceAll(variable, (all, braced?: string, plain?: string) => source[(braced ?? plain)!] ?? all);
}
