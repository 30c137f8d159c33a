import type { Settled } from "./deliver.ts";
import { holdLanes } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { ParkingLot } from "./parking-lot.ts";

/**
 * Makes outcomes durable: first what is parked, then the positions. A crash between the two hands entries over again that
 * are parked already; then the one parked document counts one more try, or goes. Throws `Taken`, and touches nothing that is
 * parked, when another connector has one of the partitions.
 */
export async function settle(lot: ParkingLot, lanes: readonly Lane[], settled: readonly Settled[]): Promise<void> {
  const parked = settled.filter(({ entry, outcome }) => outcome !== undefined || lot.find(entry.seq) !== undefined);
  await holdLanes(
    lanes,
    parked.map(({ entry }) => entry.partition),
  );
  await Promise.all(
    parked.map(({ entry, outcome, isRepeated }) =>
      outcome === undefined ? lot.release(entry.seq) : lot.park(entry, outcome, isRepeated),
    ),
  );
  await Promise.all(
    lanes.map(async ({ partition, position }) => {
      const last = settled.findLast(({ entry }) => entry.partition === partition)?.entry;
      if (last !== undefined && last.seq > position.seq) await position.moveTo(last.seq);
    }),
  );
}
