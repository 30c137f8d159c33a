import type { Journal } from "./journal/journal.ts";
import type { IsoTime, Key } from "./model/glossary.ts";

const PREFIX = "gone/";
const OURS = "ours";
const OTHERS = "-";
const toDocKey = (post: Key): string => `${PREFIX}${post}`;

export interface Mark {
  /** When the post was deleted. */
  readonly at: IsoTime;
  /** When we heard of it: that may be much later. */
  readonly heardAt: IsoTime;
  /** It may come though it was not heard yet, or is forgotten: whoever says that it is deleted told us of it. */
  readonly ours?: boolean;
  /** When its text went from the journal; undefined: it was never there, or is. */
  readonly emptiedAt?: IsoTime;
}

/** Marks a post as deleted. Safe to repeat: the first time stands. */
export async function markGone(journal: Journal, post: Key, mark: Mark | IsoTime): Promise<void> {
  await journal.put(toDocKey(post), toValue(typeof mark === "string" ? { at: mark, heardAt: mark } : mark), 0);
}

/** Notes on a post's mark that its text has just gone from the journal: backups from before may hold it. */
export async function markEmptied(journal: Journal, post: Key, emptiedAt: IsoTime): Promise<void> {
  const doc = await journal.get(toDocKey(post));
  if (doc !== undefined) await journal.put(doc.key, toValue({ ...toMark(doc.value), emptiedAt }), doc.revision);
}

function toValue({ at, heardAt, ours, emptiedAt }: Mark): string {
  return [at, heardAt, ours === true ? OURS : OTHERS, ...(emptiedAt === undefined ? [] : [emptiedAt])].join(" ");
}

/** What the value of a mark's document says. */
export function toMark(value: string): Mark {
  const [at = "", heardAt = at, ours, emptiedAt] = value.split(" ");
  return { at, heardAt, ours: ours === OURS, ...(emptiedAt === undefined ? {} : { emptiedAt }) };
}

/** What is marked of the post; undefined: it was not deleted, or so long ago that it is forgotten. */
export async function findMark(journal: Journal, post: Key): Promise<Mark | undefined> {
  const doc = await journal.get(toDocKey(post));
  return doc && toMark(doc.value);
}

/** When the post was deleted; undefined: it was not, or so long ago that it is forgotten. */
export async function isGone(journal: Journal, post: Key): Promise<IsoTime | undefined> {
  return (await findMark(journal, post))?.at;
}

/** Forgets the marks that were made before `heard`; of posts that will never come, those from before `unheard`. */
export async function forgetGone(
  journal: Journal,
  before: { readonly heard: IsoTime; readonly unheard: IsoTime },
): Promise<void> {
  for await (const { key, value, revision } of journal.list(PREFIX)) {
    const { heardAt, ours } = toMark(value);
    if (heardAt >= before.unheard) continue;
    const isKnown = ours === true || (await journal.knows("posts", key.slice(PREFIX.length)));
    if (heardAt < before.heard || !isKnown) await journal.remove(key, revision);
  }
}
