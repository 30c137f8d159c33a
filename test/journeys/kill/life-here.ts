import { openTelemetry } from "../../../connector/telemetry.ts";
import { runConnector } from "../../../connector/wire.ts";
import { toFastClock } from "./fast-clock.ts";
import { openLines, type Life, type LifeOptions } from "./life.ts";
import { toMortalJournal } from "./mortal-journal.ts";

/** A connector in this process. Dead, it reaches neither its journal nor anybody else. */
export async function liveHere({ config, time, point }: LifeOptions): Promise<Life> {
  const stop = new AbortController();
  const lines = await openLines(config, point, () => stop.abort());
  const { fuse } = lines;
  const { promise: ready, resolve } = Promise.withResolvers<undefined>();
  const running = runConnector(
    {
      config: lines.config,
      telemetry: openTelemetry({ level: "silent" }),
      clock: toFastClock(time),
      onReady: () => resolve(undefined),
      around: (journal) => toMortalJournal(journal, fuse),
    },
    stop.signal,
  );
  const over = running
    .catch((error: unknown) => {
      if (!fuse.isBlown) throw error;
    })
    .finally(async () => {
      await lines[Symbol.asyncDispose]();
      resolve(undefined);
    });
  return {
    fuse,
    ready,
    over,
    async stop() {
      stop.abort();
      await over;
    },
  };
}
