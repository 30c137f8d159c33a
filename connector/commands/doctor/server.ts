import type { Finding } from "../../crm/crm.ts";
import type { JournalState } from "../../wire/visit.ts";
import { toDuration, toSize } from "../words.ts";
import { bad, doubtful, good } from "./check.ts";

type ServerState = Extract<JournalState, { kind: "server" }>;

/** As many connections one connector may have open at once: those for work, and one that listens. */
const PER_CONNECTOR = 10;
const NEARLY_ALL = 0.9;
const FAR_BEHIND_BYTES = 64 * 1024 ** 2;
const MOST_OFF_MS = 60_000;

const ADD_ONE =
  "Add a synchronous one: docs/scaling.md says how. What a provider doubles beneath PostgreSQL (RDS Multi-AZ, Cloud SQL) cannot be seen from here, and is as good";

/** The server that holds the journal, and what happens to the journal when it is lost. */
export function toServerFindings(state: ServerState, replicas: readonly unknown[]): readonly Finding[] {
  return [toWhole(state), toStandby(state), toConnections(state, replicas.length), toClock(state)];
}

function toWhole({ place, serverVersion, version, bytes, isOwner }: ServerState): Finding {
  const detail = `${place}, ${toSize(bytes)}, format ${version}, PostgreSQL ${serverVersion}`;
  if (isOwner) return good("Journal", detail);
  const remedy = "Before the next update of Earshot let the connector's role own the schema and its tables";
  return doubtful("Journal", `${detail}; our role may use its tables, not change them`, remedy);
}

function toStandby({ standbys: { awaited, known } }: ServerState): Finding {
  if (known === undefined) {
    const remedy =
      "GRANT pg_read_all_stats TO the connector's role; some services have no standby that PostgreSQL could show";
    return doubtful("Standby", "It cannot be seen from here whether there is one that keeps up", remedy);
  }
  const waitedFor = known.filter(({ sync }) => sync === "sync" || sync === "quorum");
  if (awaited !== "" && waitedFor.length === 0) {
    const remedy = "Bring it back. While nothing can be written everything waits, and nothing is lost";
    return bad("Standby", `Every commit waits for one (${awaited}), and none is there`, remedy);
  }
  if (known.length === 0)
    return doubtful("Standby", "There is none: with the server's disk the journal is lost", ADD_ONE);
  if (waitedFor.length === 0) return toAsynchronous(known);
  const names = waitedFor.map(({ name }) => name).join(", ");
  const behind = Math.min(...waitedFor.map(({ behindBytes }) => behindBytes));
  if (behind <= FAR_BEHIND_BYTES) return good("Standby", `Every commit is on ${names} before it counts`);
  const remedy = "See whether its disk and the line to it keep up: until they do, everything is slow";
  return doubtful("Standby", `${names} is ${toSize(behind)} behind`, remedy);
}

function toAsynchronous(known: NonNullable<ServerState["standbys"]["known"]>): Finding {
  const names = known.map(({ name, behindBytes }) => `${name}, ${toSize(behindBytes)} behind`).join("; ");
  const remedy =
    "A fail-over to it would forget what was confirmed last: webhooks, and that an answer was sent. Set synchronous_standby_names: see docs/scaling.md";
  return doubtful("Standby", `No commit waits for it (${names})`, remedy);
}

function toConnections({ connections: { open, most } }: ServerState, connectors: number): Finding {
  const detail = `${open} of ${most} connections are open`;
  const needed = connectors * PER_CONNECTOR;
  if (needed > most) {
    const remedy = "Raise max_connections, or the limit of the role or the database, or run fewer connectors";
    return doubtful("Connections", `${detail}; ${connectors} connectors may need ${needed}`, remedy);
  }
  if (open < NEARLY_ALL * most) return good("Connections", detail);
  return doubtful("Connections", detail, "See who else uses the server (pg_stat_activity), or raise max_connections");
}

function toClock({ aheadMs }: ServerState): Finding {
  if (Math.abs(aheadMs) <= MOST_OFF_MS)
    return good("Clock of the journal's server", "Ours agrees with it, within a minute");
  const detail = `Ours is ${toDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? "behind" : "ahead of"} it`;
  const remedy =
    "Nothing is reckoned by the server's clock, but one of the two is wrong: let both be set by the network (NTP)";
  return doubtful("Clock of the journal's server", detail, remedy);
}
