import type { NewEntry } from "../../../connector/journal/journal.ts";
import { toPartition } from "../../../connector/model/partition.ts";
import { toPostEvent } from "../../../connector/model/post.ts";
import { toPost } from "../backlog.ts";
import { toQuantile } from "../figures.ts";
import type { Appender } from "./appender.ts";

export interface RaceOptions {
  /** Entries of one append. */
  readonly batch: number;
  /** So many append side by side, each one batch after the other. */
  readonly writers: number;
  /** Of one turn. */
  readonly rows: number;
  readonly turns: number;
}

export interface Race {
  readonly rowsPerSecond: number;
  readonly bareRowsPerSecond: number;
  /** Ours of bare. */
  readonly ratio: number;
}

const ACCOUNT = "mastodon:nordwind.social/accounts/1";
const AUTHORS = 1000;

/** Both take turns at the same rows, so that what else the machine does hits both; medians, without the first turn. */
export async function race(ours: Appender, bare: Appender, options: RaceOptions): Promise<Race> {
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn <= options.turns; turn++) {
    const batches = toBatches(turn * options.rows, options);
    for (const [name, appender] of [
      ["ours", ours],
      ["bare", bare],
    ] as const) {
      const rate = await measureTurn(appender, batches, options.writers);
      if (turn > 0) rates[name].push(rate);
    }
  }
  const [rowsPerSecond, bareRowsPerSecond] = [toQuantile(rates.ours, 0.5), toQuantile(rates.bare, 0.5)];
  return {
    rowsPerSecond: Math.round(rowsPerSecond),
    bareRowsPerSecond: Math.round(bareRowsPerSecond),
    ratio: Math.round((rowsPerSecond / bareRowsPerSecond) * 100) / 100,
  };
}

/** Posts as the connector hears them. */
function toBatches(first: number, { batch, rows }: RaceOptions): readonly (readonly NewEntry[])[] {
  const toEntry = (n: number): NewEntry => {
    const event = toPostEvent(toPost({ account: ACCOUNT, authors: AUTHORS }, n));
    return { key: event.key, partition: toPartition(String(n % AUTHORS), 16), value: JSON.stringify(event) };
  };
  return Array.from({ length: Math.ceil(rows / batch) }, (_, number) =>
    Array.from({ length: batch }, (_, n) => toEntry(first + number * batch + n)),
  );
}

async function measureTurn(
  appender: Appender,
  batches: readonly (readonly NewEntry[])[],
  writers: number,
): Promise<number> {
  const startedMs = performance.now();
  const write = async (writer: number): Promise<void> => {
    for (let n = writer; n < batches.length; n += writers) await appender.append(writer, batches[n] ?? []);
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const rows = batches.reduce((sum, batch) => sum + batch.length, 0);
  return (rows * 1000) / (performance.now() - startedMs);
}
