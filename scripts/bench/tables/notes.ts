import type { Report } from "../run.ts";

const BY_HAND = `By hand is one call after the other, one per record, without a journal: a crash loses or doubles posts, an edit or a
delete is not seen, nothing is understood, sorted or routed. The thin org answers from memory and costs nothing: what
is slow with it is the connector.`;

const APPENDS = `Bare is a table with the columns of an entry and a primary key, and one insert for each batch of the same rows, on the
same disk and server: no second index, nothing looked up, nobody told.`;

const GROWTH = `Each journal is made anew and filled by plain SQL, past the journal's own code; PostgreSQL's is then vacuumed and analyzed, as
the server does by itself in time. Medians of a process that opens it.`;

const REPLICAS = `The posts come to the journal at once when all replicas run; the rate is that between the first and the last tenth. The
replicas, PostgreSQL and the thin org share this machine's processors.`;

/** What one must know to read the figures. */
export function toNotes({ machine: _machine, appends, growth, replicas, ...beside }: Report): readonly string[] {
  const isBeside = Object.keys(beside).length > 0;
  return [
    ...(isBeside || replicas !== undefined ? [BY_HAND] : []),
    ...(appends === undefined ? [] : [APPENDS]),
    ...(growth === undefined ? [] : [GROWTH]),
    ...(replicas === undefined ? [] : [REPLICAS]),
  ];
}
