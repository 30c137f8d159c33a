import type { Actor } from "../access.ts";
import type { Store } from "../store.ts";

/** For whom a query runs: the context of every resolver. */
export interface Asker {
  readonly store: Store;
  readonly actor: Actor;
}
