import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { devices } from "../../src/devices.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const picture = fileURLToPath(new URL("../../docs/page.png", import.meta.url));

function emend(args: string[], device = ""): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, EMEND_DEVICE: device };
  const flags = ["--disable-warning=ExperimentalWarning", main];
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

it("tells for each device whether it works, and else what is missing, in a line", { timeout: 120_000 }, async () => {
  const { code, stdout } = await emend(["devices", "--json"]);
  const { automatic, ...others } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(Object.keys(others).toSorted()).toEqual(devices.filter((device) => device !== "cpu").toSorted());
  expect(devices).toContain(automatic);
  for (const probe of Object.values(others) as { precision?: string; problem?: string }[]) {
    expect(probe.precision ?? probe.problem).toMatch(/^[^\n]+$/);
  }
});

it("refuses to edit on a device that this system cannot have, with exit code 2", async () => {
  const impossible = process.platform === "darwin" ? "dml" : "coreml";
  const { code, stderr } = await emend(["edit", picture, "make it red", "--out", "/nowhere.png"], impossible);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^emend: EMEND_DEVICE=\w+, but \w+ is not available: [^\n]+; see deploy\/gpu\.md[^\n]*\n$/);
});
