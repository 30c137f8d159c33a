import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Urgency } from "../budget.ts";
import { writeChunks } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toEdit, type Edit } from "./former-words.ts";
import { toInert } from "./inert.ts";
import { readUnsent, toUnsentSteps } from "./late-replies.ts";
import type { RowOutcome } from "./outcome.ts";
import { readPlaces } from "./places.ts";
import { required, type Row } from "./rows.ts";
import type { SaidBefore } from "./said-before.ts";
import { toCollections, toPostOutcomes, toReplyWrites, toWordWrites } from "./word-writes.ts";

const AT_ONCE = 50;
/** How often rows are read anew that people changed between the reading and the writing. */
const ROUNDS = 3;

export interface Replacing {
  readonly session: Session;
  readonly fields: Fields;
  readonly urgency: Urgency;
  readonly signal: AbortSignal;
  readonly saidBefore: SaidBefore;
}

export interface Replacement {
  /** What became of it by the posts' keys: as long as that is not undefined, the post's own row must keep the former words. */
  readonly outcomes: ReadonlyMap<Key, RowOutcome>;
  readonly edits: readonly Edit[];
}

/**
 * What these posts said before leaves every row but their own: Cases and activities of ours say the new words, out of what
 * people wrote the former ones are cut. Two calls, the second only where there is something. `drafts`: all that comes along,
 * older versions too.
 */
export async function replaceWords(
  replacing: Replacing,
  edited: readonly Draft[],
  drafts: readonly Draft[],
): Promise<Replacement> {
  const outcomes = new Map<Key, RowOutcome>();
  const edits = new Map<Key, Edit>();
  for (let start = 0; start < edited.length; start += AT_ONCE) {
    let open = edited.slice(start, start + AT_ONCE);
    for (let round = 1; open.length > 0 && round <= ROUNDS; round++) {
      const replaced = await replaceSome(replacing, open, drafts);
      for (const edit of replaced.edits) edits.set(edit.draft.post.key, edit);
      for (const { post } of open) outcomes.set(post.key, replaced.outcomes.get(post.key));
      open = open.filter(({ post }) => replaced.outcomes.get(post.key) === "again");
    }
  }
  return { outcomes, edits: [...edits.values()] };
}

/**
 * The former words leave these unsent replies too, which people wrote while they were replaced elsewhere; no call where there
 * is nothing to cut. What became of it by the posts' keys.
 */
export async function replaceInReplies(
  replacing: Replacing,
  edits: readonly Edit[],
  replies: readonly Row[],
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const { session, fields: f, ...call } = replacing;
  const keys = edits.map(({ draft }) => draft.post.key);
  const steps = toUnsentSteps(f, keys);
  let [rows, outcomes]: [readonly Row[], ReadonlyMap<Key, RowOutcome>] = [replies, new Map()];
  for (let round = 1; round <= ROUNDS; round++) {
    const writes = toReplyWrites(f, rows, edits);
    outcomes = toPostOutcomes(keys, writes, await writeChunks(session, toCollections(f, writes), call));
    if (![...outcomes.values()].includes("again")) break;
    const results = await session.composite(steps, call.signal, call.urgency);
    rows = await readUnsent(session, steps, { results, signal: call.signal });
  }
  return outcomes;
}

async function replaceSome(
  { session, fields: f, saidBefore, ...call }: Replacing,
  edited: readonly Draft[],
  drafts: readonly Draft[],
): Promise<Replacement> {
  const keys = edited.map(({ post }) => post.key);
  const said = await saidBefore(keys);
  const places = await readPlaces(session, f, keys, call);
  const rowOf = new Map(places.posts.map((row) => [required(row, f.post.key), row]));
  const edits = edited.flatMap((draft): readonly Edit[] => {
    const { key } = draft.post;
    const edit = toEdit(f, draft, rowOf.get(toInert(key)), { drafts, said: said.get(key) ?? [] });
    return edit === undefined ? [] : [edit];
  });
  const replies = toReplyWrites(f, [...places.replies, ...places.beside], edits);
  const writes = [...edits.flatMap((edit) => toWordWrites(f, places, edit)), ...replies];
  const written = await writeChunks(session, toCollections(f, writes), call);
  return { outcomes: toPostOutcomes(keys, writes, written), edits };
}
