import { openFeedLedger } from "../flow/feed-ledger.ts";
import type { FeedLedgerOptions } from "../flow/feed-ledger.ts";
import { toBrought, toFilled, toHeard, toResumed } from "../flow/hearing.ts";
import type { Mark } from "../flow/mark.ts";
import type { IsoTime } from "../model/glossary.ts";

export interface Stretch {
  readonly from: IsoTime | undefined;
  readonly to: IsoTime;
}

/** The ledger of a feed that is not asked but tells by itself. Calls may overlap: they are noted in their order. */
export interface Deliveries {
  /** When something last came, as far as is known. */
  readonly lastAt: IsoTime | undefined;
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

export async function openDeliveries(options: FeedLedgerOptions): Promise<Deliveries> {
  const { clock } = options;
  const ledger = await openFeedLedger(options);
  if (ledger.mark === undefined) await ledger.move({ cursor: "", since: clock.now(), gaps: [] });
  await ledger.noteFilled();
  let lastAt = ledger.mark?.cursor === "" ? undefined : ledger.mark?.cursor;
  let noted: Promise<void> = Promise.resolve();

  function inTurn(action: () => Promise<void>): Promise<void> {
    const turn = noted.then(action);
    noted = turn.catch(() => undefined);
    return turn;
  }

  return {
    get lastAt() {
      return lastAt;
    },
    delivered: (count, complete = []) =>
      inTurn(async () => {
        const now = (lastAt = clock.now());
        if (ledger.mark !== undefined) await ledger.move(toDelivered(ledger.mark, { count, complete, now }));
        await ledger.noteFilled();
      }),
    silent: (detail) =>
      inTurn(async () => {
        const stood = [lastAt, ledger.mark?.heardUntil, ledger.mark?.since].filter((at) => at !== undefined);
        await ledger.broken({ cause: "webhook silent", detail, from: stood.sort().at(-1) ?? clock.now() });
        await ledger.noteFilled();
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
