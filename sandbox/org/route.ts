import type { Actor } from "./access.ts";
import type { QueryCursors } from "./rest/query-cursors.ts";
import type { Store } from "./store.ts";
import type { Usage } from "./usage.ts";

/** One call to the API, free of its transport: the parts of a composite are calls like any other. */
export interface Call {
  readonly method: string;
  /** The version asked for, without its v: `66.0`. */
  readonly version: string;
  /** What stood in the place of `:name` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined where there is none. */
  readonly body: unknown;
  readonly actor: Actor;
}

/** What is asked, before a route is found for it. */
export interface Request {
  readonly method: string;
  /** Path and query: `/services/data/v66.0/query?q=…` */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly actor: Actor;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers are synchronous, as the store is, and run inside one transaction each. A thrown `Refusal` becomes an error body. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below `/services/data/vXX.X`, for example `/sobjects/:object/:id`. It fits whole paths only. */
  readonly path: string;
  /** How `GET /sandbox/calls` counts it. */
  readonly kind: string;
  readonly answer: (call: Call, org: OrgCore) => Answer;
}

/** What a route may use. */
export interface OrgCore {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly organizationId: string;
  readonly cursors: QueryCursors;
  readonly usage: Usage;
  /** Events that subscribers got. */
  readonly deliveries: Usage;
  /** Runs another call, such as a part of a composite: in a savepoint, its refusals as error bodies. */
  readonly dispatch: (request: Request) => Answer;
}
