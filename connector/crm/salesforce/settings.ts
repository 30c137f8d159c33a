import { Misconfigured } from "../../errors.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Urgency } from "../budget.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import { toErrorCode } from "./failure.ts";
import type { Fields } from "./fields.ts";
import { toLinkColumns } from "./link.ts";
import { toPackageRemedy } from "./package-remedy.ts";
import { HISTORIES } from "./people-changes.ts";
import { required, text, toRows, type Row } from "./rows.ts";
import { queryPath } from "./soql.ts";

/** Which org this is; one call. */
export async function readOrgId(session: Session, signal: AbortSignal): Promise<string> {
  const step: Step = { ref: "organization", method: "GET", path: queryPath("SELECT Id FROM Organization") };
  const results = await session.composite([step], signal, "reply");
  const [row] = await toRows(session, results.get(step.ref), signal);
  if (row === undefined) throw new Misconfigured("The connector's user cannot read the Organization");
  return required(row, "Id");
}

/** Reads what this org is like; one call. `Misconfigured` where the package or a permission is missing. */
export async function readSettings(
  { session, fields, orgId }: { readonly session: Session; readonly fields: Fields; readonly orgId: string },
  urgency: Urgency,
  signal: AbortSignal,
): Promise<OrgSettings> {
  const { post, case: caseFields } = fields;
  const ofCase = [caseFields.key, caseFields.openingPost].map((name) => `${post.case.row}.${name}`);
  const ofPersona = [fields.persona.key, ...toLinkColumns(fields)].map((name) => `${post.persona.row}.${name}`);
  const history = `(SELECT Id FROM ${HISTORIES} LIMIT 1)`;
  const ofPost = ["Id", post.key, post.privateText, ...ofPersona, ...ofCase, history];
  const queries = {
    package: `SELECT ${ofPost.join(", ")} FROM ${post.object} LIMIT 1`,
    tasks: `SELECT Id, ${fields.task.postKey} FROM Task LIMIT 1`,
    queues: "SELECT Id, DeveloperName FROM Group WHERE Type = 'Queue'",
    caseStatuses: "SELECT ApiName, IsDefault, IsClosed FROM CaseStatus ORDER BY SortOrder",
    taskStatuses: "SELECT ApiName, IsClosed FROM TaskStatus ORDER BY SortOrder",
  } as const;
  const steps = Object.entries(queries).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
  const results = await session.composite(steps, signal, urgency);
  const rows = (ref: keyof typeof queries) => readOrExplain(session, results.get(ref), ref, fields, signal);
  await rows("package");
  await rows("tasks");
  const queues = await rows("queues");
  const statuses = await rows("caseStatuses");
  const taskStatuses = await rows("taskStatuses");
  const open = statuses.filter((row) => row["IsClosed"] !== true);
  return {
    orgId,
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

/** The rows; `Misconfigured` where the org does not show us what we ask for. */
export async function readOrExplain(
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
    const reason = (error as Error).message.trim().split("\n").at(-1) ?? "";
    const remedy = await toPackageRemedy(session, fields, signal);
    throw new Misconfigured(`The org does not show the connector what it needs (${what}: ${reason}). ${remedy}`, {
      cause: error,
    });
  }
}
