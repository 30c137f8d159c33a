import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { Express } from "express";
import { toAuthenticate } from "./auth/authenticate.ts";
import { oauthRouter } from "./auth/oauth.ts";
import { openSessions } from "./auth/sessions.ts";
import { openFaults } from "./faults/faults.ts";
import { toHttpApp } from "./http.ts";
import { readMetadata } from "./metadata/index.ts";
import { dispatch, toRouter } from "./rest/dispatch.ts";
import { openQueryCursors } from "./rest/query-cursors.ts";
import type { OrgCore } from "./route.ts";
import { routes } from "./routes.ts";
import { seed } from "./seed/index.ts";
import { people as nordwindPeople, type Person } from "./seed/people.ts";
import type { Store } from "./store.ts";
import { openDatabase } from "./store/database.ts";
import { openStore } from "./store/index.ts";
import { toRuleBook } from "./store/rule-book.ts";
import { openUsage } from "./usage.ts";

export interface OrgOptions {
  /** Where the state is kept; ":memory:" keeps none. */
  readonly dir: string;
  /** Folders in Salesforce's source format, read one over the other. */
  readonly metadata: readonly string[];
  /** Milliseconds since 1970; every stamp comes from it. */
  readonly now?: () => number;
  /** The org's users. */
  readonly people?: readonly Person[];
  /** Calls in 24 hours. */
  readonly dailyApiRequests?: number;
}

export interface Org extends AsyncDisposable {
  readonly store: Store;
  readonly organizationId: string;
  /** Answers below `/services`, `/id` and `/sandbox`; more may be mounted on it. */
  readonly app: Express;
  /** A token by which one acts as this user. */
  tokenFor(username: string): string;
  /** Serves the app on this port of the loopback interface; 0 takes a free one. */
  listen(port: number): Promise<{ readonly url: string; close(): Promise<void> }>;
}

const dailyApiRequests = 100_000;

/** Opens the stand-in org. State survives a restart; metadata that has changed adds objects and fields to it. */
export function openOrg(options: OrgOptions): Promise<Org> {
  return Promise.try(open, options);
}

function open(options: OrgOptions): Org {
  const now = options.now ?? Date.now;
  const metadata = readMetadata(options.metadata);
  const ruleBook = toRuleBook(metadata.schema, metadata.customPermissions);
  const database = openDatabase(options.dir);
  const { store, rows } = openStore({ database, metadata, ruleBook, now });
  database.transaction(() => seed(rows, metadata, options.people ?? nordwindPeople));
  const organizationId = String(database.get(`SELECT "Id" FROM "Organization"`)?.["Id"]);
  const sessions = openSessions(database, organizationId);
  const authenticate = toAuthenticate(store, sessions);
  const router = toRouter(routes);
  const org: OrgCore = {
    store,
    now,
    organizationId,
    cursors: openQueryCursors(),
    usage: openUsage(options.dailyApiRequests ?? dailyApiRequests, now),
    dispatch: (request) => dispatch(router, org, request),
  };
  const oauth = oauthRouter({ store, sessions, authenticate, organizationId, now });
  const faults = openFaults();
  const app = toHttpApp({ org, router, faults, authenticate, oauth });
  const servers = new Set<Server>();

  async function listen(port: number): Promise<{ url: string; close(): Promise<void> }> {
    // Longer addresses than Node's own limit must come through, to be refused as Salesforce refuses them.
    const server = createServer({ maxHeaderSize: 128 * 1024 }, app);
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    servers.add(server);
    const { port: taken } = server.address() as AddressInfo;
    return { url: `http://localhost:${taken}`, close: () => close(server) };
  }

  async function close(server: Server): Promise<void> {
    if (!servers.delete(server)) return;
    faults.clear();
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }

  return {
    store,
    organizationId,
    app,
    listen,
    tokenFor: (username) => {
      const actor = store.actor(username);
      if (!actor) throw new Error(`the org has no active user ${username}`);
      return sessions.tokenFor(actor.id);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...servers].map(close));
      database.close();
    },
  };
}
