import type { Entry } from "../../journal/journal.ts";
import type { Outcome } from "./deliver.ts";
import type { Lane } from "./lane.ts";
import type { ParkingLot } from "./parked.ts";

/**
 * Makes outcomes durable: first what is parked, then the positions. A crash between the two hands entries over again that
 * are parked already; then the one parked document counts one more try, or goes.
 */
export async function settle(
  lot: ParkingLot,
  lanes: readonly Lane[],
  { entries, outcomes }: { entries: readonly Entry[]; outcomes: readonly Outcome[] },
): Promise<void> {
  await Promise.all(
    entries.map((entry, index) => {
      const outcome = outcomes[index];
      return outcome === undefined ? lot.release(entry.seq) : lot.park(entry, outcome);
    }),
  );
  await Promise.all(
    lanes.map(async ({ partition, position }) => {
      const last = entries.findLast((entry) => entry.partition === partition);
      if (last !== undefined && last.seq > position.seq) await position.moveTo(last.seq);
    }),
  );
}
