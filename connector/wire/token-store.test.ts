import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import type { MastodonConfig } from "../config.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import { toTokenStore, toVisitedTokenStore } from "./token-store.ts";

const account: MastodonConfig = {
  network: "mastodon",
  url: "https://social.example",
  tokenEnv: "EARSHOT_MASTODON_TOKEN",
  mode: "engage",
  words: [],
  token: "token",
};

test("keeps the latest text of each account through a restart", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const other = { ...account, tokenEnv: "EARSHOT_OTHER_TOKEN" };
  expect(await toTokenStore(scratch.journal, account).read()).toBeUndefined();
  await toTokenStore(scratch.journal, account).write("first");
  await toTokenStore(scratch.journal, account).write("second");
  await toTokenStore(scratch.journal, other).write("other");
  const journal = await scratch.reopen();
  expect(await toTokenStore(journal, account).read()).toBe("second");
  expect(await toTokenStore(journal, other).read()).toBe("other");
});

test("is Unavailable where somebody else writes at the same time", async () => {
  const journal = { get: () => Promise.resolve(undefined), put: () => Promise.resolve(undefined) };
  await expect(toTokenStore(journal, account).write("first")).rejects.toThrow(Unavailable);
});

test("never writes over what another process wrote since: the next look finds theirs", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const [one, other] = [toTokenStore(scratch.journal, account), toTokenStore(scratch.journal, account)];
  await Promise.all([one.read(), other.read()]);
  await one.write("ours");
  await expect(other.write("theirs")).rejects.toThrow(Unavailable);
  expect(await other.read()).toBe("ours");
  await other.write("the next");
  expect(await one.read()).toBe("the next");
});

test("holds nothing for a command where there is no journal yet", async () => {
  const store = toVisitedTokenStore(() => Promise.reject(new Misconfigured("There is no journal")), account);
  expect(await store.read()).toBeUndefined();
});
