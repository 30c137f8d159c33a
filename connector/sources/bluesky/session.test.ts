import { freely } from "../../../test/fakes/leave.ts";
import { hear, toReply, WITH_LISTS } from "../../../test/contracts/source/scene.ts";
import { Refused } from "../../../test/fakes/bluesky/refusal.ts";
import { Disconnected, Misconfigured, Unavailable } from "../../errors.ts";
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
  await using visitor = await scene.open({ ownSession: true });
  expect(visitor.account.handle).toBe("nordwind.test");
  expect(scene.network.sessions.begun).toBe(2);
  expect(written).toHaveLength(1);
});

test("of several connectors one keeps the session: the others use it, and wait where there is none", async () => {
  const { store } = openStore();
  await using scene = await openScene({ tokenStore: store });
  const { network } = scene;
  await using other = await scene.open({ tokenStore: store, mayRefresh: () => false });
  await other.lacks?.(never);
  expect(network.sessions).toMatchObject({ begun: 1, refreshed: 0 });
  network.sessions.expire();
  const held = { key: await scene.anna.say("hello"), version: 0 };
  const readAgain = (source: typeof other) => Array.fromAsync(source.recheck?.([held], never) ?? []);
  const failure: unknown = await readAgain(other).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Unavailable);
  expect(failure).not.toBeInstanceOf(Disconnected);
  await readAgain(scene.source);
  await readAgain(other);
  expect(network.sessions).toMatchObject({ begun: 1, refreshed: 1 });
  const { store: empty } = openStore();
  await expect(scene.open({ tokenStore: empty, mayRefresh: () => false })).rejects.toThrow(Unavailable);
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

test("a refused password is not tried again by who is restarted in a loop, and says so", async () => {
  const { store, written } = openStore();
  await using scene = await openScene();
  const { network, open, clock } = scene;
  const tries = () => network.asked.filter((method) => method.endsWith("createSession")).length;
  const before = tries();
  const start = (password: string) =>
    open({ password, tokenStore: store }).catch((error: unknown) => error as Misconfigured);
  const first = await start("wrong");
  expect(first).toBeInstanceOf(Misconfigured);
  for (let n = 0; n < 20; n++) {
    clock.advance(5_000);
    const again = (await start("wrong")) as Misconfigured;
    expect(again).toBeInstanceOf(Misconfigured);
    expect(again.message).toMatch(/at 2026-03-02T09:00:00.000Z, and is asked again after 2026-03-02T09:10:00.000Z/);
    expect(again.message).toContain("make a new app password");
    expect(again.cause).toBeInstanceOf(Disconnected);
  }
  expect(tries() - before).toBe(1);
  expect(Buffer.from(written.join(), "base64url").toString("latin1")).not.toContain("nordwind");
  clock.advance(600_000);
  await start("wrong");
  expect(tries() - before).toBe(2);
});

test("with another password it is let in at once, and the refusal is forgotten", async () => {
  const { store } = openStore();
  await using scene = await openScene();
  await expect(scene.open({ password: "wrong", tokenStore: store })).rejects.toThrow(Misconfigured);
  await using mended = await scene.open({ tokenStore: store });
  expect(mended.account.handle).toBe("nordwind.test");
});

test("who is asked to slow down when beginning a session waits it out through restarts", async () => {
  const { store } = openStore();
  await using scene = await openScene();
  const { network, open, clock } = scene;
  network.setFaults([{ fits: /createSession/, act: new Refused(429, "RateLimitExceeded") }]);
  await expect(open({ tokenStore: store })).rejects.toThrow(Unavailable);
  network.setFaults([]);
  const asked = network.asked.length;
  clock.advance(10_000);
  await expect(open({ tokenStore: store })).rejects.toMatchObject({ retryAfterMs: 20_000 });
  expect(network.asked).toHaveLength(asked);
  clock.advance(20_000);
  await using source = await open({ tokenStore: store });
  expect(source.account.handle).toBe("nordwind.test");
});

test.each(["takendown", "suspended"])(
  "an account that is %s is refused as by a wrong password: both are told",
  async (status) => {
    await using scene = await openScene();
    scene.network.store.setStatus(scene.toDid("nordwind"), status);
    await expect(scene.open()).rejects.toThrow(/an account that is suspended is refused in the same words/);
  },
);

test.each(["takendown", "deactivated"])(
  "with a session from before it is told that the account is %s",
  async (status) => {
    const { store } = openStore();
    await using scene = await openScene({ tokenStore: store });
    scene.network.store.setStatus(scene.toDid("nordwind"), status);
    await expect(scene.open()).rejects.toThrow(/suspended, deactivated or taken down/);
  },
);

test("of an account that was taken down replies wait, and go when it is back", async () => {
  await using scene = await openScene();
  const { source, network, anna, toDid } = scene;
  const post = await hear({ ...scene, ways: { ...WITH_LISTS, named: "jetstream" } }, () =>
    anna.say("@nordwind.test my bag"),
  );
  network.store.setStatus(toDid("nordwind"), "takendown");
  const reply = toReply(source, post, "We look for it.");
  await expect(source.publish?.(reply, never, freely)).rejects.toThrow(/suspended, deactivated or taken down/);
  network.store.setStatus(toDid("nordwind"), undefined);
  await expect(source.publish?.(reply, never, freely)).resolves.toMatchObject({ parent: post.key });
});

test("an account that rests is told at the start", async () => {
  await using scene = await openScene();
  scene.network.store.setStatus(scene.toDid("nordwind"), "deactivated");
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
