import type { z } from "zod";
import type { Clock } from "../../clock.ts";
import { Unavailable } from "../../errors.ts";
import type { LogFigures } from "../log-figures.ts";
import { toAddress } from "./address.ts";
import type { standbySchema } from "./examine-queries.ts";
import { lagsOf, queries } from "./examine-queries.ts";
import { quote } from "./schema.ts";
import { toServer, type Query, type Server } from "./server.ts";

/** A standby that follows the primary now. */
export type Standby = z.infer<typeof standbySchema>;

/** How a journal on a server fares. */
export interface ServerState {
  /** Hosts, database and schema, for people. */
  readonly place: string;
  readonly serverVersion: string;
  /** Of the tables' form. */
  readonly version: number;
  readonly partitions: number;
  /** Tables with what belongs to them. */
  readonly bytes: number;
  /** undefined: so much waits that it could not be counted in time. */
  readonly logs: readonly LogFigures[] | undefined;
  /** May our role change the tables, as an update of Earshot needs to? */
  readonly isOwner: boolean;
  readonly standbys: {
    /** `synchronous_standby_names`; empty: no commit waits for a standby. */
    readonly awaited: string;
    /** undefined: our role may not see them, or the server does not tell. */
    readonly known: readonly Standby[] | undefined;
  };
  readonly connections: { readonly open: number; readonly most: number };
  /** The server's clock against ours; negative: it is behind. */
  readonly aheadMs: number;
}

export interface ExamineOptions {
  readonly url: string;
  readonly password?: string | undefined;
  readonly clock: Clock;
}

/** Looks at the server that takes writes, and changes nothing. Rejects with one of the fates where there is no journal to look at. */
export async function examineServer({ url, password, clock }: ExamineOptions): Promise<ServerState> {
  const address = toAddress(url, password);
  const server = toServer({ address, clock });
  try {
    const ask = <Row>(query: Query<Row>) => askOne(server, query);
    const asked = Date.parse(clock.now());
    const { at, ...about } = await ask(queries.about(quote(address.schema), address.schema));
    const answered = Date.parse(clock.now());
    const { awaited, maySee, ...connections } = await ask(queries.server);
    return {
      ...about,
      place: `${server.label}, schema ${address.schema}`,
      aheadMs: Math.round(at.getTime() - (asked + answered) / 2),
      connections,
      logs: await unless(server.ask(lagsOf(quote(address.schema)), [2 * about.partitions])),
      standbys: { awaited, known: maySee ? await readStandbys(server) : undefined },
    };
  } finally {
    await server.close();
  }
}

async function askOne<Row>(server: Server, query: Query<Row>): Promise<Row> {
  const [row] = await server.ask(query, []);
  if (row === undefined) throw new Unavailable(`The journal's database ${server.label} says nothing of itself.`);
  return row;
}

/** Some services have no write-ahead log of PostgreSQL's own, and say so only when they are asked. */
function readStandbys(server: Server): Promise<readonly Standby[] | undefined> {
  return unless(server.ask(queries.standbys, []));
}

async function unless<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unavailable) return undefined;
    throw error;
  }
}
