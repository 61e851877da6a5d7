import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { hubSettings } from "../../gpu-worker/checkpoint/hub/hubSettings.ts";

const home = homedir();

it.each([
  [{}, `${home}/.cache/huggingface/hub`],
  [{ XDG_CACHE_HOME: "/x" }, "/x/huggingface/hub"],
  [{ XDG_CACHE_HOME: "/x", HF_HOME: "/h" }, "/h/hub"],
  [{ HF_HOME: "~/h" }, `${home}/h/hub`],
  [{ HF_HOME: "$BASE/h", BASE: "/b" }, "/b/h/hub"],
  [{ HF_HOME: "/h", HUGGINGFACE_HUB_CACHE: "/old" }, "/old"],
  [{ HF_HOME: "/h", HUGGINGFACE_HUB_CACHE: "/old", HF_HUB_CACHE: "/new" }, "/new"],
  [{ HF_HOME: "", HF_HUB_CACHE: "" }, `${home}/.cache/huggingface/hub`],
])("the cache with %j is where huggingface_hub has it", (env, cache) => {
  expect(hubSettings(env).cache).toBe(cache);
});

it("the real hub is asked unless another is named, without a slash at its end", () => {
  expect(hubSettings({}).endpoint).toBe("https://huggingface.co");
  expect(hubSettings({ HF_ENDPOINT: "http://localhost:8080/hub/" }).endpoint).toBe("http://localhost:8080/hub");
  for (const HF_ENDPOINT of ["huggingface.co", "file:///etc", "nonsense"]) {
    expect(() => hubSettings({ HF_ENDPOINT })).toThrow(/HF_ENDPOINT/);
  }
});

it("the token is the environment's, else that of the file, else none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "emend-token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const env = { HF_HOME: folder };
  expect(hubSettings(env).token).toBeUndefined();
  await writeFile(join(folder, "token"), "hf_file\n");
  expect(hubSettings(env).token).toBe("hf_file");
  expect(hubSettings({ ...env, HF_TOKEN: " hf_env\r\n" }).token).toBe("hf_env");
  expect(hubSettings({ ...env, HUGGING_FACE_HUB_TOKEN: "hf_old" }).token).toBe("hf_old");
  expect(hubSettings({ ...env, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }).token).toBeUndefined();
  await writeFile(join(folder, "other"), "hf_other");
  expect(hubSettings({ ...env, HF_TOKEN_PATH: join(folder, "other") }).token).toBe("hf_other");
});

it("offline is what huggingface_hub takes for true", () => {
  for (const value of ["1", "ON", "yes", "True"]) expect(hubSettings({ HF_HUB_OFFLINE: value }).offline).toBe(true);
  for (const value of ["", "0", "no", "off"]) expect(hubSettings({ HF_HUB_OFFLINE: value }).offline).toBe(false);
  expect(hubSettings({ TRANSFORMERS_OFFLINE: "1" }).offline).toBe(true);
});
