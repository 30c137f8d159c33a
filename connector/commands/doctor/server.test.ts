import type { JournalState } from "../../wire/visit.ts";
import { toServerFindings } from "./server.ts";

type ServerState = Extract<JournalState, { kind: "server" }>;

const WELL: ServerState = {
  kind: "server",
  place: "db:5432/earshot, schema earshot",
  serverVersion: "18.1",
  version: 1,
  partitions: 16,
  bytes: 4096,
  logs: [],
  isOwner: true,
  standbys: { awaited: "FIRST 1 (standby)", known: [{ name: "standby", sync: "sync", behindBytes: 100 }] },
  connections: { open: 12, most: 97 },
  aheadMs: 200,
};

test("a server that is as it must be", () => {
  expect(new Set(toServerFindings(WELL, [1, 2, 3]).map(({ state }) => state))).toEqual(new Set(["good"]));
});

const async = { name: "standby", sync: "async", behindBytes: 2 ** 20 } as const;

test.each<[string, Partial<ServerState>, string, string, RegExp]>([
  [
    "a standby that no commit waits for",
    { standbys: { awaited: "", known: [async] } },
    "Standby",
    "doubtful",
    /synchronous_standby_names/,
  ],
  ["no standby", { standbys: { awaited: "", known: [] } }, "Standby", "doubtful", /provider/],
  [
    "commits that wait for a standby that is away",
    { standbys: { awaited: "FIRST 1 (standby)", known: [] } },
    "Standby",
    "bad",
    /Bring it back/,
  ],
  [
    "standbys that may not be seen",
    { standbys: { awaited: "", known: undefined } },
    "Standby",
    "doubtful",
    /pg_read_all_stats/,
  ],
  [
    "a standby that lags",
    { standbys: { awaited: "*", known: [{ ...async, sync: "quorum", behindBytes: 2 ** 30 }] } },
    "Standby",
    "doubtful",
    /keep up/,
  ],
  ["too few connections for all", { connections: { open: 5, most: 20 } }, "Connections", "doubtful", /max_connections/],
  ["hardly a connection left", { connections: { open: 95, most: 97 } }, "Connections", "doubtful", /pg_stat_activity/],
  ["tables that an update could not change", { isOwner: false }, "Journal", "doubtful", /own the schema/],
  ["a clock that is off", { aheadMs: -90_000 }, "Clock of the journal's server", "doubtful", /NTP/],
])("%s", (_name, change, what, state, remedy) => {
  const faults = toServerFindings({ ...WELL, ...change }, [1, 2, 3]).filter((finding) => finding.state !== "good");
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ what, state });
  expect(faults[0]?.remedy).toMatch(remedy);
});
