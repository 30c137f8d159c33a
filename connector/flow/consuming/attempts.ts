import type { Entry } from "../../journal/journal.ts";
import type { Attempt } from "./deliver.ts";
import { holdLanes } from "./lane.ts";
import type { Lane } from "./lane.ts";
import type { ParkingLot } from "./parking-lot.ts";

/** Of what the log hands over: the positions remember how far was tried. */
export function toBatchAttempt(lanes: readonly Lane[], entries: readonly Entry[]): Attempt {
  const positionOf = new Map(lanes.map(({ partition, position }) => [partition, position]));
  const lastOf = new Map(entries.map(({ partition, seq }) => [partition, seq]));
  return {
    isRepeated: ({ partition, seq }) => seq <= (positionOf.get(partition)?.triedTo ?? 0),
    begin: async () => {
      await Promise.all([...lastOf].map(async ([partition, seq]) => await positionOf.get(partition)?.tryTo(seq)));
    },
  };
}

/** Of what was parked: its document remembers. */
export function toRetryAttempt(lot: ParkingLot, lanes: readonly Lane[], entries: readonly Entry[]): Attempt {
  return {
    isRepeated: ({ seq }) => lot.find(seq)?.inDoubt === true,
    begin: async () => {
      await holdLanes(
        lanes,
        entries.map(({ partition }) => partition),
      );
      await Promise.all(entries.map(({ seq }) => lot.doubt(seq)));
    },
  };
}
