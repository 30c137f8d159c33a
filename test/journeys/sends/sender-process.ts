import { consume } from "../../../connector/flow/consume.ts";
import { readReach } from "../../../connector/flow/consuming/position.ts";
import { findParked } from "../../../connector/flow/consuming/parked.ts";
import type { Journal } from "../../../connector/journal/journal.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import { openSender } from "../../../connector/sender.ts";
import { Crash } from "../../fakes/crashing-journal.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import type { ScratchJournal } from "../../fakes/scratch-journal.ts";
import type { Path } from "./path.ts";

/** So many turns of the event loop without anything under way: then only time can bring something. */
const QUIET_TURNS = 12;
const MOST_VIRTUAL_MS = 24 * 3_600_000;

/** A connector's sender, started anew whenever it crashes. Time passes only while nothing is under way. */
export interface SenderProcess extends AsyncDisposable {
  /** Puts it into the log. */
  hand(reply: Reply): Promise<void>;
  /** Lets it work until nothing but time can bring anything. */
  untilQuiet(): Promise<void>;
  /** Time passes until all that was handed over has ended. */
  untilDone(): Promise<void>;
}

export function openSenderProcess(path: Path, scratch: ScratchJournal, clock: ManualClock): SenderProcess {
  let running: { readonly stop: AbortController; readonly ended: Promise<unknown>; isOver: boolean } | undefined;
  const handed = new Set<Reply>();

  function start(): NonNullable<typeof running> {
    const stop = new AbortController();
    const { journal, crm, source } = path.enter(scratch.journal);
    const handle = openSender({
      journal,
      crm,
      sources: new Map([[source.account.key, source]]),
      clock,
      onSettled: () => undefined,
      onUnforeseen: (error) => {
        throw error;
      },
    });
    const consuming = consume(
      { journal, clock, log: "replies", partitions: [0], batch: 20, inFlight: 1, handle },
      stop.signal,
    );
    const life = { stop, isOver: false, ended: consuming.catch((error: unknown) => error) };
    void life.ended.then(() => (life.isOver = true));
    return life;
  }

  async function untilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      if (path.isBusy) quiet = 0;
      running ??= start();
      await new Promise(setImmediate);
      if (!running.isOver) continue;
      const error = await running.ended;
      if (!(error instanceof Crash)) throw error;
      await scratch.reopen();
      running = undefined;
      quiet = 0;
    }
  }

  async function isDone(journal: Journal): Promise<boolean> {
    for (const reply of handed) {
      const entry = await journal.find("replies", reply.key);
      if (entry === undefined) throw new Error("A reply is not in the log");
      const { seq } = await readReach(journal, "replies", 0);
      if (seq < entry.seq || (await findParked(journal, "replies", entry.seq)) !== undefined) return false;
      handed.delete(reply);
    }
    return path.pending === 0;
  }

  return {
    async hand(reply) {
      handed.add(reply);
      await scratch.journal.append("replies", [{ key: reply.key, partition: 0, value: JSON.stringify(reply) }]);
    },
    untilQuiet,
    async untilDone() {
      const end = clock.monotonicMs() + MOST_VIRTUAL_MS;
      for (;;) {
        await untilQuiet();
        if (await isDone(scratch.journal)) return;
        if (clock.monotonicMs() > end) throw new Error("A reply does not end");
        clock.advance(clock.wakesInMs());
      }
    },
    async [Symbol.asyncDispose]() {
      running?.stop.abort();
      await running?.ended;
    },
  };
}
