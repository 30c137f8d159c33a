import type { Finding } from "../crm.ts";
import type { Session, Step } from "./connect.ts";
import type { ExamineOptions } from "./examine-options.ts";
import { toSets, toSetsQuery } from "./examine-rights.ts";
import { PRIVATE_CASES_REMEDY } from "./remedies.ts";
import { flag, required, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath, quoted } from "./soql.ts";

/** The set that lets the connector change Cases of others where they are not shared with it. */
const PRIVATE_CASES = "Social_Connector_Private_Cases";
const ALL_CUSTOMERS = "Social_Connector_Org";
const CUSTOMERS = ["Account", "Contact", "Lead"];
/** So many of the newest Cases are tried. */
const TRIED = 50;

/** May the connector change Cases that others own, and see all customers? Two calls at most. */
export async function examineSharing(
  { session, fields: f }: ExamineOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const me = quoted(session.userId ?? "");
  const accesses = ["Case", ...CUSTOMERS].map((name) => `Default${name}Access`);
  const { org, cases, sets } = await ask(session, signal, {
    org: `SELECT Id, ${accesses.join(", ")} FROM Organization`,
    cases: `SELECT Id FROM Case WHERE ${f.case.key} != null AND OwnerId != ${me} ORDER BY CreatedDate DESC LIMIT ${TRIED}`,
    sets: toSetsQuery(session, [PRIVATE_CASES, ALL_CUSTOMERS]),
  });
  const held = toSets(sets);
  return [
    await examineCases({ session, org: org[0], cases, isGiven: held.includes(PRIVATE_CASES) }, signal),
    examineCustomers(org[0], held.includes(ALL_CUSTOMERS)),
  ];
}

interface CaseSharing {
  readonly session: Session;
  readonly org: Row | undefined;
  /** The newest that others own. */
  readonly cases: readonly Row[];
  readonly isGiven: boolean;
}

async function examineCases({ session, org, cases, isGiven }: CaseSharing, signal: AbortSignal): Promise<Finding> {
  const what = "Sharing of Cases";
  const shared = text(org, "DefaultCaseAccess");
  if (shared?.includes("Edit") === true) return good(what, "Whoever may edit Cases may edit them all.");
  const closed = shared === "Read" ? "The Cases of others are Public Read Only" : "Cases are Private";
  if (cases.length === 0 && !isGiven) {
    const detail = `${closed}, and nothing shows that the connector may change those of others.`;
    return { what, state: "doubtful", detail, remedy: PRIVATE_CASES_REMEDY };
  }
  const barred = cases.length === 0 ? 0 : cases.length - (await countEditable(session, cases, signal));
  if (barred === 0) return good(what, `${closed}; the connector may change them.`);
  const detail =
    `${closed}, and the connector may not change ${barred} of the ${cases.length} newest that others own: what customers ` +
    "write next is parked, and what they delete stays in these Cases.";
  return { what, state: "bad", detail, remedy: PRIVATE_CASES_REMEDY };
}

/** How many of these rows the connector's user may change, by whatever right. */
async function countEditable(session: Session, rows: readonly Row[], signal: AbortSignal): Promise<number> {
  const ids = rows.map((row) => required(row, "Id"));
  const whose = `UserId = ${quoted(session.userId ?? "")} AND ${isIn("RecordId", ids)}`;
  const query = `SELECT RecordId, HasEditAccess FROM UserRecordAccess WHERE ${whose}`;
  const { access } = await ask(session, signal, { access: query });
  return access.filter((row) => flag(row, "HasEditAccess")).length;
}

/** Handles and addresses are looked up among those that the connector sees. */
function examineCustomers(org: Row | undefined, isGiven: boolean): Finding {
  const what = "Sharing of customers";
  const closed = CUSTOMERS.filter((name) => !/Read|Edit|All/.test(text(org, `Default${name}Access`) ?? "")).join(", ");
  if (closed === "") return good(what, "Everybody sees them all.");
  if (isGiven) return good(what, `Not everybody sees all of ${closed}; the connector does.`);
  const detail = `Not everybody sees all of ${closed}, and nothing shows that the connector does: it may not know who is speaking.`;
  const remedy = "Give the connector's user the permission set Social Connector Org: it holds View All on them.";
  return { what, state: "bad", detail, remedy };
}

const good = (what: string, detail: string): Finding => ({ what, state: "good", detail, remedy: "" });

/** One call; rows by the query's name. */
async function ask<Name extends string>(
  session: Session,
  signal: AbortSignal,
  queries: Readonly<Record<Name, string>>,
): Promise<Readonly<Record<Name, readonly Row[]>>> {
  const names = Object.keys(queries) as Name[];
  const steps = names.map((ref): Step => ({ ref, method: "GET", path: queryPath(queries[ref]) }));
  const results = await session.composite(steps, signal, "later");
  const rows = await Promise.all(names.map(async (ref) => [ref, await toRows(session, results.get(ref), signal)]));
  return Object.fromEntries(rows) as Record<Name, readonly Row[]>;
}
