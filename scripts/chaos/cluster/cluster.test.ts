import path from "node:path";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { openCluster, type Cluster } from "./cluster.ts";

const LIMIT_MS = 60_000;
const never = new AbortController().signal;

/** Writes numbers until told to stop, each until it is acknowledged; the last one that was. */
function writeOn(cluster: Cluster, from: number): () => Promise<number> {
  const stop = new AbortController();
  const isOver = (): boolean => stop.signal.aborted;
  async function write(): Promise<number> {
    for (let n = from; ; n++) {
      while (!(await isWritten(n))) if (isOver()) return n - 1;
      if (isOver()) return n;
    }
  }
  const isWritten = (n: number): Promise<boolean> =>
    cluster.ask(`INSERT INTO number VALUES (${n}) ON CONFLICT DO NOTHING`).then(
      () => true,
      () => false,
    );
  const written = write();
  return () => {
    stop.abort();
    return written;
  };
}

test(
  "what is acknowledged outlives crashes and fail-overs, one after the other",
  async () => {
    await using directory = await openDirectory();
    await using cluster = await openCluster(path.join(directory.path, "postgres"), never);
    await cluster.ask("CREATE TABLE number (n integer PRIMARY KEY)");
    let last = 0;
    for (const strike of ["failOver", "crash", "failOver"] as const) {
      const stop = writeOn(cluster, last + 1);
      await cluster[strike]();
      await cluster.settled();
      last = await stop();
      const [row] = await cluster.ask(`SELECT count(*)::int AS n FROM number WHERE n <= ${last}`);
      expect(row).toEqual({ n: last });
    }
    expect(last).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
