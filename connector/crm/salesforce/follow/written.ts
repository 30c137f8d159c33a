import type { WritingChange } from "../../../model/change.ts";
import type { Key } from "../../../model/glossary.ts";
import type { Said } from "../../../model/prints.ts";
import type { Fields } from "../fields.ts";
import { toEditedReply } from "../former-words.ts";
import { toAnswered, toReplyColumns, toWords, UNSENT } from "../places.ts";
import type { NewRow } from "../post-row.ts";
import { number, required, text, type Row } from "../rows.ts";
import { isIn } from "../soql.ts";
import type { Followed } from "./merged.ts";
import { readAll, type FollowOptions } from "./options.ts";
import { change } from "./write.ts";

/**
 * People saved these replies, which are not sent: what they quote that the post, or another one of the Case, said before its
 * author changed it, is cut out. Nobody knows it but who remembers: where that is nobody, nothing is done. One call that reads,
 * another one where there is something to cut.
 */
export async function followWritten(
  options: FollowOptions,
  written: readonly WritingChange[],
  signal: AbortSignal,
): Promise<Followed<WritingChange>> {
  const { fields: f } = options;
  const ids = [...new Set(written.map(({ reply }) => reply))];
  const { replies, answered, beside } = await readAll(options, toQueries(f, ids), signal);
  const posts = [...new Map([...answered, ...beside].map((row) => [required(row, f.post.key), row])).values()];
  const said = await options.saidBefore(posts.map((row) => required(row, f.post.key)));
  const cut = replies.flatMap((reply): readonly NewRow[] => {
    if (!UNSENT.includes(required(reply, f.reply.status))) return [];
    const near = posts.filter((post) => isNear(f, reply, post));
    const row = toEditedReply(
      f,
      reply,
      near.map((post) => toTakenBack(f, { reply, post, said })),
    );
    return row === undefined ? [] : [row];
  });
  const outcomes = await change(options, [{ object: f.reply.object, rows: cut }], signal);
  return new Map(written.map((one) => [one, outcomes.get(one.reply)]));
}

function toQueries(f: Fields, ids: readonly string[]) {
  const { post, reply } = f;
  const of = (field: string): string =>
    `(SELECT ${field} FROM ${reply.object} WHERE ${isIn("Id", ids)} AND ${field} != null)`;
  const words = [post.text, post.privateText, post.excerpt];
  const edited =
    `SELECT ${["Id", post.key, post.version, post.visibility, post.case.id, ...words].join(", ")}` +
    ` FROM ${post.object} WHERE ${post.editedAt} != null`;
  return {
    replies: `SELECT ${["Id", ...toReplyColumns(f)].join(", ")} FROM ${reply.object} WHERE ${isIn("Id", ids)}`,
    answered: `${edited} AND Id IN ${of(reply.post.id)}`,
    beside: `${edited} AND ${post.case.id} IN ${of(reply.case.id)}`,
  };
}

function isNear(f: Fields, reply: Row, post: Row): boolean {
  const caseId = text(reply, f.reply.case.id);
  return (
    toAnswered(f, reply) === text(post, f.post.key) || (caseId !== undefined && caseId === text(post, f.post.case.id))
  );
}

interface Near {
  readonly reply: Row;
  readonly post: Row;
  readonly said: ReadonlyMap<Key, readonly Said[]>;
}

/** What the post says to few by now is no longer for an answer that all may read. */
function toTakenBack(f: Fields, { reply, post, said }: Near) {
  const version = number(post, f.post.version) ?? 0;
  const earlier = (said.get(required(post, f.post.key)) ?? []).filter((one) => one.version < version);
  const isHidden = text(post, f.post.visibility) === "private" && text(reply, f.reply.text) !== undefined;
  const current = isHidden ? undefined : toWords(f, post);
  return { former: earlier.map(({ words }) => words), current: current === undefined ? [] : [current] };
}
