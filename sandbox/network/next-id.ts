import { z } from "zod";
import type { State } from "./state.ts";

const LastId = z.object({ id: z.string() });

/**
 * An id for something new: milliseconds and a count, as 18 digits. Ids only grow, also when the clock steps back and
 * over a restart, for the last one is stored. Call it in the transaction that stores the new thing.
 */
export function nextId({ store, now }: Pick<State, "store" | "now">): string {
  const last = BigInt(store.one(LastId, "SELECT id FROM last_id")?.id ?? 0);
  const fresh = BigInt(now()) << 16n;
  const id = (fresh > last ? fresh : last + 1n).toString().padStart(18, "0");
  store.run("INSERT INTO last_id VALUES (1, :id) ON CONFLICT DO UPDATE SET id = :id", { id });
  return id;
}
