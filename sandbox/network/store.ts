import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { z } from "zod";
import { tables } from "./tables.ts";

export type Params = Record<string, string | number | null>;

/** The network's memory. What a write returned from is on the disk: a killed process loses nothing of it. */
export interface Store {
  /** Every row of a query, parsed. Parameters are named `:name`; ones the query does not use are ignored. */
  all<T>(row: z.ZodType<T>, sql: string, params?: Params): T[];
  /** The first row, or undefined. */
  one<T>(row: z.ZodType<T>, sql: string, params?: Params): T | undefined;
  /** Runs a write and answers how many rows it changed. */
  run(sql: string, params?: Params): number;
  /** All of `work`'s writes or, if it throws, none. */
  transact<T>(work: () => T): T;
  close(): void;
}

/** Opens `network.db` in `dir`, making both if absent; ":memory:" keeps everything in the process. */
export function openStore(dir: string): Store {
  const db = new DatabaseSync(fileIn(dir));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
  db.exec(tables);
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    statement.setAllowUnknownNamedParameters(true);
    prepared.set(sql, statement);
    return statement;
  };

  return {
    all: (row, sql, params = {}) =>
      prepare(sql)
        .all(params)
        .map((found) => row.parse(found)),
    one: (row, sql, params = {}) => {
      const found = prepare(sql).get(params);
      return found && row.parse(found);
    },
    run: (sql, params = {}) => Number(prepare(sql).run(params).changes),
    transact: (work) => transact(db, work),
    close: () => db.close(),
  };
}

function fileIn(dir: string): string {
  if (dir === ":memory:") return dir;
  mkdirSync(dir, { recursive: true });
  return join(dir, "network.db");
}

function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
