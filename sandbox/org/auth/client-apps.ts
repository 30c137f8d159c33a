import { createPublicKey } from "node:crypto";
import { z } from "zod";
import type { Database } from "../store/database.ts";
import { connectorUsername } from "../seed/people.ts";

const certificate = z.string().refine(isRsa, "is no PEM of an RSA certificate (or public key)");

/** An External Client App as far as logins look at it. */
export const clientApp = z.strictObject({
  /** The consumer key. */
  clientId: z.string().min(1),
  /** By which assertions of the app are verified. Without it nobody logs in by JWT. */
  certificate: certificate.optional(),
  /** Usernames that are pre-authorised. */
  users: z.array(z.string()).default([]),
  /** "admin": only those above. "self": those above have approved the app themselves; it differs in what others are told. */
  permittedUsers: z.enum(["admin", "self"]).default("admin"),
});

export type ClientApp = z.infer<typeof clientApp>;

export interface ClientApps {
  find(clientId: string): ClientApp | undefined;
  /** A new one, or in the place of that of the same consumer key. */
  register(app: ClientApp): void;
}

/** The app that is there from the start; its secret is its name. */
export const sandboxApp = { clientId: "sandbox", secret: "sandbox" } as const;

export function openClientApps(database: Database): ClientApps {
  database.run("CREATE TABLE IF NOT EXISTS _client_apps (id TEXT PRIMARY KEY, app TEXT NOT NULL)");
  const first = clientApp.parse({ clientId: sandboxApp.clientId, users: [connectorUsername] });
  database.run("INSERT OR IGNORE INTO _client_apps VALUES (?, ?)", first.clientId, JSON.stringify(first));
  return {
    find: (clientId) => {
      const row = database.get("SELECT app FROM _client_apps WHERE id = ?", clientId);
      return row && clientApp.parse(JSON.parse(String(row["app"])));
    },
    register: (app) =>
      database.run("INSERT OR REPLACE INTO _client_apps VALUES (?, ?)", app.clientId, JSON.stringify(app)),
  };
}

function isRsa(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
