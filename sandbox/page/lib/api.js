/** The page's line to the server: actions over HTTP, events over a WebSocket. */

let user = sessionStorage.getItem("emend-user") ?? "";

/** From now on this tab is that person; other tabs keep theirs. @param {string} id */
export function actAs(id) {
  user = id;
  sessionStorage.setItem("emend-user", id);
}

/**
 * Runs an action; File objects anywhere in `input` are uploaded.
 * @param {string} action @param {object} [input] @returns {Promise<any>} @throws {Error} with words for the person
 */
export async function call(action, input = {}) {
  const files = [];
  const json = JSON.stringify(withoutFiles(input, files));
  let body = json;
  if (files.length > 0) {
    body = new FormData();
    body.set("payload_json", json);
    for (const [index, file] of files.entries()) body.set(`files[${index}]`, file, file.name);
  }
  const headers = typeof body === "string" ? { "content-type": "application/json" } : {};
  let response;
  try {
    response = await fetch(`/page/api/${action}?user=${encodeURIComponent(user)}`, { method: "POST", body, headers });
  } catch {
    throw new Error("The server cannot be reached. Is emend still running?");
  }
  const result = await response.json().catch(() => ({}));
  if (response.status === 404 && user !== "" && action === "state") {
    actAs("");
    return call(action, input);
  }
  if (!response.ok || result.refused)
    throw new Error(sentence(result.refused ?? result.message ?? "that did not work"));
  return result;
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");

function withoutFiles(value, files) {
  if (value instanceof File) return { $file: files.push(value) - 1 };
  if (Array.isArray(value)) return value.map((item) => withoutFiles(item, files));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutFiles(item, files)]));
}

/**
 * Listens to events until the returned function is called; connects again by itself.
 * @param {(event: any) => void} onEvent @param {(connected: boolean) => void} onConnection
 */
export function listen(onEvent, onConnection) {
  let socket;
  let isClosed = false;
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/page/socket?user=${encodeURIComponent(user)}`);
    socket.onopen = () => onConnection(true);
    socket.onmessage = ({ data }) => onEvent(JSON.parse(data));
    socket.onclose = () => {
      if (isClosed) return;
      onConnection(false);
      setTimeout(() => !isClosed && open(), 1000);
    };
  };
  open();
  return () => {
    isClosed = true;
    socket.close();
  };
}
