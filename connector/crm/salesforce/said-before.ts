import type { Key } from "../../model/glossary.ts";
import type { Said } from "../../model/prints.ts";

/**
 * What is remembered outside of the org of what these posts said, in any version: a call that was cut short may have taken the
 * words from their rows, and left them elsewhere. Of what nobody remembers, nothing.
 */
export type SaidBefore = (posts: readonly Key[]) => Promise<ReadonlyMap<Key, readonly Said[]>>;

/** For whoever keeps nothing. */
export const nothingSaid: SaidBefore = () => Promise.resolve(new Map());
