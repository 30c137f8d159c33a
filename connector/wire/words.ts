import { isDeepStrictEqual } from "node:util";
import type { AccountConfig } from "../config.ts";
import type { Key } from "../model/glossary.ts";
import { toIsWanted, type IsWanted } from "../rules/is-wanted.ts";
import { isFor, type Listener } from "../rules/listener.ts";
import type { InUse } from "./in-use.ts";

/** What one account listens for, as long as its words stay what they are. Other changes are followed. */
export interface Wish extends Disposable {
  /** Each once, in an order of their own. */
  readonly words: readonly string[];
  readonly isWanted: IsWanted;
  /** Aborted when the words have changed: the source has to be opened anew. */
  readonly changed: AbortSignal;
}

/** `key`: the account's own, as far as it is known. */
export function openWish(
  inUse: Pick<InUse, "listeners" | "onListeners">,
  account: AccountConfig,
  key: Key | undefined,
): Wish {
  const changed = new AbortController();
  const now = toListenersOf(inUse.listeners(), account, key);
  const words = toWords(now);
  let isWanted = toIsWanted(now);
  const stop = inUse.onListeners(() => {
    const next = toListenersOf(inUse.listeners(), account, key);
    isWanted = toIsWanted(next);
    if (!isDeepStrictEqual(toWords(next), words)) changed.abort();
  });
  return {
    words,
    isWanted: (post, toLanguage) => isWanted(post, toLanguage),
    changed: changed.signal,
    [Symbol.dispose]: stop,
  };
}

/** The configuration's words are a listener too. */
function toListenersOf(kept: readonly Listener[], account: AccountConfig, key: Key | undefined): readonly Listener[] {
  if (!("words" in account)) return [];
  const own = { id: "configuration", account: key, words: account.words, excluded: [], languages: [] };
  return [own, ...kept.filter((listener) => isFor(listener, key))];
}

function toWords(listeners: readonly Listener[]): readonly string[] {
  return [...new Set(listeners.flatMap(({ words }) => words))].sort();
}
