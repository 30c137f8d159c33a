import { Unavailable } from "../../errors.ts";
import type { Finding } from "../crm.ts";
import type { Session, Step } from "./connect.ts";
import type { ExamineOptions } from "./examine-options.ts";
import { toColumns } from "./fields.ts";
import { parent, text, toRows, type Row } from "./rows.ts";
import { isIn, MOST_QUERIES, queryPath, quoted } from "./soql.ts";

/** Can every field be read that the connector reads or writes? */
export async function examinePackage(
  { session, fields: f }: ExamineOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const objects = {
    ...Object.fromEntries(
      [f.account, f.persona, f.post, f.reply, f.listener, f.rule].map(({ object, ...names }) => [object, names]),
    ),
    ...{ Case: f.case, Task: f.task },
  };
  const steps = Object.entries(objects).map(([name, names], index): Step => {
    const soql = `SELECT ${["Id", ...toColumns(names)].join(", ")} FROM ${name} LIMIT 1`;
    return { ref: `fields${index}`, method: "GET", path: queryPath(soql) };
  });
  const names = Object.keys(objects);
  const refused: string[] = [];
  for (let start = 0; start < steps.length; start += MOST_QUERIES) {
    const some = steps.slice(start, start + MOST_QUERIES);
    const results = await session.composite(some, signal, "later");
    for (const [index, { ref }] of some.entries()) {
      await toRows(session, results.get(ref), signal).catch((error: unknown) => {
        if (error instanceof Unavailable) throw error;
        refused.push(`${names[start + index] ?? ref} (${toReason(error)})`);
      });
    }
  }
  const what = "Earshot package";
  if (refused.length === 0) return [{ what, state: "good", detail: "All its fields can be read.", remedy: "" }];
  const remedy =
    "Deploy this version of the package, then give the connector's user the permission sets Social Connector and Social " +
    "Connector Org; with a namespace, set salesforce.namespace.";
  return [{ what, state: "bad", detail: `Not all fields can be read: ${refused.join("; ")}.`, remedy }];
}

/** Salesforce names the missing column in the last line. */
function toReason(error: unknown): string {
  const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : "";
  return said.split(". ")[0] ?? "";
}

const SETS: Readonly<Record<string, string>> = {
  Social_Connector:
    "Social Connector (it holds the custom permission by which our validation rules know the connector)",
  Social_Connector_Org: "Social Connector Org",
};

/** Has the connector's user both permission sets? A copy of them under another name would do as well. */
export async function examinePermissions(
  { session }: ExamineOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const what = "Permission sets";
  const step: Step = { ref: "sets", method: "GET", path: queryPath(toSetsQuery(session, Object.keys(SETS))) };
  const results = await session.composite([step], signal, "later");
  const held = toSets(await toRows(session, results.get(step.ref), signal));
  const missing = Object.entries(SETS).filter(([name]) => !held.includes(name));
  if (missing.length === 0) return [{ what, state: "good", detail: `${Object.keys(SETS).join(", ")}.`, remedy: "" }];
  return [
    {
      what,
      state: "bad",
      detail: `The connector's user has not ${missing.map(([, label]) => label).join(" and ")}.`,
      remedy: "Assign them in Setup → Permission Sets → Manage Assignments.",
    },
  ];
}

/** Asks which of these permission sets, by API name, the connector's user holds. */
export function toSetsQuery({ userId }: Session, names: readonly string[]): string {
  return (
    "SELECT Id, PermissionSet.Name FROM PermissionSetAssignment" +
    ` WHERE AssigneeId = ${quoted(userId ?? "")} AND ${isIn("PermissionSet.Name", names)}`
  );
}

/** The API names of the sets in an answer to `toSetsQuery`. */
export function toSets(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => text(parent(row, "PermissionSet"), "Name") ?? []);
}
