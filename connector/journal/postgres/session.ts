import type { ClientBase, ClientConfig } from "pg";
import { z } from "zod";
import { Misconfigured } from "../../errors.ts";
import type { Address, Host } from "./address.ts";

/** A server that does not answer for so long is taken for dead. */
const CONNECT_MS = 3000;
/** The server gives a statement up after this time, and we the server soon after. */
const STATEMENT_MS = 10_000;
const ANSWER_MS = 12_000;
const OLDEST_VERSION = 14;

/** How one connection stands. */
export interface Session {
  /** Does it take writes? A standby does not. */
  readonly isPrimary: boolean;
  /** Grows with every fail-over: of two that take writes, the lower one was left behind. */
  readonly timeline: number;
}

const sessionSchema = z.object({
  version: z.coerce.number(),
  encoding: z.string(),
  isPrimary: z.boolean(),
  timeline: z.string().nullable(),
});

/**
 * What a database or a role may have set otherwise: a commit is durable, and on the synchronous standby; tables are never read
 * as a whole, whatever the planner thinks of the statistics.
 */
const BEGIN = `
  SELECT set_config('statement_timeout', '${STATEMENT_MS}', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
      ELSE current_setting('synchronous_commit') END, false),
    set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false),
    set_config('enable_mergejoin', 'off', false), set_config('jit', 'off', false),
    current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
    NOT pg_is_in_recovery() AS "isPrimary",
    CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline`;

/** How to connect to one of the hosts. Nothing is taken from the environment. */
export function toClientConfig(address: Address, { host, port }: Host): ClientConfig {
  return {
    host,
    port,
    database: address.database,
    user: address.user,
    password: () => address.password ?? askForPassword(),
    ssl: address.tls,
    enableChannelBinding: address.channelBinding,
    application_name: "earshot",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
  };
}

/** Called only by a server that wants one. */
function askForPassword(): never {
  throw new Misconfigured(
    "The journal's database asks for a password. Put it into the environment variable EARSHOT_JOURNAL_PASSWORD.",
  );
}

/** Makes a new connection ours, and says how it stands. Throws `Misconfigured` where the server cannot hold a journal. */
export async function beginSession(client: ClientBase, label: string): Promise<Session> {
  const { rows } = await client.query(BEGIN);
  const { version, encoding, isPrimary, timeline } = sessionSchema.parse(rows[0]);
  if (version < OLDEST_VERSION * 10_000) {
    const found = Math.floor(version / 10_000);
    throw new Misconfigured(
      `The journal's database ${label} is PostgreSQL ${found}; at least ${OLDEST_VERSION} is needed. Update it.`,
    );
  }
  if (encoding !== "UTF8") {
    throw new Misconfigured(
      `The journal's database ${label} has the encoding ${encoding}, which cannot hold every post. Make one with UTF8.`,
    );
  }
  return { isPrimary, timeline: timeline === null ? 0 : Number.parseInt(timeline, 16) };
}
