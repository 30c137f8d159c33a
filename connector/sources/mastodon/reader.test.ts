import { pino } from "pino";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { mention, us } from "./fixtures/status.ts";
import { toReader } from "./reader.ts";

function listenToLog() {
  const lines: string[] = [];
  return { lines, log: pino({ base: null }, { write: (line: string) => void lines.push(line) }) };
}

test("counts and logs what it cannot read, without a word of it", () => {
  const { lines, log } = listenToLog();
  const read = toReader(us, manualClock(), log);
  expect(read({ ...mention, id: 5, content: "my secret" })).toBeUndefined();
  expect(read("my secret")).toBeUndefined();
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ account: us.account.key, skipped: 2 });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ fields: ["id"] });
  expect(lines.join()).not.toContain("secret");
  expect(read(mention)?.key).toBe("mastodon:social.example/115000000000000001");
});

test("passes over what only repeats another's post, and over nothing, in silence", () => {
  const { lines, log } = listenToLog();
  const read = toReader(us, manualClock(), log);
  expect(read({ ...mention, reblog: mention })).toBeUndefined();
  expect(read(null)).toBeUndefined();
  expect(lines).toEqual([]);
});
