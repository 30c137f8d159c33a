import { Unavailable } from "../../errors.ts";
import type { Key } from "../../model/glossary.ts";
import type { Gone } from "../crm.ts";
import { COLLECTION, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import { toErasedCase, toErasedPost, toErasedReply, toErasedTask, toPublishedReply } from "./erasures.ts";
import type { Fields } from "./fields.ts";
import { toInert } from "./inert.ts";
import { isOurRule, type RowOutcome } from "./outcome.ts";
import { readPlaces, toWords, UNSENT, type Places } from "./places.ts";
import type { NewRow } from "./post-row.ts";
import { isReplyGone } from "./reply-row.ts";
import { required, text } from "./rows.ts";

const AT_ONCE = 50;
/** How often rows are read anew that people changed between the reading and the writing. */
const ROUNDS = 4;

export interface Erased extends Gone {
  /** What it said in versions that never came to its row. */
  readonly words?: readonly string[];
}

/**
 * The words of these posts go: from the post's row, from the Case that was opened with it, from its Task (an archived one,
 * too), from unsent replies that quote it, and from the reply that was published as it. Where a person wrote over our words,
 * theirs stay, without what they quote. What the CRM never had stays unmade. Two calls, the second only where there is
 * something; replies that are queued or on their way are the network's already, and stay.
 */
export async function erase(session: Session, f: Fields, posts: readonly Erased[], signal: AbortSignal): Promise<void> {
  for (let start = 0; start < posts.length; start += AT_ONCE) {
    await eraseSome(session, f, posts.slice(start, start + AT_ONCE), signal);
  }
}

async function eraseSome(session: Session, f: Fields, posts: readonly Erased[], signal: AbortSignal): Promise<void> {
  const at = new Map(posts.map((gone) => [toInert(gone.key), gone.at]));
  const told = Map.groupBy(posts, ({ key }) => toInert(key));
  const words = new Map<Key, readonly string[]>();
  for (let round = 1; round <= ROUNDS; round++) {
    const places = await readPlaces(session, f, [...at.keys()], { urgency: "urgent", signal });
    for (const row of places.posts) {
      const [key, found] = [required(row, f.post.key), toWords(f, row)];
      if (found !== undefined)
        words.set(key, [found, ...(told.get(key) ?? []).flatMap((gone) => gone.words?.map(toInert) ?? [])]);
    }
    const writes = toWrites(f, places, { at, words, isCareful: round > 1 });
    const outcomes = await writeChunks(session, writes, { urgency: "urgent", signal });
    if (isErased([...outcomes.values()])) return;
  }
  throw new Unavailable("Rows that hold the words of a deleted post are locked, or change all the time");
}

/** Throws what the org says where it refuses a row for good. */
function isErased(outcomes: readonly RowOutcome[]): boolean {
  const refusal = outcomes.find((outcome) => outcome !== undefined && outcome !== "again");
  if (typeof refusal === "object") throw new Error(refusal.detail);
  return !outcomes.includes("again");
}

interface Erasing {
  readonly at: ReadonlyMap<Key, string>;
  readonly words: ReadonlyMap<Key, readonly string[]>;
  /** Our rules refused to let whole fields be emptied: words are only cut out. */
  readonly isCareful: boolean;
}

function toWrites(f: Fields, places: Places, { at, words, isCareful }: Erasing): readonly Collection[] {
  const wordsOf = (key: Key | undefined) => words.get(key ?? "") ?? [];
  const published = places.replies.filter((row) => at.has(text(row, f.reply.sentPostKey) ?? ""));
  const unsent = [...places.replies, ...places.beside].filter((row) =>
    UNSENT.includes(text(row, f.reply.status) ?? ""),
  );
  const quoted = [...words.values()].flat();
  const update = (ref: string, type: string, rows: readonly (NewRow | undefined)[], ruledBy: readonly string[]) => {
    const changed = rows.filter((row) => row !== undefined).map((row): [string, NewRow] => [String(row["Id"]), row]);
    const isStale: Collection["isStale"] = (error) => isOurRule(error, ...ruledBy);
    return {
      ref,
      method: "PATCH",
      path: COLLECTION,
      type,
      rows: new Map(changed),
      isDone: isReplyGone,
      isStale,
    } as const;
  };
  return [
    update(
      "cases",
      "Case",
      places.cases.map((row) => toErasedCase(f, row, wordsOf(text(row, f.case.openingPost)), isCareful)),
      [f.case.openingPost],
    ),
    update(
      "tasks",
      "Task",
      places.tasks.map((row) => toErasedTask(f, row, wordsOf(text(row, f.task.postKey)), isCareful)),
      [f.task.postKey],
    ),
    update(
      "replies",
      f.reply.object,
      [...published.map((row) => toPublishedReply(f, row)), ...unsent.map((row) => toErasedReply(f, row, quoted))],
      [f.reply.status, f.reply.seenLength],
    ),
    // Last: the words are read from here when an erasing that was cut short is repeated.
    update(
      "posts",
      f.post.object,
      places.posts.map((row) => toErasedPost(f, row, at.get(required(row, f.post.key)) ?? "")),
      [],
    ),
  ];
}
