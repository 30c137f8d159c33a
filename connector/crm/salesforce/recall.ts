import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { KnownCase, KnownPersona, KnownPost, Memory } from "../../model/memory.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toCandidates, toHandleQuery, type HandleField, type HandleObject } from "./handles.ts";
import { children, flag, number, parent, required, text, time, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

const OBJECTS: readonly HandleObject[] = ["Contact", "Lead"];
const LONGEST_SOQL = 95_000;
/** A customer's latest posts that are looked through for the Case they stand on. */
const LATEST_POSTS = 50;

export interface RecallOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly handles: readonly HandleField[];
}

/** What the org knows about these drafts: five queries in one call (two halves where a query would grow too long). */
export async function recall(
  options: RecallOptions,
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<readonly Memory[]> {
  if (drafts.length === 0) return [];
  const queries = toQueries(options, drafts);
  if (drafts.length > 1 && Object.values(queries).some((soql) => soql !== undefined && soql.length > LONGEST_SOQL)) {
    const middle = Math.ceil(drafts.length / 2);
    const first = await recall(options, drafts.slice(0, middle), signal);
    return [...first, ...(await recall(options, drafts.slice(middle), signal))];
  }
  const steps = Object.entries(queries).flatMap(([ref, soql]): Step[] =>
    soql === undefined ? [] : [{ ref, method: "GET", path: queryPath(soql) }],
  );
  const results = await options.session.composite(steps, signal);
  const rows = async (ref: keyof typeof queries): Promise<Row[]> =>
    queries[ref] === undefined ? [] : await toRows(options.session, results.get(ref), signal);
  const found = {
    posts: await rows("posts"),
    personas: await rows("personas"),
    cases: await rows("cases"),
    Contact: await rows("Contact"),
    Lead: await rows("Lead"),
  };
  return toMemories(options, found, drafts);
}

function toQueries({ fields: f, handles }: RecallOptions, drafts: readonly Draft[]) {
  const personas = drafts.map(({ post }) => post.author);
  const personaKeys = personas.map(({ key }) => key);
  const postKeys = drafts.flatMap(({ post }) => (post.parent === undefined ? [post.key] : [post.key, post.parent]));
  const conversations = drafts.flatMap(({ post }) => post.conversation ?? []);
  const { post, persona } = f;
  const caseColumns = toCaseColumns(f);
  const standing = [post.case.id, ...caseColumns.map((column) => `${post.case.row}.${column}`)];
  const latest =
    `(SELECT ${[post.conversation, ...standing].join(", ")}` +
    ` FROM ${post.posts} WHERE ${post.case.id} != null AND ${isIn(post.conversation, conversations)}` +
    ` ORDER BY ${post.postedAt} DESC LIMIT ${LATEST_POSTS})`;
  const personaColumns = [
    persona.key,
    persona.identity,
    persona.identityDecidedBy,
    persona.contact,
    persona.lead,
    persona.account,
    latest,
  ];
  const postColumns = [post.key, post.version, post.deletedAt, post.conversation, ...standing];
  return {
    posts: `SELECT ${postColumns.join(", ")} FROM ${post.object} WHERE ${isIn(post.key, postKeys)}`,
    personas: `SELECT ${personaColumns.join(", ")} FROM ${persona.object} WHERE ${isIn(persona.key, personaKeys)}`,
    cases:
      `SELECT ${[...caseColumns, `${f.case.persona.row}.${persona.key}`].join(", ")} FROM Case` +
      ` WHERE ${isIn(`${f.case.persona.row}.${persona.key}`, personaKeys)}` +
      ` AND (IsClosed = false OR ${isIn(f.case.conversation, conversations)}) ORDER BY CreatedDate, Id`,
    Contact: toHandleQuery("Contact", handles, personas),
    Lead: toHandleQuery("Lead", handles, personas),
  };
}

function toCaseColumns(f: Fields): readonly string[] {
  const { key, conversation, account, lastInboundAt, firstResponseAt } = f.case;
  const accountKey = `${account.row}.${f.account.key}`;
  return ["Id", "CreatedDate", key, conversation, accountKey, "IsClosed", "ClosedDate", "ContactId", lastInboundAt, firstResponseAt];
}

type Found = Readonly<Record<"posts" | "personas" | "cases" | HandleObject, readonly Row[]>>;

function toMemories({ fields: f, handles }: RecallOptions, found: Found, drafts: readonly Draft[]): readonly Memory[] {
  const byKey = (rows: readonly Row[], key: string) => new Map(rows.map((row): [Key, Row] => [required(row, key), row]));
  const posts = byKey(found.posts, f.post.key);
  const personas = byKey(found.personas, f.persona.key);
  const casesOf = Map.groupBy(found.cases, (row) => text(parent(row, f.case.persona.row), f.persona.key));

  return drafts.map(({ post }): Memory => {
    const personaRow = personas.get(post.author.key);
    const latest = personaRow === undefined ? [] : children(personaRow, f.post.posts);
    const pointed = latest.find((row) => text(row, f.post.conversation) === post.conversation);
    const postRow = posts.get(post.key);
    const parentRow = posts.get(post.parent ?? "");
    const standing = [...latest, postRow, parentRow].map((row) => parent(row, f.post.case.row)).filter((row) => row !== undefined);
    const rows = [...(casesOf.get(post.author.key) ?? []), ...standing];
    const cases = new Map(rows.map((row): [string, KnownCase] => [required(row, "Id"), toKnownCase(f, row)]));
    return {
      post: postRow === undefined ? undefined : toKnownPost(f, postRow),
      parent: parentRow === undefined ? undefined : toKnownPost(f, parentRow),
      persona: personaRow === undefined ? undefined : toKnownPersona(f, personaRow),
      cases: [...cases.values()],
      latestCaseId: text(pointed, f.post.case.id),
      lastCaseNumber: toLastNumber([...cases.values()], post.conversation),
      candidates: OBJECTS.flatMap((object) => toCandidates(object, handles, found[object], post.author)),
    };
  });
}

function toKnownPost(f: Fields, row: Row): KnownPost {
  return {
    key: required(row, f.post.key),
    version: number(row, f.post.version) ?? 0,
    gone: text(row, f.post.deletedAt) !== undefined,
    caseId: text(row, f.post.case.id),
    conversation: text(row, f.post.conversation),
  };
}

function toKnownPersona(f: Fields, row: Row): KnownPersona {
  const [contact, lead, account] = [f.persona.contact, f.persona.lead, f.persona.account].map((field) => text(row, field));
  return {
    key: required(row, f.persona.key),
    identity: toIdentityState(text(row, f.persona.identity)),
    link: {
      ...(contact === undefined ? {} : { contact }),
      ...(lead === undefined ? {} : { lead }),
      ...(account === undefined ? {} : { account }),
    },
    decidedBy: text(row, f.persona.identityDecidedBy),
  };
}

function toIdentityState(value: string | undefined): KnownPersona["identity"] {
  return value === "Suggested" || value === "Linked" || value === "Verified" ? value : "Anonymous";
}

function toKnownCase(f: Fields, row: Row): KnownCase {
  return {
    id: required(row, "Id"),
    key: text(row, f.case.key),
    conversation: text(row, f.case.conversation),
    account: text(parent(row, f.case.account.row), f.account.key),
    madeAt: time(row, "CreatedDate") ?? new Date(0).toISOString(),
    closedAt: flag(row, "IsClosed") ? (time(row, "ClosedDate") ?? new Date(0).toISOString()) : undefined,
    lastInboundAt: time(row, f.case.lastInboundAt),
    firstResponseAt: time(row, f.case.firstResponseAt),
    contact: text(row, "ContactId"),
  };
}

function toLastNumber(cases: readonly KnownCase[], conversation: Key | undefined): number {
  const numbers = cases
    .filter((known) => known.conversation === conversation)
    .map(({ key }) => Number(/\|(\d+)$/.exec(key ?? "")?.[1] ?? 0));
  return Math.max(0, ...numbers);
}
