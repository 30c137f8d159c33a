import { Misconfigured } from "../../errors.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { toErrorCode } from "./failure.ts";
import type { Fields } from "./fields.ts";
import { required, text, toRows, type Row } from "./rows.ts";
import { MOST_QUERIES, queryPath } from "./soql.ts";

/** Reads what the org is like; two calls. `Misconfigured` where the package or a permission is missing. */
export async function readSettings(session: Session, fields: Fields, signal: AbortSignal): Promise<OrgSettings> {
  const { post, case: caseFields } = fields;
  const queries = {
    package: `SELECT Id, ${post.key}, ${post.privateText}, ${post.persona.row}.${fields.persona.key} FROM ${post.object} LIMIT 1`,
    cases: `SELECT Id, ${caseFields.key}, ${caseFields.openingPost} FROM Case LIMIT 1`,
    tasks: `SELECT Id, ${fields.task.postKey} FROM Task LIMIT 1`,
    organization: "SELECT Id FROM Organization",
    queues: "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue'",
    caseStatuses: "SELECT ApiName, IsDefault, IsClosed FROM CaseStatus ORDER BY SortOrder",
    taskStatuses: "SELECT ApiName, IsClosed FROM TaskStatus ORDER BY SortOrder",
  } as const;
  const steps = Object.entries(queries).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
  const results = new Map([
    ...(await session.composite(steps.slice(0, MOST_QUERIES), signal)),
    ...(await session.composite(steps.slice(MOST_QUERIES), signal)),
  ]);
  const rows = (ref: keyof typeof queries) => readOrExplain(session, results.get(ref), ref, fields, signal);
  await rows("package");
  await rows("cases");
  await rows("tasks");
  const orgId = (await rows("organization"))[0];
  const queues = await rows("queues");
  const statuses = await rows("caseStatuses");
  const taskStatuses = await rows("taskStatuses");
  if (orgId === undefined) throw new Misconfigured("The connector's user cannot read the Organization");
  const open = statuses.filter((row) => row["IsClosed"] !== true);
  return {
    orgId: required(orgId, "Id"),
    queues: new Map(queues.map((row) => [required(row, "DeveloperName"), required(row, "Id")])),
    reopenedStatus: statusOf(open.find((row) => row["IsDefault"] === true) ?? open[0], "an open CaseStatus"),
    completedTaskStatus: statusOf(
      taskStatuses.find((row) => row["IsClosed"] === true),
      "a closed TaskStatus",
    ),
  };
}

function statusOf(row: Row | undefined, what: string): string {
  const name = text(row, "ApiName");
  if (name === undefined) throw new Misconfigured(`The org has not ${what}: add one in Setup`);
  return name;
}

const MISSING = new Set(["INVALID_TYPE", "INVALID_FIELD"]);

async function readOrExplain(
  session: Session,
  result: StepResult | undefined,
  what: string,
  fields: Fields,
  signal: AbortSignal,
): Promise<Row[]> {
  try {
    return await toRows(session, result, signal);
  } catch (error) {
    if (!MISSING.has(toErrorCode(error) ?? "")) throw error;
    throw new Misconfigured(
      `The org does not show the connector what it needs (${what}: ${(error as Error).message.trim().split("\n").at(-1) ?? ""}). ` +
        `Install the Earshot package (object ${fields.post.object}), give the connector's user the permission sets ` +
        `Social Connector and Social Connector Org, and set salesforce.namespace if the package has a namespace`,
      { cause: error },
    );
  }
}
