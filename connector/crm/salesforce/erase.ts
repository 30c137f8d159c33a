import { Declined, Unavailable } from "../../errors.ts";
import type { Key } from "../../model/glossary.ts";
import type { Words } from "../../model/prints.ts";
import type { Gone } from "../crm.ts";
import { COLLECTION, toOutcomes, toStep, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import { toErasedCase, toErasedPost, toErasedReply, toErasedTask, toPublishedReply } from "./erasures.ts";
import type { Fields } from "./fields.ts";
import { toInert } from "./inert.ts";
import { readUnsent, toUnsentSteps } from "./late-replies.ts";
import { isOurRule, type RowOutcome } from "./outcome.ts";
import { readPlaces, toWords, UNSENT, type Places } from "./places.ts";
import type { NewRow } from "./post-row.ts";
import { isReplyGone } from "./reply-row.ts";
import { required, text, type Row } from "./rows.ts";
import type { SaidBefore } from "./said-before.ts";

const AT_ONCE = 50;
/** How often rows are read anew that people changed between the reading and the writing. */
const ROUNDS = 4;

export interface EraseOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly saidBefore: SaidBefore;
}

export interface Erased extends Gone {
  /** What it said in versions that never came to its row. */
  readonly words?: readonly string[];
}

/**
 * The words of these posts go: from the post's row, from the Case that was opened with it, from its Task (an archived one,
 * too), from unsent replies that quote it, and from the reply that was published as it. Where a person wrote over our words,
 * theirs stay, without what they quote. What the CRM never had stays unmade. Up to three calls, of which the first reads, and
 * one more for drafts that people began meanwhile; the post's row is the last, for the words are read from there. Replies
 * that are queued or on their way are the network's already, and stay. Throws `Unavailable` while rows are locked, `Declined`
 * where the org refuses one for good.
 */
export async function erase(options: EraseOptions, posts: readonly Erased[], signal: AbortSignal): Promise<void> {
  for (let start = 0; start < posts.length; start += AT_ONCE) {
    await eraseSome(options, posts.slice(start, start + AT_ONCE), signal);
  }
}

async function eraseSome(options: EraseOptions, posts: readonly Erased[], signal: AbortSignal): Promise<void> {
  const { session, fields: f } = options;
  const at = new Map(posts.map((gone) => [toInert(gone.key), gone.at]));
  const told = Map.groupBy(posts, ({ key }) => toInert(key));
  const said = await options.saidBefore(posts.map(({ key }) => key));
  // Of a post whose row has lost them, an earlier call may have been cut short: replies that quote it are known all the same.
  const remembered = [...said.values()].flatMap((all) => all.map((one) => one.words));
  const words = new Map<Key, readonly string[]>();
  for (let round = 1; round <= ROUNDS; round++) {
    const places = await readPlaces(session, f, [...at.keys()], { urgency: "urgent", signal });
    for (const row of places.posts) {
      const [key, found] = [required(row, f.post.key), toWords(f, row)];
      if (found !== undefined)
        words.set(key, [found, ...(told.get(key) ?? []).flatMap((gone) => gone.words?.map(toInert) ?? [])]);
    }
    const quoted = [...remembered, ...[...words.values()].flat()];
    const around = toWritesAround(f, places, { at, words, quoted, isCareful: round > 1 });
    if (!isErased(await writeChunks(session, around, { urgency: "urgent", signal }))) continue;
    const rows = places.posts.map((row) => toErasedPost(f, row, at.get(required(row, f.post.key)) ?? ""));
    const { outcomes, begun } = await writePosts(
      options,
      { keys: [...at.keys()], posts: toUpdate("posts", f.post.object, rows) },
      signal,
    );
    const late = begun.map((row) => toErasedReply(f, row, quoted));
    if (isErased(outcomes) && isErased(await writeChunks(session, [toReplies(f, late)], { urgency: "urgent", signal })))
      return;
  }
  throw new Unavailable("Rows that hold the words of a deleted post are locked, or change all the time");
}

/** The posts' own rows, and what people have begun to write until then. No call where there is no such row to write. */
async function writePosts(
  { session, fields: f }: EraseOptions,
  { keys, posts }: { readonly keys: readonly Key[]; readonly posts: Collection },
  signal: AbortSignal,
): Promise<{ readonly outcomes: ReadonlyMap<string, RowOutcome>; readonly begun: readonly Row[] }> {
  if (posts.rows.size === 0) return { outcomes: new Map(), begun: [] };
  const looks = toUnsentSteps(f, keys);
  const results = await session.composite([toStep(posts), ...looks], signal, "urgent");
  return { outcomes: toOutcomes([posts], results), begun: await readUnsent(session, looks, { results, signal }) };
}

function isErased(outcomes: ReadonlyMap<string, RowOutcome>): boolean {
  const all = [...outcomes.values()];
  const refusal = all.find((outcome) => outcome !== undefined && outcome !== "again");
  if (typeof refusal === "object") throw new Declined(refusal);
  return !all.includes("again");
}

interface Erasing {
  readonly at: ReadonlyMap<Key, string>;
  readonly words: ReadonlyMap<Key, readonly string[]>;
  /** What no unsent reply may repeat. */
  readonly quoted: readonly Words[];
  /** Our rules refused to let whole fields be emptied: words are only cut out. */
  readonly isCareful: boolean;
}

/** What holds the words beside the post's own row. */
function toWritesAround(f: Fields, places: Places, { at, words, quoted, isCareful }: Erasing): readonly Collection[] {
  const wordsOf = (key: Key | undefined) => words.get(key ?? "") ?? [];
  const published = places.replies.filter((row) => at.has(text(row, f.reply.sentPostKey) ?? ""));
  const unsent = [...places.replies, ...places.beside].filter((row) =>
    UNSENT.includes(text(row, f.reply.status) ?? ""),
  );
  return [
    toUpdate(
      "cases",
      "Case",
      places.cases.map((row) => toErasedCase(f, row, wordsOf(text(row, f.case.openingPost)), isCareful)),
      [f.case.openingPost],
    ),
    toUpdate(
      "tasks",
      "Task",
      places.tasks.map((row) => toErasedTask(f, row, wordsOf(text(row, f.task.postKey)), isCareful)),
      [f.task.postKey],
    ),
    toReplies(f, [
      ...published.map((row) => toPublishedReply(f, row)),
      ...unsent.map((row) => toErasedReply(f, row, quoted)),
    ]),
  ];
}

function toReplies(f: Fields, rows: readonly (NewRow | undefined)[]): Collection {
  return toUpdate("replies", f.reply.object, rows, [f.reply.status, f.reply.seenLength]);
}

function toUpdate(
  ref: string,
  type: string,
  rows: readonly (NewRow | undefined)[],
  ruledBy: readonly string[] = [],
): Collection {
  const changed = rows.filter((row) => row !== undefined).map((row): [string, NewRow] => [String(row["Id"]), row]);
  const isStale: Collection["isStale"] = (error) => isOurRule(error, ...ruledBy);
  return { ref, method: "PATCH", path: COLLECTION, type, rows: new Map(changed), isDone: isReplyGone, isStale };
}
