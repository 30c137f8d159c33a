import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { openBoard } from "../http/board.ts";
import type { Source } from "../sources/source.ts";
import { forgetUnwanted } from "./forget-feed.ts";
import type { Parts } from "./parts.ts";

const never = new AbortController().signal;
const US = "mastodon:a.example/accounts/1";

test("a feed that another connector heard and nobody wants any more is forgotten, others are left alone", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  const mark = JSON.stringify({ cursor: "7", since: clock.now(), gaps: [] });
  for (const name of [`${US}/own`, `${US}/words`, `${US}0/words`, "crm/changes"])
    await journal.put(`cursor/${name}`, mark, 0);
  const parts = { journal, clock, board: openBoard(clock), reporter: { heard: () => undefined } };
  const source = { account: { key: US }, feeds: { own: () => [] } } as unknown as Source;
  await forgetUnwanted(parts as unknown as Parts, { source, name: "us" }, never);
  const left = await Array.fromAsync(journal.list("cursor/"));
  expect(left.map(({ key }) => key)).toEqual(["cursor/crm/changes", `cursor/${US}/own`, `cursor/${US}0/words`]);
});

test("what is told by itself has no feeds to be wanted", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.put("cursor/webhook:shop/deliveries", JSON.stringify({ cursor: "", gaps: [] }), 0);
  const source = { account: { key: "webhook:shop" }, feeds: {}, receive: () => undefined } as unknown as Source;
  const parts = { journal, clock, board: openBoard(clock), reporter: { heard: () => undefined } };
  await forgetUnwanted(parts as unknown as Parts, { source, name: "shop" }, never);
  expect(await journal.get("cursor/webhook:shop/deliveries")).toBeDefined();
});
