import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openPostgresPlace } from "../../../test/fakes/postgres.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import { openPostgresJournal } from "../postgres.ts";
import { examineServer } from "./examine.ts";

const clock = manualClock();

const toItems = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}#0`, partition: index % 3, value: "x".repeat(500) }));

test("counts what waits, beside connectors that have the journal open", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock, partitions: 4 });
  await journal.append("posts", toItems(9));
  await journal.append("replies", [{ key: "r1", partition: 1, value: "{}" }]);
  await journal.append("decisions", toItems(2));
  const passed = (await journal.find("posts", "k3#0"))?.seq;
  await journal.put("position/posts/0", JSON.stringify({ seq: passed, epoch: 1 }), 0);
  const state = await examineServer({ url: place.url, clock });
  // Of the log "replies" nobody is a reader yet, of "decisions" nobody ever is.
  expect(state.logs).toEqual([{ log: "posts", waiting: 7, waitsSince: clock.now() }]);
  expect(state).toMatchObject({ version: 1, partitions: 4, isOwner: true, standbys: { awaited: "", known: [] } });
  expect(state.place).toMatch(new RegExp(`^[^@]*, schema ${place.schema}$`));
  expect(state.bytes).toBeGreaterThan(5000);
  expect(state.connections.open).toBeLessThan(state.connections.most);
});

test("tells how far the server's clock is ahead of ours", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock });
  const aDayAgo = manualClock(new Date(Date.now() - 86_400_000).toISOString());
  const { aheadMs } = await examineServer({ url: place.url, clock: aDayAgo });
  expect(Math.abs(aheadMs - 86_400_000)).toBeLessThan(60_000);
  expect(journal.isShared).toBe(true);
});

test("a role with few rights and few connections is seen for what it is", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock });
  const role = `poor_${place.schema}`;
  await place.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p' CONNECTION LIMIT 7`);
  await place.query(`GRANT USAGE ON SCHEMA $schema TO ${role}`);
  await place.query(`GRANT ALL ON ALL TABLES IN SCHEMA $schema TO ${role}`);
  const url = place.url.replace(/\/\/[^@]*@/, `//${role}@`);
  try {
    const state = await examineServer({ url, password: "p", clock });
    expect(state).toMatchObject({ isOwner: false, standbys: { known: undefined }, connections: { most: 7 } });
  } finally {
    await place.query(`DROP OWNED BY ${role}`);
    await place.query(`DROP ROLE ${role}`);
  }
  expect(journal.partitions).toBe(16);
});

test("rejects with a fate where there is nothing to look at", async () => {
  await using place = await openPostgresPlace();
  await expect(examineServer({ url: place.url, clock })).rejects.toThrow(Misconfigured);
  const nobody = place.url.replace(/:\d+\//, ":1/");
  await expect(examineServer({ url: nobody, clock })).rejects.toThrow(Unavailable);
});
