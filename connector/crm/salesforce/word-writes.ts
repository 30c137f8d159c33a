import type { Key } from "../../model/glossary.ts";
import { COLLECTION, type Collection } from "./collection.ts";
import type { Fields } from "./fields.ts";
import { toEditedCase, toEditedReply, toEditedTask, type Edit } from "./former-words.ts";
import { toInert } from "./inert.ts";
import { isOurRule, toFirstFailure, type RowOutcome } from "./outcome.ts";
import { UNSENT, type Places } from "./places.ts";
import type { NewRow } from "./post-row.ts";
import { isReplyGone } from "./reply-row.ts";
import { text, type Row } from "./rows.ts";

/** A row to be written, and the posts whose edits it follows. */
export interface WordWrite {
  readonly ref: keyof typeof OBJECTS;
  readonly row: NewRow;
  readonly posts: readonly Key[];
}

/** What became of these writes, by the keys of the posts that they follow. */
export function toPostOutcomes(
  keys: readonly Key[],
  writes: readonly WordWrite[],
  outcomes: ReadonlyMap<string, RowOutcome>,
): ReadonlyMap<Key, RowOutcome> {
  return new Map(
    keys.map((key) => {
      const its = writes.filter(({ posts }) => posts.includes(key));
      return [key, toFirstFailure(...its.map(({ ref, row }) => outcomes.get(`${ref} ${String(row["Id"])}`)))];
    }),
  );
}

/** The Case that the post opened, and its activity. */
export function toWordWrites(f: Fields, places: Places, edit: Edit): readonly WordWrite[] {
  const post = edit.draft.post.key;
  const isOf = (field: string) => (row: Row) => text(row, field) === toInert(post);
  const write = (ref: WordWrite["ref"], row: NewRow | undefined): readonly WordWrite[] =>
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

/** Those of these replies that are not sent. */
export function toReplyWrites(f: Fields, replies: readonly Row[], edits: readonly Edit[]): readonly WordWrite[] {
  const unsent = replies.filter((row) => UNSENT.includes(text(row, f.reply.status) ?? ""));
  return unsent.flatMap((reply): readonly WordWrite[] => {
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

export function toCollections(f: Fields, writes: readonly WordWrite[]): readonly Collection[] {
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
