import { manualClock } from "../../test/fakes/manual-clock.ts";
import { Disconnected, Unavailable } from "../errors.ts";
import { openRefreshedToken } from "./refreshed-token.ts";
import type { TokenStore } from "./token.ts";

const HOUR_MS = 3_600_000;
const given = { accessToken: "a0", refreshToken: "r0" };

/** A network that gives a1 for r0, a2 for r1 and so on, each for an hour; and a store that remembers. */
function openScene({ livesMs }: { readonly livesMs: number | undefined } = { livesMs: HOUR_MS }) {
  const clock = manualClock();
  const asked: string[] = [];
  const written: string[] = [];
  let failure: Error | undefined;
  let storeFailure: Error | undefined;
  const store: TokenStore = {
    read: () => Promise.resolve(written.at(-1)),
    write: (value) => {
      if (storeFailure !== undefined) return Promise.reject(storeFailure);
      written.push(value);
      return Promise.resolve();
    },
  };
  const open = (
    changes: { readonly given?: typeof given; readonly secret?: string; readonly mayRefresh?: () => boolean } = {},
  ) =>
    openRefreshedToken({
      given,
      secret: "secret",
      store,
      clock,
      refresh: (token) => {
        asked.push(token);
        if (failure !== undefined) return Promise.reject(failure);
        const n = Number(token.slice(1)) + 1;
        return Promise.resolve({ accessToken: `a${n}`, refreshToken: `r${n}`, livesMs });
      },
      ...changes,
    });
  return {
    clock,
    asked,
    written,
    open,
    fail: (error: Error | undefined) => (failure = error),
    failStore: (error: Error | undefined) => (storeFailure = error),
  };
}

test("is what was given until it is refused, then another one", async () => {
  const { open, asked } = openScene();
  await using token = await open();
  expect(await token.current()).toBe("a0");
  expect(await token.renew("a0")).toBe("a1");
  expect(await token.current()).toBe("a1");
  expect(asked).toEqual(["r0"]);
});

test("is refreshed well before it runs out", async () => {
  const { open, clock } = openScene();
  await using token = await open();
  await token.renew("a0");
  clock.advance(0.7 * HOUR_MS);
  expect(await token.current()).toBe("a1");
  clock.advance(0.1 * HOUR_MS);
  expect(await token.current()).toBe("a2");
});

test("is refreshed once for all who ask meanwhile, and for those who come late with the old one", async () => {
  const { open, asked } = openScene();
  await using token = await open();
  expect(await Promise.all(["a0", "a0", "a0"].map((refused) => token.renew(refused)))).toEqual(["a1", "a1", "a1"]);
  expect(await token.renew("a0")).toBe("a1");
  expect(asked).toEqual(["r0"]);
});

test("survives a restart with the refresh token that counts now", async () => {
  const { open, asked } = openScene();
  await using before = await open();
  await before.renew("a0");
  await using after = await open();
  expect(await after.current()).toBe("a1");
  await after.renew("a1");
  expect(asked).toEqual(["r0", "r1"]);
});

test("gives way to what the operator has changed, and to what cannot be read any more", async () => {
  const { open } = openScene();
  await using before = await open();
  await before.renew("a0");
  await using changed = await open({ given: { accessToken: "b0", refreshToken: "r7" } });
  expect(await changed.current()).toBe("b0");
  await using otherSecret = await open({ secret: "another" });
  expect(await otherSecret.current()).toBe("a0");
});

test("is stored so that nobody reads it without the secret", async () => {
  const { open, written } = openScene();
  await using token = await open();
  await token.renew("a0");
  expect(written).toHaveLength(1);
  expect(Buffer.from(written.join(), "base64url").toString("latin1")).not.toContain("a1");
});

test("is used only when it is durable, and is then not asked for again", async () => {
  const { open, asked, failStore } = openScene();
  await using token = await open();
  failStore(new Unavailable("The disk is full"));
  await expect(token.renew("a0")).rejects.toThrow("The disk is full");
  expect(await token.current()).toBe("a0");
  failStore(undefined);
  expect(await token.renew("a0")).toBe("a1");
  expect(asked).toEqual(["r0"]);
});

test("is used on while refreshing ahead fails, which is tried again after a minute", async () => {
  const { open, clock, asked, fail } = openScene();
  await using token = await open();
  await token.renew("a0");
  clock.advance(0.8 * HOUR_MS);
  fail(new Unavailable("Down"));
  expect([await token.current(), await token.current()]).toEqual(["a1", "a1"]);
  expect(asked).toEqual(["r0", "r1"]);
  fail(undefined);
  clock.advance(60_000);
  expect(await token.current()).toBe("a2");
});

test("says why there is none when it has run out", async () => {
  const { open, clock, fail } = openScene();
  await using token = await open();
  await token.renew("a0");
  fail(new Disconnected("Refused", { remedy: "Sign in again." }));
  clock.advance(HOUR_MS);
  await expect(token.current()).rejects.toThrow(Disconnected);
  fail(undefined);
  expect(await token.current()).toBe("a2");
});

test("waits for a refusal where the network does not say how long it lives", async () => {
  const { open, clock, asked } = openScene({ livesMs: undefined });
  await using token = await open();
  await token.renew("a0");
  clock.advance(1_000 * HOUR_MS);
  expect(await token.current()).toBe("a1");
  expect(asked).toEqual(["r0"]);
});

describe("several processes with one store", () => {
  test("only one refreshes: the others use what it stored", async () => {
    const { open, asked } = openScene();
    await using one = await open();
    await using other = await open({ mayRefresh: () => false });
    await expect(other.renew("a0")).rejects.toThrow(Unavailable);
    await one.renew("a0");
    expect(await other.renew("a0")).toBe("a1");
    expect(await other.current()).toBe("a1");
    expect(asked).toEqual(["r0"]);
  });

  test("one that may not refresh uses the token as long as it lives, and then waits", async () => {
    const { open, clock, asked } = openScene();
    await using one = await open();
    await one.renew("a0");
    await using other = await open({ mayRefresh: () => false });
    clock.advance(0.8 * HOUR_MS);
    expect(await other.current()).toBe("a1");
    clock.advance(0.2 * HOUR_MS);
    await expect(other.current()).rejects.not.toBeInstanceOf(Disconnected);
    await expect(other.current()).rejects.toMatchObject({ retryAfterMs: 5_000 });
    expect(asked).toEqual(["r0"]);
    await one.current();
    expect(await other.current()).toBe("a2");
  });

  test("one that takes over begins with what the other stored last: each refresh token is used once", async () => {
    const { open, asked } = openScene();
    let turn = 0;
    const tokens = await Promise.all([0, 1].map((mine) => open({ mayRefresh: () => turn === mine })));
    for (const used of ["a0", "a1", "a2", "a3"]) {
      await tokens[turn]?.renew(used);
      turn = 1 - turn;
      await tokens[turn]?.renew(used);
    }
    expect(asked).toEqual(["r0", "r1", "r2", "r3"]);
    for (const token of tokens) await token[Symbol.asyncDispose]();
  });

  test("one whose write was lost goes on with what the other wrote", async () => {
    const { open, asked, failStore } = openScene();
    await using slow = await open();
    await using other = await open();
    failStore(new Unavailable("Another process has just refreshed the token"));
    await expect(slow.renew("a0")).rejects.toThrow(Unavailable);
    failStore(undefined);
    await other.renew("a0");
    await other.renew("a1");
    expect(await slow.renew("a0")).toBe("a2");
    expect(asked).toEqual(["r0", "r0", "r1"]);
  });
});
