import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

export type SqlValue = string | number | null;

/** A stored row by field names: times in milliseconds, booleans as 0 and 1, ids in 18 characters. */
export type Row = Record<string, SqlValue>;

export interface Database {
  /** Prepared once per text. */
  statement(sql: string): StatementSync;
  all(sql: string, ...values: SqlValue[]): Row[];
  get(sql: string, ...values: SqlValue[]): Row | undefined;
  run(sql: string, ...values: SqlValue[]): void;
  /** All or nothing; within another one a savepoint. */
  readonly transaction: <T>(work: () => T) => T;
  /** Counts the outermost transactions: within one it stays the same. */
  readonly transactions: number;
  /** After each outermost transaction that was committed. */
  onCommit(listener: () => void): void;
  close(): void;
}

/** Beyond so many the cache of prepared statements starts anew: queries in other people's words never end. */
const maxStatements = 2000;

/** Opens `org.sqlite` in the folder, which it makes; ":memory:" keeps nothing. */
export function openDatabase(dir: string): Database {
  if (dir !== ":memory:") mkdirSync(dir, { recursive: true });
  const sqlite = new DatabaseSync(dir === ":memory:" ? dir : join(dir, "org.sqlite"));
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;");
  sqlite.function("like_exact", { deterministic: true }, (pattern, value) => isLike(value, pattern));
  const statements = new Map<string, StatementSync>();
  const listeners: (() => void)[] = [];
  let depth = 0;
  let transactions = 0;

  function statement(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= maxStatements) statements.clear();
    const prepared = sqlite.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  }

  function transaction<T>(work: () => T): T {
    const point = `level${depth}`;
    statement(depth === 0 ? "BEGIN IMMEDIATE" : `SAVEPOINT ${point}`).run();
    if (depth === 0) transactions += 1;
    depth += 1;
    const result = settle(point, work);
    if (depth === 0) for (const listener of listeners) listener();
    return result;
  }

  function settle<T>(point: string, work: () => T): T {
    try {
      const result = work();
      statement(depth === 1 ? "COMMIT" : `RELEASE ${point}`).run();
      return result;
    } catch (error) {
      sqlite.exec(depth === 1 ? "ROLLBACK" : `ROLLBACK TO ${point}; RELEASE ${point}`);
      throw error;
    } finally {
      depth -= 1;
    }
  }

  return {
    statement,
    transaction,
    get transactions() {
      return transactions;
    },
    onCommit: (listener) => void listeners.push(listener),
    all: (sql, ...values) => statement(sql).all(...values) as Row[],
    get: (sql, ...values) => statement(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => void statement(sql).run(...values),
    close: () => sqlite.close(),
  };
}

/** SQL's LIKE with regard to case, for case-sensitive fields; SQLite's own knows none. */
function isLike(value: unknown, pattern: unknown): number {
  if (typeof value !== "string" || typeof pattern !== "string") return 0;
  const source = pattern.replace(/\\?[\s\S]/g, (part) => {
    if (part === "%") return "[\\s\\S]*";
    if (part === "_") return "[\\s\\S]";
    return part.slice(-1).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`).test(value) ? 1 : 0;
}
