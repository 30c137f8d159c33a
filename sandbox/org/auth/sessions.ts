import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "../store/database.ts";
import { isId } from "../store/ids.ts";

/** Tokens say whose they are and are signed, so they hold over a restart without being kept. */
export interface Sessions {
  /** What a login gives: a session that ends when it was not used for the time-out. */
  begin(userId: string): string;
  /** The sandbox's own, for tests and the console: it ends by order only. */
  tokenFor(userId: string): string;
  /** The user's id, and the session counts as used; undefined for a token that this org did not give or that has ended. */
  userOf(token: string): string | undefined;
  setTimeoutMs(ms: number): void;
  /** Ends all sessions that there are: of this user, or of everybody. */
  end(userId?: string): void;
  /** After each such end. */
  onEnd(listener: () => void): void;
}

/** Salesforce's own, where nobody chose another. */
const usualTimeoutMs = 2 * 60 * 60_000;

/** Tokens look as Salesforce's do, `00D…!…`: clients read the org's id from them. */
export function openSessions(database: Database, organizationId: string, now: () => number): Sessions {
  const sign = toSign(database);
  database.run("CREATE TABLE IF NOT EXISTS _session_uses (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL)");
  database.run("CREATE TABLE IF NOT EXISTS _session_ends (user TEXT PRIMARY KEY, times INTEGER NOT NULL)");
  const listeners: (() => void)[] = [];
  let timeoutMs = usualTimeoutMs;

  /** How often sessions of this user were ended: a token of before does not say the same number. */
  function endsOf(userId: string): number {
    const sql = "SELECT SUM(times) AS times FROM _session_ends WHERE user IN ('', ?)";
    return Number(database.get(sql, userId)?.["times"] ?? 0);
  }

  function toToken(kind: Kind, userId: string): string {
    const nonce = randomBytes(6).toString("hex");
    const said = [userId, kind, now().toString(36), endsOf(userId), nonce].join(".");
    return `${organizationId.slice(0, 15)}!${said}.${sign(said)}`;
  }

  /** As on Salesforce, use in the first half of the time-out is not written down. */
  function isInUse(nonce: string, begunAt: number): boolean {
    const usedAt = Number(database.get("SELECT at FROM _session_uses WHERE nonce = ?", nonce)?.["at"] ?? begunAt);
    const idleMs = now() - usedAt;
    if (idleMs >= timeoutMs) return false;
    if (idleMs * 2 >= timeoutMs) database.run("INSERT OR REPLACE INTO _session_uses VALUES (?, ?)", nonce, now());
    return true;
  }

  return {
    begin: (userId) => toToken("login", userId),
    tokenFor: (userId) => toToken("kept", userId),
    userOf: (token) => {
      const said = token.slice(token.indexOf("!") + 1, Math.max(0, token.lastIndexOf(".")));
      const [userId = "", kind, begun = "", ends, nonce = ""] = said.split(".");
      if (!isSame(sign(said), token.slice(token.lastIndexOf(".") + 1)) || !isId(userId)) return undefined;
      if (Number(ends) !== endsOf(userId)) return undefined;
      return kind === "kept" || isInUse(nonce, Number.parseInt(begun, 36)) ? userId : undefined;
    },
    setTimeoutMs: (ms) => {
      timeoutMs = ms;
    },
    end: (userId = "") => {
      const sql = "INSERT INTO _session_ends VALUES (?, 1) ON CONFLICT (user) DO UPDATE SET times = times + 1";
      database.run(sql, userId);
      for (const listener of listeners) listener();
    },
    onEnd: (listener) => void listeners.push(listener),
  };
}

type Kind = "login" | "kept";

function toSign(database: Database): (text: string) => string {
  database.run("CREATE TABLE IF NOT EXISTS _secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  database.run("INSERT OR IGNORE INTO _secrets VALUES ('session', ?)", randomBytes(32).toString("hex"));
  const secret = String(database.get("SELECT value FROM _secrets WHERE name = 'session'")?.["value"]);
  return (text) => createHmac("sha256", secret).update(text).digest("base64url");
}

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
