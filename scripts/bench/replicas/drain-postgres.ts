import path from "node:path";
import { systemClock } from "../../../connector/clock.ts";
import { readReplicas } from "../../../connector/flow/sharing/replicas.ts";
import { openPostgresJournal } from "../../../connector/journal/postgres.ts";
import { toMb } from "../bringer.ts";
import { startConnector, type Connector } from "../connector.ts";
import { round, toSteadyRate } from "../figures.ts";
import type { Postgres } from "../postgres/server.ts";
import { openThinOrg } from "../thin-org.ts";
import { untilDrained } from "../until-drained.ts";
import { until } from "../until.ts";
import type { World } from "../world.ts";
import { toGbPerMillion, toSecondsPerMillion, type Drained } from "./drained.ts";
import { copyTemplate, releaseBacklog } from "./template.ts";

export interface DrainPostgresOptions {
  readonly server: Postgres;
  readonly replicas: number;
  readonly posts: number;
  readonly callMs: number;
}

/** The posts come when all replicas run and have divided the work, so that no start is among what is measured. */
export async function drainPostgres(world: World, options: DrainPostgresOptions): Promise<Drained> {
  const { server, replicas, posts, callMs } = options;
  const database = `drain_${replicas}_${callMs}`;
  await copyTemplate(server, database);
  const drained = await drain();
  await server.ask(`DROP DATABASE ${database} WITH (FORCE)`);
  return drained;

  async function drain(): Promise<Drained> {
    await using org = await openThinOrg(world, { callMs });
    await using running = new AsyncDisposableStack();
    const connectors = Array.from({ length: replicas }, (_, n) => {
      const dir = path.join(world.dir, `${database}-${n}`);
      return running.use(startConnector({ ...world, orgUrl: org.url }, { dir, journal: server.toUrl(database) }));
    });
    await Promise.all(connectors.map((connector) => connector.ready()));
    await untilDivided(server.toUrl(database), replicas, world.signal);
    await releaseBacklog(server, database);
    const before = await org.usage();
    const own = { cpuSeconds: toCpuSeconds(connectors), server: await server.use(database) };
    const { after, moments } = await untilDrained(org, posts, world.signal);
    const [cpuSeconds, used] = [toCpuSeconds(connectors), await server.use(database)];
    const most = await Promise.all(connectors.map((connector) => connector.mostRssBytes()));
    return {
      replicas,
      postsPerSecond: toSteadyRate(moments),
      callsPer1000: round(((after.calls - before.calls) * 1000) / posts),
      cpuSecondsPerMillion: toSecondsPerMillion(cpuSeconds - own.cpuSeconds, posts),
      serverCpuSecondsPerMillion: toSecondsPerMillion(used.cpuSeconds - own.server.cpuSeconds, posts),
      orgCpuSecondsPerMillion: toSecondsPerMillion(after.cpuSeconds - before.cpuSeconds, posts),
      diskGbPerMillion: toGbPerMillion(used.journalBytes, posts),
      walGbPerMillion: toGbPerMillion(used.walBytes - own.server.walBytes, posts),
      mostMb: toMb(Math.max(...most)),
    };
  }
}

function toCpuSeconds(connectors: readonly Connector[]): number {
  return connectors.reduce((sum, connector) => sum + connector.cpuSeconds(), 0);
}

const DIVIDED_WITHIN_MS = 60_000;

async function untilDivided(url: string, replicas: number, signal: AbortSignal): Promise<void> {
  await using journal = await openPostgresJournal({ url, clock: systemClock, visitor: true });
  const least = Math.floor((journal.partitions + 1) / replicas);
  const wait = { withinMs: DIVIDED_WITHIN_MS, everyMs: 200, signal };
  await until(`${replicas} replicas have divided the work`, wait, async () => {
    const found = await readReplicas(journal);
    return found.length === replicas && found.every(({ held }) => held.length >= least) ? true : undefined;
  });
}
