import type { Line } from "./read-lines.ts";
import { LONGEST_LINE } from "./read-lines.ts";
import { openRecord } from "./open-record.ts";

/** A record of a table, or what is wrong with it. */
export interface TableRecord {
  readonly line: number;
  /** As it stands in the file; undefined: it cannot be shown. */
  readonly raw: string | undefined;
  readonly endsAt: number;
  readonly cells?: readonly string[];
  readonly problem?: string;
}

/** So many lines may a record have. A quote that is never closed swallows no more. */
const MOST_LINES = 1000;
const NEVER_CLOSED = "opens a quote that is not closed: close it, or double it where it belongs to the text";

/**
 * The records of a table, empty lines left out. Where a quote is not closed as it should be, that one line is refused, and the
 * next ones are read by themselves; so one slip costs one record.
 */
export async function* readRecords(lines: AsyncIterator<Line>, delimiter: string): AsyncGenerator<TableRecord> {
  const again: Line[] = [];

  async function next(): Promise<Line | undefined> {
    const first = again.shift();
    if (first !== undefined) return first;
    const { value, done } = (await lines.next()) as IteratorResult<Line, undefined>;
    return done === true ? undefined : value;
  }

  for (let line = await next(); line !== undefined; line = await next()) {
    if (line.text === "") continue;
    const record = openRecord(delimiter);
    const taken: Line[] = [];
    let length = 0;
    let state: ReturnType<typeof record.take> = "open";
    for (let one: Line | undefined = line; one !== undefined; one = await next()) {
      taken.push(one);
      length += one.text?.length ?? Infinity;
      if (length > LONGEST_LINE || taken.length > MOST_LINES) break;
      state = record.take(one.text ?? "");
      if (state !== "open") break;
    }
    if (state !== "open" && (state !== "bad" || taken.length === 1)) {
      const raw = taken.map(({ text = "" }) => text).join("\n");
      const at = { line: line.number, raw, endsAt: taken.at(-1)?.endsAt ?? line.endsAt };
      yield state === "bad" ? { ...at, problem: "has something behind a closing quote" } : { ...at, cells: state };
      continue;
    }
    again.unshift(...taken.slice(1));
    yield { line: line.number, raw: line.text, endsAt: line.endsAt, problem: line.problem ?? NEVER_CLOSED };
  }
}
