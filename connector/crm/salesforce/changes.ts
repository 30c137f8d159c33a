import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { CrmChange, FollowedChange } from "../../model/change.ts";
import type { Urgency } from "../budget.ts";
import type { Look } from "./changes/look.ts";
import { lookAtPersonas } from "./changes/personas.ts";
import { lookAtPosts } from "./changes/posts.ts";
import { lookAtConverted, lookAtMerged } from "./changes/records.ts";
import { toReplyChanges, toReplyQuery } from "./changes/replies.ts";
import { toWatch, type Watch } from "./changes/watch.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toRows } from "./rows.ts";
import { queryPath } from "./soql.ts";

/**
 * Records are merged seldom, and the org itself moves what points to them: every so many sweeps are enough. As urgent as the
 * rest: replies that were found wait for it.
 */
const SELDOM = 10;

export interface ChangesOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly clock: Clock;
  /** Asked anew for each pause. */
  readonly sweepMs: () => number;
}

/**
 * What people did. Replies: all that waits for us, asked for again and again; what is handed out twice has the same key
 * twice. Everything else: from where the cursor stands, and a little before. One call each sweep, now and then two.
 */
export function openChanges({ session, fields, clock, sweepMs }: ChangesOptions): Feed<CrmChange> {
  const { userId } = session;
  const often = [
    lookAtPersonas(fields, userId),
    lookAtPosts(fields, userId),
    lookAtConverted(fields),
    lookAtMerged("Case"),
  ];
  const seldom = (["Contact", "Lead", "Account"] as const).map(lookAtMerged);

  return async function* (cursor, signal) {
    const watch = toWatch(cursor, clock.now());
    for (let sweep = 0; !signal.aborted; sweep++) {
      const now = clock.now();
      const replies = { ref: "replies", method: "GET" as const, path: queryPath(toReplyQuery(fields, now)) };
      const found = await ask(watch, often, { first: [replies], urgency: "reply" });
      const asked = toReplyChanges(fields, await toRows(session, found.results.get("replies"), signal));
      const rare = sweep % SELDOM === 0 ? await ask(watch, seldom, { first: [], urgency: "reply" }) : undefined;
      yield {
        items: [...asked, ...found.changes, ...(rare?.changes ?? [])],
        cursor: watch.cursor(),
        heardUntil: now,
      };
      watch.keep();
      await clock.sleep(sweepMs(), signal);
    }

    async function ask(
      watch: Watch,
      looks: readonly Look[],
      { first, urgency }: { readonly first: readonly Step[]; readonly urgency: Urgency },
    ) {
      const steps = looks.map((look): Step => ({
        ref: look.name,
        method: "GET",
        path: look.toPath(watch.since(look)),
      }));
      const results = await session.composite([...first, ...steps], signal, urgency);
      const changes: FollowedChange[] = [];
      for (const look of looks) {
        changes.push(...watch.read(look, await toRows(session, results.get(look.name), signal)));
      }
      return { results, changes };
    }
  };
}
