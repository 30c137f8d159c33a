import { consume, type Handle } from "../../connector/flow/consume.ts";
import { toParkedKey } from "../../connector/flow/consuming/parked.ts";
import { takePosition } from "../../connector/flow/consuming/position.ts";
import type { Entry, Journal, LogName } from "../../connector/journal/journal.ts";
import { toPartition, toPostPartition } from "../../connector/model/partition.ts";
import { toPostEvent, type PostEvent } from "../../connector/model/post.ts";
import type { ManualClock } from "./manual-clock.ts";
import { toTestPost } from "./posts.ts";
import { until } from "./until.ts";

const DAY_MS = 86_400_000;
const PEOPLE = 12;
const POSTS_EACH = 8;
/** Accounts whose replies are partitioned by their place in the configuration. */
const LANES = 3;
/** What has not come by then never will. */
const MOST_MS = 20_000;

/** What is to be handed over of a log, in each partition's order, and which of it may have been tried. */
export interface Left {
  readonly waiting: readonly Entry[];
  readonly tried: ReadonlySet<string>;
  readonly parked: ReadonlySet<string>;
}

/** A journal in the middle of its work: in every partition something is passed, something was tried and something waits. */
export async function fillJournal(journal: Journal, clock: ManualClock): Promise<Readonly<Record<LogName, Left>>> {
  await fillPast(journal, clock);
  await fillLogs(journal, clock);
  const left = {
    posts: await consumeSome(journal, "posts", 2 * journal.partitions),
    replies: await consumeSome(journal, "replies", journal.partitions),
    changes: await consumeSome(journal, "changes", journal.partitions),
    decisions: { waiting: [], tried: new Set<string>(), parked: new Set<string>() },
  };
  for (const [key, value] of [
    ["cursor/test:social.example/mentions", '{"cursor":"77","gaps":[]}'],
    ["reply/row/1", '{"since":"2026-03-02T09:00:00.000Z","triedAt":"2026-03-02T09:00:00.000Z"}'],
    ["share/3", '{"owner":"a","epoch":4}'],
    ["replica/a", '{"host":"one"}'],
  ] as const)
    await journal.put(key, value, 0);
  return left;
}

/** What is remembered by its digest only. */
async function fillPast(journal: Journal, clock: ManualClock): Promise<void> {
  const past = Array.from({ length: 25 }, (_, n) => ({ key: `past/${n}`, partition: 0, value: "x" }));
  for (const log of ["posts", "decisions"] as const) await journal.append(log, past);
  clock.advance(40 * DAY_MS);
  const values = new Date(Date.parse(clock.now()) - DAY_MS).toISOString();
  for (const log of ["posts", "decisions"] as const) await journal.trim(log, { values, keys: "" });
}

async function fillLogs(journal: Journal, clock: ManualClock): Promise<void> {
  const { partitions } = journal;
  for (let n = 0; n < PEOPLE * POSTS_EACH; n += 1) {
    if (n % 8 === 0) clock.advance(60_000);
    const event = toPostEvent(toTestPost(`${n}`, `person-${n % PEOPLE}`, { postedAt: clock.now() }));
    const deletion = { type: "deleted", key: `gone-${n}#gone`, post: `gone-${n}`, at: clock.now() } as const;
    const change = { type: "case", key: `change-${n}`, at: clock.now(), post: event.key };
    const decided = toPostPartition(event, false, partitions);
    const followed = toPartition(change.post, partitions);
    const appends = [
      journal.append("posts", [
        toEntry(event, n % 3 === 0, partitions),
        ...(n % 10 === 0 ? [toEntry(deletion, true, partitions)] : []),
      ]),
      journal.append("decisions", [{ key: `${event.key}/recorded`, partition: decided, value: "{}" }]),
      journal.append("replies", [{ key: `row-${n}/1`, partition: n % LANES, value: JSON.stringify({ row: n }) }]),
      journal.append("changes", [{ key: change.key, partition: followed, value: JSON.stringify(change) }]),
    ];
    if (n % 8 === 7) await Promise.all(appends);
  }
  await journal.erase(toTestPost("5", "person-5").key);
}

const toEntry = (event: PostEvent, urgent: boolean, partitions: number) => ({
  key: event.key,
  partition: toPostPartition(event, urgent, partitions),
  value: JSON.stringify(event),
});

/** Of every partition another share is passed; the first of those is parked, and the first that waits was tried. */
async function consumeSome(journal: Journal, log: LogName, partitions: number): Promise<Left> {
  const all: Entry[] = [];
  for await (const page of journal.since(log, "1970-01-01T00:00:00.000Z")) all.push(...page);
  const waiting: Entry[] = [];
  const [tried, parked] = [new Set<string>(), new Set<string>()];
  for (let partition = 0; partition < partitions; partition += 1) {
    const entries = all.filter((entry) => entry.partition === partition);
    const passed = Math.floor((entries.length * (partition % 4)) / 4);
    const position = await takePosition(journal, log, partition);
    const [first, last, next] = [entries[0], entries[passed - 1], entries[passed]];
    if (last !== undefined) await position.moveTo(last.seq);
    if (next !== undefined && partition % 2 === 0) {
      await position.tryTo(next.seq);
      tried.add(next.key);
    }
    if (first !== undefined && first.value !== "" && passed > 0) {
      const at = "2026-03-02T09:00:00.000Z";
      const value = { key: first.key, partition, reason: "TOO_LONG", detail: "Too long.", at, tries: 1 };
      await journal.put(toParkedKey(log, first.seq), JSON.stringify(value), 0);
      parked.add(first.key);
    }
    waiting.push(...entries.slice(passed));
  }
  // What was emptied is passed over.
  const full = waiting.filter(({ value }) => value !== "").sort((a, b) => a.seq - b.seq);
  return { waiting: full, tried: tried.intersection(new Set(full.map(({ key }) => key))), parked };
}

/** Consumes a log as a connector does, until at least so many entries were handed over and nothing else comes. */
export async function handOver(
  journal: Journal,
  { clock, log, atLeast }: { readonly clock: ManualClock; readonly log: LogName; readonly atLeast: number },
): Promise<readonly { readonly entry: Entry; readonly isRepeated: boolean }[]> {
  const stop = new AbortController();
  const handed: { entry: Entry; isRepeated: boolean }[] = [];
  const tracks = log === "posts" ? 2 : 1;
  let lag = 1;
  const handle: Handle = (entries, _, attempt) => {
    handed.push(...entries.map((entry) => ({ entry, isRepeated: attempt.isRepeated(entry) })));
    return Promise.resolve(entries.map(() => undefined));
  };
  const running = consume(
    {
      journal,
      clock,
      log,
      partitions: Array.from({ length: tracks * journal.partitions }, (_, partition) => partition),
      ownerOf: (partition) => partition % journal.partitions,
      isUrgent: (partition) => log === "posts" && partition < journal.partitions,
      handle,
      onStats: (stats) => (lag = stats.lag + stats.parked),
    },
    stop.signal,
  );
  const givesUpMs = performance.now() + MOST_MS;
  await until(() => (handed.length >= atLeast && lag === 0) || performance.now() > givesUpMs);
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
  stop.abort();
  await running;
  return handed;
}
