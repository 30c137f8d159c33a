import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "../store/database.ts";
import { isId } from "../store/ids.ts";

/** Tokens say whose they are and are signed, so they hold over a restart without being kept. */
export interface Sessions {
  tokenFor(userId: string): string;
  /** The user's id; undefined for a token that this org did not give. */
  userOf(token: string): string | undefined;
}

/** Tokens look as Salesforce's do, `00D…!…`: clients read the org's id from them. */
export function openSessions(database: Database, organizationId: string): Sessions {
  const secret = toSecret(database);
  const sign = (text: string): string => createHmac("sha256", secret).update(text).digest("base64url");

  return {
    tokenFor: (userId) => {
      const said = `${userId}.${randomBytes(6).toString("hex")}`;
      return `${organizationId.slice(0, 15)}!${said}.${sign(said)}`;
    },
    userOf: (token) => {
      const [userId = "", nonce = "", signature = ""] = token.slice(token.indexOf("!") + 1).split(".");
      const expected = Buffer.from(sign(`${userId}.${nonce}`));
      const given = Buffer.from(signature);
      const genuine = given.length === expected.length && timingSafeEqual(given, expected);
      return genuine && isId(userId) ? userId : undefined;
    },
  };
}

function toSecret(database: Database): string {
  database.run("CREATE TABLE IF NOT EXISTS _secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
  database.run("INSERT OR IGNORE INTO _secrets VALUES ('session', ?)", randomBytes(32).toString("hex"));
  return String(database.get("SELECT value FROM _secrets WHERE name = 'session'")?.["value"]);
}
