import { randomUUID } from "node:crypto";
import type { Database, Row } from "../store/database.ts";
import type { ChangeEvent } from "./change-event.ts";

export type NewEvent = Pick<ChangeEvent, "entity" | "type" | "origin" | "user" | "values"> & { readonly id: string };

/** The org's event bus: events in the order of their commits, and positions in it. It lies beside the rows, so both survive. */
export interface EventLog {
  /** Part of the transaction that it is called in, and undone with it. Equal changes of several rows become one event. */
  append(event: NewEvent): void;
  /** Up to `max` events of these entities after this position. */
  after(
    position: number,
    entities: ReadonlySet<string>,
    max: number,
  ): readonly { position: number; event: ChangeEvent }[];
  /** A position that was given out, and is not too old to go on from. */
  isKept(position: number): boolean;
  /** After the newest event. Kept as a position by the way, though nothing stands there. */
  mark(): number;
  /** Loses all events and positions, as when Salesforce moves an org to other machines. */
  forget(): void;
}

const keptMs = 72 * 60 * 60_000;

export function openEventLog(database: Database, now: () => number): EventLog {
  database.run(`CREATE TABLE IF NOT EXISTS _events
    (position INTEGER PRIMARY KEY, at INTEGER NOT NULL, entity TEXT, tx TEXT, event TEXT)`);
  let current = { number: -1, key: "", at: 0 };

  function transaction(): typeof current {
    if (current.number !== database.transactions) {
      current = { number: database.transactions, key: randomUUID(), at: now() };
    }
    return current;
  }

  function append(event: NewEvent): void {
    const { key, at } = transaction();
    const before = database.get("SELECT * FROM _events WHERE tx = ? ORDER BY position DESC LIMIT 1", key);
    const last = before && toEvent(before);
    if (before && last && isSameChange(last, event)) {
      const merged: ChangeEvent = { ...last, ids: [...last.ids, event.id] };
      database.run("UPDATE _events SET event = ? WHERE position = ?", JSON.stringify(merged), before["position"] ?? 0);
      return;
    }
    const { id, ...change } = event;
    const position = toNext();
    const made: ChangeEvent = {
      ...change,
      ids: [id],
      transaction: key,
      sequence: (last?.sequence ?? 0) + 1,
      at,
      commit: last?.commit ?? position,
    };
    insert(position, at, made);
    purge();
  }

  function insert(position: number, at: number, event?: ChangeEvent): void {
    const values = event ? [event.entity, event.transaction, JSON.stringify(event)] : [null, null, null];
    database.run("INSERT INTO _events VALUES (?, ?, ?, ?, ?)", position, at, ...values);
  }

  /** Never the next number: whoever counts replay ids up or down is found out. */
  function toNext(): number {
    const sql = `INSERT INTO _counters VALUES ('_events', 70000000)
      ON CONFLICT (name) DO UPDATE SET value = value + 2 + (value * 7) % 41 RETURNING value`;
    return Number(database.get(sql)?.["value"]);
  }

  function purge(): void {
    database.run("DELETE FROM _events WHERE at <= ?", now() - keptMs);
  }

  return {
    append,
    after: (position, entities, max) => {
      purge();
      const sql = `SELECT * FROM _events WHERE position > ? AND entity IN (SELECT value FROM json_each(?))
        ORDER BY position LIMIT ?`;
      const found = database.all(sql, position, JSON.stringify([...entities]), max);
      return found.map((row) => ({ position: Number(row["position"]), event: toEvent(row) }));
    },
    isKept: (position) => {
      purge();
      return database.get("SELECT 1 FROM _events WHERE position = ?", position) !== undefined;
    },
    mark: () => {
      purge();
      const newest = database.get("SELECT position, event, at FROM _events ORDER BY position DESC LIMIT 1");
      // A mark that has just been made is as good as another.
      if (newest && newest["event"] === null && newest["at"] === now()) return Number(newest["position"]);
      const position = toNext();
      insert(position, now());
      return position;
    },
    forget: () => database.run("DELETE FROM _events"),
  };
}

function toEvent(row: Row): ChangeEvent {
  return JSON.parse(String(row["event"])) as ChangeEvent;
}

function isSameChange(last: ChangeEvent, next: NewEvent): boolean {
  const { entity, type, origin, user, values } = next;
  const same = { entity: last.entity, type: last.type, origin: last.origin, user: last.user, values: last.values };
  return !last.ids.includes(next.id) && JSON.stringify(same) === JSON.stringify({ entity, type, origin, user, values });
}
