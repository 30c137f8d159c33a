import type { Clock } from "../clock.ts";
import type { NextTurn } from "../crm/salesforce/turn.ts";
import type { Journal } from "../journal/journal.ts";

const KEY = "turns";
/** So many turns are taken at a time: about one write a minute. */
const AT_ONCE = 60_000;

/**
 * Turns that go on where the clock went back, over the end of the process too: the journal's document `turns` says which
 * may have been given. Connectors side by side never have the same; who begins anew begins above all others.
 */
export function openTurns(journal: Pick<Journal, "get" | "put">, clock: Pick<Clock, "now">): NextTurn {
  let last = 0;
  let ours = 0;
  let queue: Promise<unknown> = Promise.resolve();

  async function next(atLeast: number): Promise<number> {
    const wanted = Math.max(Date.parse(clock.now()), last + 1, atLeast);
    last = wanted > ours ? await take(wanted) : wanted;
    return last;
  }

  /** The first of those taken. */
  async function take(wanted: number): Promise<number> {
    for (;;) {
      const doc = await journal.get(KEY);
      const first = Math.max(wanted, Number(doc?.value ?? 0) + 1);
      if ((await journal.put(KEY, String(first + AT_ONCE), doc?.revision ?? 0)) === undefined) continue;
      ours = first + AT_ONCE;
      return first;
    }
  }

  return (atLeast) => {
    const turn = queue.then(() => next(atLeast));
    queue = turn.catch(() => undefined);
    return turn;
  };
}
