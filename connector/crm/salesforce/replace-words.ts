import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Urgency } from "../budget.ts";
import { COLLECTION, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toEdit, toEditedCase, toEditedReply, toEditedTask, type Edit } from "./former-words.ts";
import { toInert } from "./inert.ts";
import { isOurRule, toFirstFailure, type RowOutcome } from "./outcome.ts";
import { readPlaces, UNSENT, type Places } from "./places.ts";
import type { NewRow } from "./post-row.ts";
import { isReplyGone } from "./reply-row.ts";
import { required, text, type Row } from "./rows.ts";

const AT_ONCE = 50;
/** How often rows are read anew that people changed between the reading and the writing. */
const ROUNDS = 3;

export interface Replacing {
  readonly session: Session;
  readonly fields: Fields;
  readonly urgency: Urgency;
  readonly signal: AbortSignal;
}

/**
 * What these posts said before leaves every row but their own: Cases and activities of ours say the new words, out of what
 * people wrote the former ones are cut. Two calls, the second only where there is something. What became of it by the posts'
 * keys; as long as it is not undefined a post's own row must keep the former words: nobody else knows them. `drafts`: all
 * that comes along, older versions too.
 */
export async function replaceWords(
  replacing: Replacing,
  edited: readonly Draft[],
  drafts: readonly Draft[],
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const outcomes = new Map<Key, RowOutcome>();
  for (let start = 0; start < edited.length; start += AT_ONCE) {
    let open = edited.slice(start, start + AT_ONCE);
    for (let round = 1; open.length > 0 && round <= ROUNDS; round++) {
      const replaced = await replaceSome(replacing, open, drafts);
      for (const { post } of open) outcomes.set(post.key, replaced.get(post.key));
      open = open.filter(({ post }) => replaced.get(post.key) === "again");
    }
  }
  return outcomes;
}

/** A row to be written, and the posts whose edits it follows. */
interface Write {
  readonly ref: keyof typeof OBJECTS;
  readonly row: NewRow;
  readonly posts: readonly Key[];
}

async function replaceSome(
  { session, fields: f, ...call }: Replacing,
  edited: readonly Draft[],
  drafts: readonly Draft[],
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const keys = edited.map(({ post }) => post.key);
  const places = await readPlaces(session, f, keys, call);
  const rowOf = new Map(places.posts.map((row) => [required(row, f.post.key), row]));
  const edits = edited.flatMap((draft): readonly Edit[] => {
    const { key, version } = draft.post;
    const earlier = drafts.filter(({ post }) => post.key === key && post.version < version);
    const edit = toEdit(f, draft, rowOf.get(toInert(key)), earlier);
    return edit === undefined ? [] : [edit];
  });
  const writes = [...edits.flatMap((edit) => toWrites(f, places, edit)), ...toReplies(f, places, edits)];
  const outcomes = await writeChunks(session, toCollections(f, writes), call);
  return new Map(
    keys.map((key) => {
      const its = writes.filter(({ posts }) => posts.includes(key));
      return [key, toFirstFailure(...its.map(({ ref, row }) => outcomes.get(`${ref} ${String(row["Id"])}`)))];
    }),
  );
}

function toWrites(f: Fields, places: Places, edit: Edit): readonly Write[] {
  const post = edit.draft.post.key;
  const isOf = (field: string) => (row: Row) => text(row, field) === toInert(post);
  const write = (ref: Write["ref"], row: NewRow | undefined): readonly Write[] =>
    row === undefined ? [] : [{ ref, row, posts: [post] }];
  return [
    ...places.cases.filter(isOf(f.case.openingPost)).flatMap((row) => {
      const { subject, description, cutSubject } = toEditedCase(f, row, edit);
      return [
        // First: what the Case was called by is read from it, too.
        ...write("cutSubjects", cutSubject),
        ...write("descriptions", description),
        ...write("subjects", subject),
      ];
    }),
    ...places.tasks.filter(isOf(f.task.postKey)).flatMap((row) => {
      const { words, cutSubject } = toEditedTask(f, row, edit);
      return [...write("excerpts", words), ...write("cutExcerpts", cutSubject)];
    }),
  ];
}

function toReplies(f: Fields, places: Places, edits: readonly Edit[]): readonly Write[] {
  const unsent = [...places.replies, ...places.beside].filter((row) =>
    UNSENT.includes(text(row, f.reply.status) ?? ""),
  );
  return unsent.flatMap((reply): readonly Write[] => {
    const row = toEditedReply(f, reply, edits);
    const quoted = edits.filter((edit) => toEditedReply(f, reply, [edit]) !== undefined);
    return row === undefined ? [] : [{ ref: "replies", row, posts: quoted.map(({ draft }) => draft.post.key) }];
  });
}

const OBJECTS = {
  subjects: "case",
  descriptions: "case",
  cutSubjects: "case",
  excerpts: "task",
  cutExcerpts: "task",
  replies: "reply",
} as const;

function toCollections(f: Fields, writes: readonly Write[]): readonly Collection[] {
  const objects = {
    case: { type: "Case", ruledBy: [f.case.openingVersion, f.case.openingPost] },
    task: { type: "Task", ruledBy: [f.task.version, f.task.excerptLength, f.task.postKey] },
    reply: { type: f.reply.object, ruledBy: [f.reply.status, f.reply.seenLength] },
  };
  return [...Map.groupBy(writes, ({ ref }) => ref)].map(([ref, some]): Collection => {
    const { type, ruledBy } = objects[OBJECTS[ref]];
    return {
      ref,
      method: "PATCH",
      path: COLLECTION,
      type,
      rows: new Map(some.map(({ row }) => [String(row["Id"]), row])),
      isDone: isReplyGone,
      isStale: (error) => isOurRule(error, ...ruledBy),
    };
  });
}
