import type { Draft } from "../../model/draft.ts";
import type { Memory } from "../../model/memory.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toHandleQuery, type HandleField } from "./handles.ts";
import { toLinkColumns } from "./link.ts";
import { toPeopleChanges } from "./people-changes.ts";
import { toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";
import { toCaseColumns, toMemories } from "./to-memories.ts";
import { toUrgency } from "./urgency.ts";

const LONGEST_SOQL = 95_000;
/** A customer's latest posts that are looked through for the Case they stand on. */
const LATEST_POSTS = 50;
/** A customer's newest open Cases that a private message may join: however many there are, it joins the newest. */
const OPEN_CASES = 10;

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
  const results = await options.session.composite(steps, signal, toUrgency(drafts));
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

function toQueries({ session: { userId }, fields: f, handles }: RecallOptions, drafts: readonly Draft[]) {
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
    persona.turn,
    ...toLinkColumns(f),
    latest,
    ...toOpenCases(f, drafts),
  ];
  const decided = toPeopleChanges([post.case.id, post.needsResponse], userId);
  const knownPost = [post.key, post.version, post.deletedAt, post.conversation, post.needsResponse];
  const postColumns = ["CreatedDate", ...knownPost, ...standing, decided];
  return {
    posts: `SELECT ${postColumns.join(", ")} FROM ${post.object} WHERE ${isIn(post.key, postKeys)}`,
    personas: `SELECT ${personaColumns.join(", ")} FROM ${persona.object} WHERE ${isIn(persona.key, personaKeys)}`,
    cases:
      `SELECT ${[...caseColumns, `${f.case.persona.row}.${persona.key}`].join(", ")} FROM Case` +
      ` WHERE ${isIn(`${f.case.persona.row}.${persona.key}`, personaKeys)}` +
      ` AND ${isIn(f.case.conversation, conversations)} ORDER BY CreatedDate, Id`,
    Contact: toHandleQuery("Contact", handles, personas),
    Lead: toHandleQuery("Lead", handles, personas),
  };
}

/** Only a private message joins a Case of another conversation. */
function toOpenCases(f: Fields, drafts: readonly Draft[]): readonly string[] {
  const accounts = drafts.flatMap(({ post }) => (post.visibility === "private" ? [post.account] : []));
  if (accounts.length === 0) return [];
  const onAccounts = isIn(`${f.case.account.row}.${f.account.key}`, accounts);
  return [
    `(SELECT ${toCaseColumns(f).join(", ")} FROM ${f.case.cases} WHERE IsClosed = false AND ${onAccounts}` +
      ` ORDER BY CreatedDate DESC LIMIT ${OPEN_CASES})`,
  ];
}
