import type { Line } from "./read-lines.ts";
import { readRecords } from "./read-records.ts";
import { openRecord, toDelimiter } from "./open-record.ts";

/** What one line of a file (or one record of a table) says. */
export interface Row {
  readonly line: number;
  /** As it stands in the file; undefined: it cannot be shown. */
  readonly raw: string | undefined;
  /** Bytes of the file up to its end. */
  readonly endsAt: number;
  /** The form of an event; where `problem` says why not, there is none. */
  readonly form?: unknown;
  readonly problem?: string;
}

export type ToReader = (header: readonly string[]) => (cells: readonly string[]) => unknown;

/**
 * The events of a file: JSON lines where it begins with a brace, else a table whose first line names the columns. `toReader`
 * may throw what it will where it does not know them.
 */
export async function* readRows(lines: AsyncGenerator<Line>, toReader: ToReader): AsyncGenerator<Row> {
  for await (const line of lines) {
    if (line.text?.trim() === "") continue;
    if (line.text === undefined || line.text.trimStart().startsWith("{")) {
      yield toRow(line);
      for await (const next of lines) if (next.text?.trim() !== "") yield toRow(next);
      return;
    }
    const delimiter = toDelimiter(line.text);
    const names = openRecord(delimiter).take(line.text);
    const toForm = toReader(typeof names === "string" ? [line.text] : names);
    for await (const { cells, ...record } of readRecords(lines, delimiter)) {
      const isRagged = cells !== undefined && typeof names !== "string" && cells.length !== names.length;
      if (isRagged) yield { ...record, problem: `has ${cells.length} cells, and there are ${names.length} columns` };
      else yield { ...record, ...(cells === undefined ? {} : { form: toForm(cells) }) };
    }
    return;
  }
}

function toRow({ number, text, endsAt, problem }: Line): Row {
  const row = { line: number, raw: text, endsAt };
  if (text === undefined) return { ...row, problem: problem ?? "cannot be read" };
  try {
    return { ...row, form: JSON.parse(text) as unknown };
  } catch {
    return { ...row, problem: "is not JSON: one event in one line" };
  }
}
