import { once } from "node:events";
import { WebSocket } from "ws";
import { get, post } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** An account, and whether its tokens let it in, by a clock that the test moves. */
async function openScene() {
  let time = Date.parse("2026-11-22T12:00:00Z");
  const network = await openTestNetwork({ now: () => time });
  const { token } = await join(network, "anna");
  const tokens = (json: object) =>
    post<Granted>(`${network.url}/sandbox/tokens`, { json: { account: "anna", ...json } });
  return {
    network,
    token,
    wait: (ms: number) => (time += ms),
    play: (action: string) => tokens({ action }),
    grant: async (expiresInSeconds: number) => (await tokens({ action: "grant", expiresInSeconds })).body,
    refresh: (refresh_token: string, client_secret = "sandbox") =>
      post<Granted>(`${network.url}/oauth/token`, {
        json: { grant_type: "refresh_token", refresh_token, client_id: "sandbox", client_secret },
      }),
    isIn: async (by = token) => (await get(`${network.url}/api/v1/accounts/verify_credentials`, { token: by })).status,
    [Symbol.asyncDispose]: () => network.close(),
  };
}

test("a token that was granted runs out, and is refreshed to another one", async () => {
  await using scene = await openScene();
  const first = await scene.grant(60);
  expect(await scene.isIn(first.access_token)).toBe(200);
  scene.wait(60_000);
  expect(await scene.isIn(first.access_token)).toBe(401);

  const second = (await scene.refresh(first.refresh_token)).body;
  expect(second.expires_in).toBe(60);
  expect(await scene.isIn(second.access_token)).toBe(200);
});

test("a refresh token counts until what it gave is used", async () => {
  await using scene = await openScene();
  const first = await scene.grant(60);
  await scene.refresh(first.refresh_token);
  const second = (await scene.refresh(first.refresh_token)).body;
  expect(await scene.isIn(second.access_token)).toBe(200);
  expect(await scene.refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
  expect(await scene.refresh(second.refresh_token, "wrong")).toMatchObject({ status: 401 });
});

test.each([
  { action: "expire", status: 401, refreshed: 200 },
  { action: "revoke", status: 401, refreshed: 400 },
  { action: "suspend", status: 403, refreshed: 200 },
])("to $action is answered by $status, until it is restored", async ({ action, status, refreshed }) => {
  await using scene = await openScene();
  const granted = await scene.grant(3_600);
  await scene.play(action);
  expect([await scene.isIn(), await scene.isIn(granted.access_token)]).toEqual([status, status]);
  expect((await scene.refresh(granted.refresh_token)).status).toBe(refreshed);
  await scene.play("restore");
  expect([await scene.isIn(), await scene.isIn(granted.access_token)]).toEqual([200, 200]);
});

test.each(["revoke", "suspend"])("to %s cuts the streams of the account", async (action) => {
  await using scene = await openScene();
  const address = `${scene.network.url.replace("http", "ws")}/api/v1/streaming?stream=user`;
  const socket = new WebSocket(address, [scene.token]);
  const closed = once(socket, "close");
  socket.on("error", () => undefined);
  await once(socket, "open");
  await scene.play(action);
  await closed;
  const [error] = (await once(new WebSocket(address, [scene.token]), "error")) as [Error];
  expect(error.message).toContain("401");
});

test("nobody's tokens and an unknown act are refused", async () => {
  await using scene = await openScene();
  expect((await scene.play("explode")).status).toBe(422);
  const other = await post(`${scene.network.url}/sandbox/tokens`, { json: { account: "ben", action: "revoke" } });
  expect(other.status).toBe(404);
});
