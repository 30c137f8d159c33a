import { pino } from "pino";
import { follow } from "../../../test/fakes/follow.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openNetwork } from "../../../sandbox/network/index.ts";
import { Disconnected, Misconfigured } from "../../errors.ts";
import type { Source } from "../source.ts";
import type { TokenStore } from "../token.ts";
import { openMastodon } from "./index.ts";

const HOUR_S = 3_600;
const nothing = new AbortController().signal;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A network whose tokens live an hour by a clock that the test moves, and our account there. */
async function openScene() {
  const clock = manualClock(new Date().toISOString());
  const network = await openNetwork({ dir: ":memory:", port: 0, now: () => Date.parse(clock.now()) });
  const send = async (path: string, body: unknown) => {
    const answer = await fetch(network.url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as unknown;
  };
  await send("/sandbox/accounts", { handle: "nordwind" });
  const account = "nordwind";
  const given = (await send("/sandbox/tokens", { account, action: "grant", expiresInSeconds: HOUR_S })) as Tokens;
  let stored: string | undefined;
  const tokenStore: TokenStore = {
    read: () => Promise.resolve(stored),
    write: (value) => {
      stored = value;
      return Promise.resolve();
    },
  };
  return {
    clock,
    stored: () => stored,
    play: (action: "expire" | "revoke" | "restore") => send("/sandbox/tokens", { account, action }),
    open: (clientSecret = "sandbox") =>
      openMastodon({
        url: network.url,
        token: given.access_token,
        tokenEnv: "EARSHOT_TOKEN",
        refresh: { token: given.refresh_token, clientId: "sandbox", clientSecret },
        tokenStore,
        words: [],
        mode: "engage",
        clock,
        log: pino({ level: "silent" }),
      }),
    [Symbol.asyncDispose]: () => network.close(),
  };
}

/** Any question to the network. */
async function ask(source: Source): Promise<unknown> {
  return await Array.fromAsync(source.recheck?.([{ key: "mastodon:nordwind.social/1", version: 0 }], nothing) ?? []);
}

test("a token that ran out is refreshed, and nobody notices", async () => {
  await using scene = await openScene();
  await using source = await scene.open();
  for (let hour = 0; hour < 3; hour++) {
    scene.clock.advance(HOUR_S * 1000);
    await expect(ask(source)).resolves.toBeDefined();
  }
});

test("the account opens with what was refreshed before a restart", async () => {
  await using scene = await openScene();
  await using before = await scene.open();
  scene.clock.advance(HOUR_S * 1000);
  await ask(before);
  await before[Symbol.asyncDispose]();
  const stored = scene.stored();
  await using after = await scene.open();
  await expect(ask(after)).resolves.toBeDefined();
  expect(scene.stored()).toBe(stored);
});

test("a feed hears on, by stream too, when its token has run out", async () => {
  await using scene = await openScene();
  await using source = await scene.open();
  await using following = follow(source, "notifications");
  await following.untilConfirmed(2);
  await scene.play("expire");
  scene.clock.advance(60_000);
  await following.untilConfirmed(3);
  expect(following.pages.at(-1)?.interrupted).toBeUndefined();
});

test("a refused refresh is Disconnected with the way back, and ends when the network takes it again", async () => {
  await using scene = await openScene();
  await using source = await scene.open();
  await scene.play("revoke");
  const failure = await ask(source).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Disconnected);
  expect((failure as Disconnected).remedy).toContain("EARSHOT_TOKEN");
  await scene.play("restore");
  await expect(ask(source)).resolves.toBeDefined();
});

test("an account that cannot be refreshed at its opening tells the operator", async () => {
  await using scene = await openScene();
  scene.clock.advance(HOUR_S * 1000);
  await expect(scene.open("wrong")).rejects.toThrow(Misconfigured);
});
