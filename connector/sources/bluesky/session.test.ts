import { Disconnected, Misconfigured } from "../../errors.ts";
import type { TokenStore } from "../token.ts";
import { openScene } from "./fixtures/scene.ts";

const never = new AbortController().signal;

function openStore() {
  const written: string[] = [];
  const store: TokenStore = {
    read: () => Promise.resolve(written.at(-1)),
    write: (value) => {
      written.push(value);
      return Promise.resolve();
    },
  };
  return { store, written };
}

test("one session serves all, and is refreshed before it ends", async () => {
  await using scene = await openScene();
  const { network, source, clock } = scene;
  await source.lacks?.(never);
  expect(network.sessions).toMatchObject({ begun: 1, refreshed: 0 });
  clock.advance(1.6 * 3_600_000);
  await source.lacks?.(never);
  expect(network.sessions).toMatchObject({ begun: 1, refreshed: 1 });
});

test("a session that ended is refreshed, and one that cannot be is begun anew", async () => {
  await using scene = await openScene();
  const { network, source, clock, anna } = scene;
  const held = { key: await anna.say("hello"), version: 0 };
  const readAgain = () => Array.fromAsync(source.recheck?.([held], never) ?? []);
  network.sessions.expire();
  await readAgain();
  expect(network.sessions).toMatchObject({ begun: 1, refreshed: 1 });
  clock.advance(100 * 86_400_000);
  network.sessions.forget();
  await readAgain();
  expect(network.sessions.begun).toBe(2);
});

test("a session survives a restart, sealed, and is not begun twice", async () => {
  const { store, written } = openStore();
  await using scene = await openScene({ tokenStore: store });
  await using again = await scene.open();
  expect(again.account.handle).toBe("nordwind.test");
  expect(scene.network.sessions.begun).toBe(1);
  expect(Buffer.from(written.join(), "base64url").toString("latin1")).not.toContain("jti");
});

test("a command beside the connector begins a session of its own and leaves that one alone", async () => {
  const { store, written } = openStore();
  await using scene = await openScene({ tokenStore: store });
  await using visitor = await scene.open({ mayRefresh: false });
  expect(visitor.account.handle).toBe("nordwind.test");
  expect(scene.network.sessions.begun).toBe(2);
  expect(written).toHaveLength(1);
});

test("a wrong password is told with the way back, at the start and later", async () => {
  await using scene = await openScene();
  const wrong = await scene
    .open({ password: "wrong", passwordEnv: "EARSHOT_BLUESKY" })
    .catch((error: unknown) => error);
  expect(wrong).toBeInstanceOf(Misconfigured);
  expect((wrong as Misconfigured).message).toMatch(/app password.*EARSHOT_BLUESKY/s);
  expect((wrong as Misconfigured).cause).toBeInstanceOf(Disconnected);
});

test("a password that is refused while running is not tried again at every question", async () => {
  await using scene = await openScene();
  const { network, source, clock } = scene;
  const held = { key: await scene.anna.say("hello"), version: 0 };
  const readAgain = () => Array.fromAsync(source.recheck?.([held], never) ?? []).catch((error: unknown) => error);
  const tries = () => network.asked.filter((method) => method.endsWith("createSession")).length;
  const before = tries();
  const us = network.store.members.get(scene.toDid("nordwind")) as { password: string };
  const { password } = us;
  us.password = "another";
  network.sessions.forget();
  for (let n = 0; n < 20; n++) expect(await readAgain()).toBeInstanceOf(Disconnected);
  expect(tries() - before).toBe(1);
  us.password = password;
  clock.advance(3_600_000);
  expect(await readAgain()).toEqual([[]]);
  expect(tries() - before).toBe(2);
});

test("an account that was taken down is told at the start", async () => {
  await using scene = await openScene();
  scene.network.store.setStatus(scene.toDid("nordwind"), "takendown");
  await expect(scene.open()).rejects.toThrow(/suspended, deactivated or taken down/);
});

test("an address that is no Bluesky server is told", async () => {
  await using scene = await openScene();
  await expect(
    scene.open({ service: `${scene.network.url.replace("127.0.0.1", "localhost")}/` }),
  ).resolves.toBeDefined();
  const service = scene.network.jetstream.url.replace("ws", "http");
  await expect(scene.open({ service })).rejects.toThrow(/set `service` to the address/);
});
