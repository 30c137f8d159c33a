import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { openNetwork } from "./index.ts";
import { get, post } from "./test/ask.ts";

/** A network in a process of its own, to be killed without warning. */
async function openProcess(dir: string) {
  const child = fork(joinPath(import.meta.dirname, "test/network-process.ts"), [dir], { execArgv: ["--no-warnings"] });
  const [url] = (await once(child, "message")) as [string];
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { url, kill, [Symbol.asyncDispose]: kill };
}

test("what was answered before a kill is there after it, keys and all", async () => {
  const dir = mkdtempSync(joinPath(tmpdir(), "network-"));
  const say = async (url: string, token: string) => {
    const headers = { "Idempotency-Key": "k1" };
    return (await post<{ id: string }>(`${url}/api/v1/statuses`, { token, headers, json: { status: "@nordwind hi" } }))
      .body;
  };
  const join = async (url: string, handle: string) =>
    (await post<{ token: string }>(`${url}/sandbox/accounts`, { json: { handle, display: handle } })).body.token;

  await using before = await openProcess(dir);
  const [company, anna] = [await join(before.url, "nordwind"), await join(before.url, "anna")];
  const said = await say(before.url, anna);
  await before.kill();

  await using after = await openNetwork({ dir, port: 0 });
  const notifications = await get<object[]>(`${after.url}/api/v1/notifications`, { token: company });
  expect(await join(after.url, "anna")).toBe(anna);
  expect((await say(after.url, anna)).id).toBe(said.id);
  expect(notifications.body).toMatchObject([{ type: "mention", status: { id: said.id } }]);
  await after.close();
  rmSync(dir, { recursive: true });
}, 30_000);

test("a port that is taken is an error, and the store can be opened again", async () => {
  const dir = mkdtempSync(joinPath(tmpdir(), "network-"));
  await using first = await openNetwork({ dir: ":memory:", port: 0 });
  const port = Number(new URL(first.url).port);

  await expect(openNetwork({ dir, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await using second = await openNetwork({ dir, port: 0 });
  expect((await get(`${second.url}/api/v1/instance`)).status).toBe(200);
  await second.close();
  rmSync(dir, { recursive: true });
});
