import { z } from "zod";
import type { FollowedChange } from "../../../model/change.ts";
import type { Cursor, IsoTime } from "../../../model/glossary.ts";
import { required, time, type Row } from "../rows.ts";
import type { Look } from "./look.ts";

/** Rows are committed some time after the moment that they are stamped with: so much is read again each time. */
const OVERLAP_MS = 2 * 60_000;
/** Where to begin when nothing was read before: the org's clock may be another than ours. */
const FIRST_LOOK_BACK_MS = 60 * 60_000;

const Sinces = z.record(z.string(), z.iso.datetime());

/** How far each place has been read. */
export interface Watch {
  /** From when on to ask. */
  since(look: Pick<Look, "name">): IsoTime;
  /** The changes that these rows tell and that were not told before. */
  read(look: Omit<Look, "toPath">, rows: readonly Row[]): readonly FollowedChange[];
  /** All that was read is durable: it is told no more. Where the reading goes on after a restart. */
  cursor(): Cursor;
  keep(): void;
}

export function toWatch(cursor: Cursor | undefined, now: IsoTime): Watch {
  const latest = new Map(Object.entries(parse(cursor)));
  const told = new Map<string, ReadonlySet<string>>();
  const reading = new Map<string, ReadonlySet<string>>();
  const start = new Date(Date.parse(now) - FIRST_LOOK_BACK_MS).toISOString();

  return {
    since({ name }) {
      const known = latest.get(name);
      if (known === undefined) latest.set(name, start);
      return known === undefined ? start : new Date(Date.parse(known) - OVERLAP_MS).toISOString();
    },
    read({ name, stamp, toState = () => "", toChanges }, rows) {
      const before = told.get(name);
      const toVersion = (row: Row): string => [required(row, "Id"), required(row, stamp), toState(row)].join(" ");
      reading.set(name, new Set(rows.map(toVersion)));
      for (const row of rows) {
        const at = time(row, stamp) ?? "";
        if (at > (latest.get(name) ?? "")) latest.set(name, at);
      }
      return toChanges(rows.filter((row) => before?.has(toVersion(row)) !== true));
    },
    cursor: () => JSON.stringify(Object.fromEntries([...latest].sort())),
    keep() {
      for (const [name, versions] of reading) told.set(name, versions);
      reading.clear();
    },
  };
}

/** What earlier versions of ours left there only told when we asked last. */
function parse(cursor: Cursor | undefined): Readonly<Record<string, IsoTime>> {
  try {
    return Sinces.safeParse(JSON.parse(cursor ?? "{}")).data ?? {};
  } catch {
    return {};
  }
}
