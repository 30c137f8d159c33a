import { manualClock } from "../../test/fakes/manual-clock.ts";
import { Disconnected, Unavailable } from "../errors.ts";
import { openRefusals } from "./refusal.ts";
import { seal } from "./sealed.ts";
import type { TokenStore } from "./token.ts";

function openScene() {
  const clock = manualClock("2026-03-02T09:00:00.000Z");
  let kept: string | undefined;
  const store: TokenStore = {
    read: () => Promise.resolve(kept),
    write: (value) => {
      kept = value;
      return Promise.resolve();
    },
  };
  const open = (secret = "secret") => openRefusals({ secret, store, clock });
  return { clock, store, open };
}
const refused = new Disconnected("The network refuses us", { retryAfterMs: 60_000, remedy: "Make another." });

test("a refusal holds through restarts until its time is over", async () => {
  const { clock, open } = openScene();
  await open().note(refused);
  clock.advance(59_000);
  await expect(open().check()).rejects.toMatchObject({ remedy: "Make another.", retryAfterMs: 1_000 });
  clock.advance(1_000);
  await expect(open().check()).resolves.toBeUndefined();
});

test("it says nothing of other credentials", async () => {
  const { open } = openScene();
  await open().note(refused);
  await expect(open("other").check()).resolves.toBeUndefined();
});

test("what names no time to wait is not kept", async () => {
  const { open } = openScene();
  await open().note(new Unavailable("The network cannot be reached"));
  await open().note(new Error("A bug"));
  await expect(open().check()).resolves.toBeUndefined();
});

test("a token that is kept in the same place is none", async () => {
  const { store, open } = openScene();
  await store.write(seal(JSON.stringify({ accessToken: "a", refreshToken: "r", origin: "o" }), "secret"));
  await expect(open().check()).resolves.toBeUndefined();
});

test("a clock that was set back locks nobody out", async () => {
  const { store, open } = openScene();
  await open().note(refused);
  const before = manualClock("2026-03-01T09:00:00.000Z");
  await expect(openRefusals({ secret: "secret", store, clock: before }).check()).resolves.toBeUndefined();
});

test("where it cannot be kept it holds as long as we live", async () => {
  const { clock } = openScene();
  const store = { read: () => Promise.resolve(undefined), write: () => Promise.reject(new Error("The disk is full")) };
  const refusals = openRefusals({ secret: "secret", store, clock });
  await refusals.note(refused);
  await expect(refusals.check()).rejects.toThrow(Disconnected);
});
