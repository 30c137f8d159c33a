import type { Clock } from "../clock.ts";
import { Unavailable } from "../errors.ts";
import { toStoodStill } from "../flow/feed-ledger.ts";
import { filledSchema, toBroken, toBrought, toFilled, toHeard, toResumed } from "../flow/hearing.ts";
import { toFilledPrefix } from "../flow/mark.ts";
import type { Mark } from "../flow/mark.ts";
import type { IsoTime } from "../model/glossary.ts";
import { openSharedMark } from "./shared-mark.ts";
import type { SharedMarkOptions } from "./shared-mark.ts";

export interface DeliveriesOptions extends SharedMarkOptions {
  readonly clock: Clock;
}

export interface Stretch {
  readonly from: IsoTime | undefined;
  readonly to: IsoTime;
}

/**
 * The ledger of a feed that is not asked but tells by itself. Calls may overlap: they are noted in their order. Any number of
 * connectors on one journal may note what came to each of them.
 */
export interface Deliveries {
  /** When something last came, as far as is known. */
  readonly lastAt: IsoTime | undefined;
  /** What came to another connector may be noted so much later. */
  readonly notedWithinMs: number;
  /** Learns what came to others. */
  refresh(): Promise<void>;
  /** Nobody listened for a while: where nothing was heard since, a gap opens, durably. */
  stoodStill(): Promise<void>;
  /**
   * So many events came and are durable: a silence ends. Of the stretches in `complete` the sender says that it has told all
   * (`from` undefined: since ever), which fills the gaps in them; else nobody knows what was missed, and gaps stay open.
   */
  delivered(count: number, complete?: readonly Stretch[]): Promise<void>;
  /** Nothing came for too long: a gap opens at the last delivery, or goes on. `detail` is a sentence for the operator. */
  silent(detail: string): Promise<void>;
}

/** A moment of the last delivery that is this old is written anew: not each delivery is worth a write. */
const FRESH_MS = 60_000;
/** A delivery may take so long from its sender to us. */
const ON_ITS_WAY_MS = 60_000;
const EVER = new Date(0).toISOString();

export async function openDeliveries(options: DeliveriesOptions): Promise<Deliveries> {
  const { journal, clock, name } = options;
  const shared = await openSharedMark(options);
  const begun = (mark: Mark | undefined): Mark => mark ?? { cursor: "", since: clock.now(), gaps: [] };
  await shared.change(journal.isShared ? begun : (mark) => toStoodStill(begun(mark), clock));
  await noteFilled();
  let ownLastAt = "";
  let noted: Promise<void> = Promise.resolve();

  function inTurn(action: () => Promise<void>): Promise<void> {
    const turn = noted.then(action);
    noted = turn.catch(() => undefined);
    return turn;
  }

  /** Notes what was brought in another way, and asks for it no more. */
  async function noteFilled(): Promise<void> {
    for await (const { key, value, revision } of journal.list(toFilledPrefix(name))) {
      await shared.refresh();
      const filled = filledSchema.parse(JSON.parse(value));
      await shared.change((mark) => toFilled(begun(mark), filled, clock.now()));
      await journal.remove(key, revision);
    }
  }

  function toLastAt(): IsoTime | undefined {
    const lastAt = [ownLastAt, shared.mark?.cursor ?? ""].sort().at(-1);
    return lastAt === "" ? undefined : lastAt;
  }

  return {
    get lastAt() {
      return toLastAt();
    },
    notedWithinMs: journal.isShared ? FRESH_MS : 0,
    refresh: () => inTurn(() => shared.refresh()),
    stoodStill: () => inTurn(() => shared.change((mark) => toStoodStill(begun(mark), clock))),
    delivered: (count, complete = []) =>
      inTurn(async () => {
        const now = (ownLastAt = clock.now());
        // Another connector may have opened a gap that this fills.
        if (complete.length > 0) await shared.refresh();
        await shared.change((mark) => toDelivered(begun(mark), { count, complete, now }));
        await noteFilled();
      }),
    silent: (detail) =>
      inTurn(async () => {
        const make = (mark: Mark | undefined): Mark => {
          const stood = [toLastAt(), mark?.heardUntil, mark?.since].filter((at) => at !== undefined);
          const from = stood.sort().at(-1) ?? clock.now();
          return toBroken(begun(mark), { cause: "webhook silent", detail, from, at: clock.now() });
        };
        await shared.change(make).catch((error: unknown) => {
          if (!(error instanceof Unavailable)) throw error;
          // What the disk does not take now is written with the next change.
          shared.show(make(shared.mark));
        });
        await noteFilled();
      }),
  };
}

interface Delivery {
  readonly count: number;
  readonly complete: readonly Stretch[];
  readonly now: IsoTime;
}

function toDelivered(mark: Mark, { count, complete, now }: Delivery): Mark {
  const brought = toBrought({ ...mark, cursor: toFresh(mark.cursor, now) }, count);
  return complete.reduce((filled, stretch) => toComplete(filled, stretch, now), toResumed(brought, now));
}

/** All gaps in it are filled, as far as it reaches; what begins where hearing stood moves that on besides. */
function toComplete(mark: Mark, { from, to }: Stretch, now: IsoTime): Mark {
  const stood = mark.heardUntil ?? mark.since;
  const isJoined = from === undefined || (stood !== undefined && from <= stood);
  // What was said just before the delivery left has been on its way: the silence ended with it.
  const reach = Date.parse(now) - Date.parse(to) <= ON_ITS_WAY_MS ? now : to;
  const filled = toFilled(mark, { from: from ?? EVER, to: reach }, now);
  return isJoined ? toHeard(filled, to, now) : filled;
}

function toFresh(noted: string, now: IsoTime): string {
  return noted === "" || Date.parse(now) - Date.parse(noted) > FRESH_MS ? now : noted;
}
