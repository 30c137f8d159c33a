import { openTelemetry } from "../../../connector/telemetry.ts";
import { runConnector } from "../../../connector/wire.ts";
import { toFastClock } from "./fast-clock.ts";
import { toFuse } from "./fuse.ts";
import type { LifeOptions } from "./life.ts";
import { toMortalJournal } from "./mortal-journal.ts";

/**
 * A connector in a process of its own, with what it is told by its argument. It tells its parent when it is up, and kills
 * itself at its journal write; at a request its parent kills it. Told to stop, or disconnected, it stops as at a SIGTERM, and
 * tells how much it wrote.
 */
const { config, time, point } = JSON.parse(process.argv[2] ?? "") as LifeOptions;
const stop = new AbortController();
for (const event of ["message", "disconnect"]) process.once(event, () => stop.abort());
const fuse = toFuse(point, () => process.kill(process.pid, "SIGKILL"));
await runConnector(
  {
    config,
    telemetry: openTelemetry({ level: "silent" }),
    clock: toFastClock(time),
    onReady: () => process.send?.({ writes: undefined }),
    around: (journal) => toMortalJournal(journal, fuse),
  },
  stop.signal,
);
process.send?.({ writes: fuse.counts["journal write"] }, () => process.exit());
