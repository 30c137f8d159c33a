import type { MergeChange } from "../../../model/change.ts";
import type { Key } from "../../../model/glossary.ts";
import type { Link } from "../../../model/memory.ts";
import { toFirstFailure, type RowOutcome } from "../outcome.ts";
import type { NewRow } from "../post-row.ts";
import { required, text, type Row } from "../rows.ts";
import { isIn } from "../soql.ts";
import { adoptCases } from "./cases.ts";
import { readAll, type FollowOptions } from "./options.ts";
import { agreeWithPersonas } from "./personas.ts";
import { change } from "./write.ts";

export type Followed<T> = ReadonlyMap<T, RowOutcome>;

/**
 * Contacts, Leads or Accounts became one. The org itself moves what points to the loser; a post that came in between follows its
 * persona.
 */
export async function followMergedPeople(
  options: FollowOptions,
  changes: readonly MergeChange[],
  signal: AbortSignal,
): Promise<Followed<MergeChange>> {
  const { persona } = options.fields;
  const names = { Contact: "contact", Lead: "lead", Account: "account", Case: undefined } as const;
  const fields = { contact: persona.contact, lead: persona.lead, account: persona.account };
  const where = (["contact", "lead", "account"] as const).map((name) =>
    isIn(
      fields[name],
      changes.filter(({ object }) => names[object] === name).map(({ into }) => into),
    ),
  );
  const query = `SELECT Id, ${[persona.key, ...Object.values(fields)].join(", ")} FROM ${persona.object} WHERE ${where.join(" OR ")}`;
  const { personas } = await readAll(options, { personas: query }, signal);
  const concerned = (row: Row): readonly MergeChange[] =>
    changes.filter(({ object, into }) => {
      const name = names[object];
      return name !== undefined && text(row, fields[name]) === into;
    });
  const formers = new Map(
    personas.map((row): [Key, readonly Link[]] => [
      required(row, persona.key),
      concerned(row).map(({ object, from }) => ({ [names[object] ?? ""]: from })),
    ]),
  );
  const outcomes = formers.size === 0 ? new Map() : await agreeWithPersonas(options, formers, signal);
  return new Map(
    changes.map((one) => {
      const its = personas.filter((row) => concerned(row).includes(one)).map((row) => required(row, persona.key));
      return [one, toFirstFailure(...its.map((key) => outcomes.get(key) as RowOutcome))];
    }),
  );
}

/** Cases became one: posts and replies that still stand on a loser go to its master, which becomes the conversation's Case. */
export async function followMergedCases(
  options: FollowOptions,
  changes: readonly MergeChange[],
  signal: AbortSignal,
): Promise<Followed<MergeChange>> {
  const { post, reply } = options.fields;
  const into = new Map(changes.map((one) => [one.from, one.into]));
  const { posts, replies } = await readAll(
    options,
    {
      posts: `SELECT Id, ${post.case.id} FROM ${post.object} WHERE ${isIn(post.case.id, into.keys())}`,
      replies: `SELECT Id, ${reply.case.id} FROM ${reply.object} WHERE ${isIn(reply.case.id, into.keys())}`,
    },
    signal,
  );
  const to = (field: string, row: Row): NewRow => ({
    Id: required(row, "Id"),
    [field]: into.get(required(row, field)) ?? null,
  });
  const outcomes = await change(
    options,
    [
      // A rule lets us take a post off a Case and then put it on another one, not both at once.
      { object: post.object, rows: posts.map((row) => ({ Id: required(row, "Id"), [post.case.id]: null })) },
      { object: post.object, rows: posts.map((row) => to(post.case.id, row)) },
      { object: reply.object, rows: replies.map((row) => to(reply.case.id, row)) },
    ],
    signal,
  );
  const adopted = await adoptLatest(options, [...into.values()], signal);
  return new Map(
    changes.map((one) => {
      const rows = [
        ...posts.filter((row) => text(row, post.case.id) === one.from),
        ...replies.filter((row) => text(row, reply.case.id) === one.from),
      ];
      return [one, toFirstFailure(...rows.map((row) => outcomes.get(required(row, "Id"))), adopted.get(one.into))];
    }),
  );
}

/** By the Case's id. */
async function adoptLatest(
  options: FollowOptions,
  cases: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RowOutcome>> {
  const { post } = options.fields;
  const query =
    `SELECT Id, ${post.key}, ${post.case.id} FROM ${post.object} WHERE ${isIn(post.case.id, cases)}` +
    ` AND ${post.direction} = 'Inbound' ORDER BY ${post.postedAt}, Id`;
  const { posts } = await readAll(options, { posts: query }, signal);
  const latest = new Map(posts.map((row) => [required(row, post.case.id), required(row, post.key)]));
  const outcomes = await adoptCases(options, [...latest.values()], signal);
  return new Map([...latest].map(([id, key]) => [id, outcomes.get(key)]));
}
