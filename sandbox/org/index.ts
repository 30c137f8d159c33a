import type { Express } from "express";
import { installPackage } from "../package/install.ts";
import { toSpelling, type Spelling } from "../package/names.ts";
import { actsRouter } from "./acts.ts";
import { toAuthenticate } from "./auth/authenticate.ts";
import { openClientApps } from "./auth/client-apps.ts";
import { oauthRouter } from "./auth/oauth.ts";
import { authOrders } from "./auth/orders.ts";
import { openSessions } from "./auth/sessions.ts";
import { controlRouter } from "./faults/control.ts";
import { openFaults } from "./faults/faults.ts";
import { toHttpApp } from "./http.ts";
import { toListener } from "./listener.ts";
import { readMetadata } from "./metadata/index.ts";
import { openEventLog } from "./pubsub/event-log.ts";
import { openPubSub, type Tls } from "./pubsub/index.ts";
import { dispatch, toRouter } from "./rest/dispatch.ts";
import { openQueryCursors } from "./rest/query-cursors.ts";
import type { OrgCore } from "./route.ts";
import { routes } from "./routes.ts";
import { seed } from "./seed/index.ts";
import { people as nordwindPeople, type Person } from "./seed/people.ts";
import { setupOrders } from "./setup-orders.ts";
import type { Store } from "./store.ts";
import { openDatabase } from "./store/database.ts";
import { openStore } from "./store/index.ts";
import { toRuleBook } from "./store/rule-book.ts";
import { prepareTables } from "./store/tables.ts";
import { openUsage } from "./usage.ts";

export interface OrgOptions {
  /** Where the state is kept; ":memory:" keeps none. */
  readonly dir: string;
  /** Folders in Salesforce's source format, read one over the other. */
  readonly metadata: readonly string[];
  /** Of the package, which is the first of these folders: the prefix of its names. Left out: it has none. */
  readonly namespace?: string;
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
  /** The source of the package as this org reads it. */
  readonly packageFolder: string;
  /** How this org spells the names in it. */
  readonly spelling: Spelling;
  /** Answers below `/services`, `/id` and `/sandbox`; more may be mounted on it. */
  readonly app: Express;
  /** A token by which one acts as this user. */
  tokenFor(username: string): string;
  /** Serves the app on this port of the loopback interface; 0 takes a free one. */
  listen(port: number): Promise<{ readonly url: string; close(): Promise<void> }>;
  /** Serves change events by gRPC on this port of the loopback interface: in plain text, unless there is a key with its certificate. */
  listenPubSub(port: number, tls?: Tls): Promise<{ readonly endpoint: string; close(): Promise<void> }>;
}

/** What a Developer Edition has, more or less. */
const dailyApiRequests = 100_000;
const dailyEventDeliveries = 10_000;

/** Opens the stand-in org. State survives a restart; metadata that has changed adds objects and fields to it. */
export function openOrg(options: OrgOptions): Promise<Org> {
  return Promise.try(open, options);
}

function open(options: OrgOptions): Org {
  const now = options.now ?? Date.now;
  const { namespace = "" } = options;
  const folders = installPackage(options.metadata, namespace);
  const metadata = readMetadata(folders);
  const ruleBook = toRuleBook(metadata.schema, metadata.customPermissions);
  const storage = { isFull: false };
  const database = openDatabase(options.dir);
  prepareTables(database, metadata.schema);
  const log = openEventLog(database, now);
  const { store, rows, capture } = openStore({ database, metadata, ruleBook, storage, events: log, now });
  database.transaction(() => seed(rows, metadata, options.people ?? nordwindPeople));
  const organizationId = String(database.get(`SELECT "Id" FROM "Organization"`)?.["Id"]);
  const sessions = openSessions(database, organizationId, now);
  const apps = openClientApps(database);
  const authenticate = toAuthenticate(store, sessions);
  const router = toRouter(routes);
  const usage = openUsage(options.dailyApiRequests ?? dailyApiRequests, now);
  const deliveries = openUsage(dailyEventDeliveries, now);
  const org: OrgCore = {
    ...{ store, now, organizationId, usage, deliveries },
    cursors: openQueryCursors(),
    dispatch: (request) => dispatch(router, org, request),
  };
  const oauth = oauthRouter({ store, sessions, apps, authenticate, organizationId, now });
  const faults = openFaults();
  const pubSub = openPubSub({ log, database, metadata, store, sessions, organizationId, faults, deliveries });
  const orders = [
    controlRouter({ faults, usage, deliveries }),
    actsRouter(store),
    setupOrders({ schema: metadata.schema, ruleBook, storage }),
    authOrders({ store, apps, sessions }),
    pubSub.orders,
  ];
  const app = toHttpApp({ org, router, faults, authenticate, oauth, orders, through: capture.through });
  const listener = toListener(app, faults.clear);

  return {
    store,
    organizationId,
    packageFolder: folders[0] ?? "",
    spelling: toSpelling(options.metadata[0] ?? "", namespace),
    app,
    listen: listener.listen,
    listenPubSub: pubSub.listen,
    tokenFor: (username) => {
      const actor = store.actor(username);
      if (!actor) throw new Error(`the org has no active user ${username}`);
      return sessions.tokenFor(actor.id);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([listener.close(), pubSub.close()]);
      database.close();
    },
  };
}
