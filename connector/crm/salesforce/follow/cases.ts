import type { Key } from "../../../model/glossary.ts";
import { toUnseen } from "../case-words.ts";
import type { Fields } from "../fields.ts";
import { toLinkColumns, toPersonaLink } from "../link.ts";
import { toFirstFailure, type RowOutcome } from "../outcome.ts";
import { HISTORIES, toPeopleChanges } from "../people-changes.ts";
import { latest, type NewRow } from "../post-row.ts";
import { children, parent, required, text, time, type Row } from "../rows.ts";
import { isIn, quoted } from "../soql.ts";
import { readAll, type FollowOptions } from "./options.ts";
import { change } from "./write.ts";

/**
 * A person put these posts on Cases: the Cases become theirs as if we had made them (whose conversation it is, with whom, since
 * when), as far as that is empty, and the customer's other posts of the conversation that stand on no Case join them. It
 * counts where each post stands *now*. What became of it, by the post's key.
 */
export async function adoptCases(
  options: FollowOptions,
  posts: readonly Key[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const { fields: f } = options;
  const { placed } = await readAll(options, { placed: toPlacedQuery(f, posts) }, signal);
  const { others } = await readAll(options, { others: toOthersQuery(options, placed) }, signal);
  const joining = others.filter((row) => children(row, HISTORIES).length === 0);
  const groups = Map.groupBy(placed, (row) => required(row, f.post.case.id));
  const joins = [...groups].flatMap(([caseId, group]) =>
    joining
      .filter((row) => group.some((one) => isSameCustomer(f, one, row)))
      .map((row): readonly [string, Row] => [caseId, row]),
  );
  const filled = [...groups].flatMap(([caseId, group]): NewRow[] => {
    const joined = joins.filter(([id]) => id === caseId).map(([, row]) => row);
    const row = toCaseRow(f, group, joined);
    return row === undefined ? [] : [row];
  });
  const put = new Map(
    joins.map(([caseId, row]): [string, NewRow] => {
      const id = required(row, "Id");
      return [id, { Id: id, [f.post.case.id]: caseId }];
    }),
  );
  const outcomes = await change(
    options,
    [
      { object: "Case", rows: filled },
      { object: f.post.object, rows: [...put.values()] },
    ],
    signal,
  );
  return new Map(
    placed.map((row) => {
      const caseId = required(row, f.post.case.id);
      const ids = [caseId, ...joins.filter(([id]) => id === caseId).map(([, joined]) => required(joined, "Id"))];
      return [required(row, f.post.key), toFirstFailure(...ids.map((id) => outcomes.get(id)))];
    }),
  );
}

function toPlacedQuery(f: Fields, keys: readonly Key[]): string {
  const { post } = f;
  const ofCase = [
    f.case.conversation,
    f.case.persona.id,
    f.case.account.id,
    f.case.lastInboundAt,
    "ContactId",
    "IsClosed",
  ].map((field) => `${post.case.row}.${field}`);
  const ofPersona = toLinkColumns(f).map((field) => `${post.persona.row}.${field}`);
  const columns = [post.key, post.case.id, post.conversation, post.persona.id, post.account.id, post.postedAt];
  return (
    `SELECT ${["Id", ...columns, ...ofCase, ...ofPersona].join(", ")} FROM ${post.object}` +
    ` WHERE ${isIn(post.key, keys)} AND ${post.case.id} != null AND ${post.direction} = 'Inbound' ORDER BY ${post.postedAt}, Id`
  );
}

/** What a person took off a Case is left out by the caller: the subquery tells. */
function toOthersQuery({ session, fields: { post } }: FollowOptions, placed: readonly Row[]): string {
  const pairs = placed.flatMap((row) => {
    const [persona, conversation] = [text(row, post.persona.id), text(row, post.conversation)];
    if (persona === undefined || conversation === undefined) return [];
    return [`(${post.persona.id} = ${quoted(persona)} AND ${post.conversation} = ${quoted(conversation)})`];
  });
  const customers = pairs.length === 0 ? "Id = null" : [...new Set(pairs)].join(" OR ");
  const columns = ["Id", post.persona.id, post.conversation, post.postedAt];
  return (
    `SELECT ${[...columns, toPeopleChanges([post.case.id], session.userId)].join(", ")} FROM ${post.object}` +
    ` WHERE (${customers}) AND ${post.case.id} = null AND ${post.direction} = 'Inbound' ORDER BY ${post.postedAt}, Id`
  );
}

function isSameCustomer({ post }: Fields, one: Row, other: Row): boolean {
  return [post.persona.id, post.conversation].every((field) => text(one, field) === text(other, field));
}

/** `group`: what people put on the Case. The first of it tells whose it is. undefined: nothing is missing. */
function toCaseRow(f: Fields, group: readonly Row[], joined: readonly Row[]): NewRow | undefined {
  const [first] = group;
  const known = parent(first, f.post.case.row);
  if (first === undefined || known === undefined) return undefined;
  const before = time(known, f.case.lastInboundAt);
  const lastInbound = latest(before, ...[...group, ...joined].map((row) => time(row, f.post.postedAt)));
  const author = parent(first, f.post.persona.row);
  const contact = author === undefined ? undefined : toPersonaLink(f, author).contact;
  const wanted = {
    [f.case.conversation]: text(first, f.post.conversation),
    [f.case.persona.id]: text(first, f.post.persona.id),
    [f.case.account.id]: text(first, f.post.account.id),
    ContactId: known["IsClosed"] === true ? undefined : contact,
  };
  const missing = Object.entries(wanted).filter(([field, value]) => value !== undefined && !text(known, field));
  const row = {
    ...Object.fromEntries(missing),
    ...(lastInbound === before ? {} : { [f.case.lastInboundAt]: lastInbound }),
  };
  if (Object.keys(row).length === 0) return undefined;
  return { Id: required(first, f.post.case.id), ...row, ...toUnseen(f) };
}
