import type { Clock } from "../../clock.ts";
import type { Feed } from "../../flow/feed.ts";
import type { CrmChange, FollowedChange } from "../../model/change.ts";
import type { Urgency } from "../budget.ts";
import type { Look } from "./changes/look.ts";
import { lookAtPersonas } from "./changes/personas.ts";
import { lookAtPosts } from "./changes/posts.ts";
import { lookAtConverted, lookAtMerged } from "./changes/records.ts";
import { toReplyChanges, toReplyQuery } from "./changes/replies.ts";
import { watchSettings } from "./changes/settings.ts";
import { toWatch, type Watch } from "./changes/watch.ts";
import { lookAtWritten, toWrittenRows } from "./changes/written.ts";
import type { Session, Step } from "./connect.ts";
import type { Hints } from "./events/hints.ts";
import type { Fields } from "./fields.ts";
import { toRows } from "./rows.ts";
import { queryPath } from "./soql.ts";

/**
 * Records are merged and converted seldom, and the org itself moves most of what points to them: every so many sweeps are
 * enough. As urgent as the rest: replies that were found wait for it.
 */
const SELDOM = 5;

/** So many sweeps may follow hints without a pause: a rep's answer leaves at once, and the next one's too. */
const AT_ONCE = 3;

export interface ChangesOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly clock: Clock;
  /** Asked anew for each pause. */
  readonly sweepMs: () => number;
  /** The time between two sweeps where there are many hints, one sweep with another. */
  readonly hintedMs: () => number;
  readonly hints: Pick<Hints, "wait" | "forget">;
  /** Told when what coordinators keep may have changed, and at the first look. */
  readonly onSettings: () => void;
}

/**
 * What people did. Replies: all that waits for us, asked for again and again; what is handed out twice has the same key
 * twice. Everything else: from where the cursor stands, and a little before. One call each sweep, now and then two.
 */
export function openChanges(options: ChangesOptions): Feed<CrmChange> {
  const { session, fields, clock, sweepMs, hintedMs, hints, onSettings } = options;
  const { userId } = session;
  const often = [lookAtPersonas(fields, userId), lookAtPosts(fields, userId)];
  const merged = (["Case", "Contact", "Lead", "Account"] as const).map(lookAtMerged);
  const written = lookAtWritten(fields);
  const seldom = [lookAtConverted(fields), ...merged];

  return async function* (cursor, signal) {
    const watch = toWatch(cursor, clock.now());
    const settings = watchSettings({ session, clock }, fields);
    /** When the last sweeps began, the latest first. */
    const startsMs: number[] = [];
    for (let sweep = 0; !signal.aborted; sweep++) {
      const now = clock.now();
      startsMs.unshift(clock.monotonicMs());
      hints.forget();
      const soql = toReplyQuery(fields, { now, writtenSince: watch.since(written) });
      const replies = { ref: "replies", method: "GET" as const, path: queryPath(soql) };
      const found = await ask(watch, often, { first: [replies, ...settings.steps], urgency: "reply" });
      const rows = await toRows(session, found.results.get("replies"), signal);
      const asked = toReplyChanges(fields, rows);
      const saved = watch.read(written, toWrittenRows(fields, rows));
      if (await settings.isNews(found.results, signal)) onSettings();
      const rare = sweep % SELDOM === 0 ? await ask(watch, seldom, { first: [], urgency: "reply" }) : undefined;
      yield {
        items: [...asked, ...saved, ...found.changes, ...(rare?.changes ?? [])],
        cursor: watch.cursor(),
        heardUntil: now,
      };
      watch.keep();
      startsMs.splice(AT_ONCE);
      if (await hints.wait(sweepMs(), signal)) await clock.sleep(untilHintedMs(), signal);
    }

    /** A few follow their hints at once; of many, as many as may be. */
    function untilHintedMs(): number {
      const before = startsMs[AT_ONCE - 1];
      return before === undefined ? 0 : Math.max(0, before + AT_ONCE * hintedMs() - clock.monotonicMs());
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
