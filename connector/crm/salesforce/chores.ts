import { Unavailable } from "../../errors.ts";
import type { Chore } from "../crm.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { parent, text, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";

export interface ChoresOptions {
  readonly session: Session;
  readonly fields: Fields;
  /** The queues that Cases may go to, by developer name. */
  readonly queues: readonly string[];
}

const CONNECTOR_SET = "Social_Connector";
const PEOPLE_SETS = { Social_Rep: "Social Rep", Social_Coordinator: "Social Coordinator" } as const;

/** What is left to people, in the order in which it is best done; one call. What the org does not show is not known. */
export async function toChores(
  { session, fields: f, queues }: ChoresOptions,
  signal: AbortSignal,
): Promise<readonly Chore[]> {
  const sets = [CONNECTOR_SET, ...Object.keys(PEOPLE_SETS)];
  const queries = {
    members: `SELECT Id, Group.DeveloperName FROM GroupMember WHERE ${isIn("Group.DeveloperName", queues)}`,
    assigned:
      "SELECT Id, AssigneeId, PermissionSet.Name FROM PermissionSetAssignment" +
      ` WHERE Assignee.IsActive = true AND ${isIn("PermissionSet.Name", sets)}`,
    accounts: `SELECT Id FROM ${f.account.object} WHERE ${f.account.health} = 'Connected' LIMIT 1`,
    cases: `SELECT Id FROM Case WHERE ${f.case.key} != null LIMIT 1`,
  } as const;
  const steps = Object.entries(queries).map(([ref, soql]): Step => ({ ref, method: "GET", path: queryPath(soql) }));
  const results = await session.composite(steps, signal);
  const rows = (ref: keyof typeof queries): Promise<Row[] | undefined> =>
    toRows(session, results.get(ref), signal).catch((error: unknown) => {
      if (signal.aborted || error instanceof Unavailable) throw error;
      return undefined;
    });
  const assigned = await rows("assigned");
  return [
    toQueueChore(queues, await rows("members")),
    toPeopleChore(assigned),
    toAloneChore(session.userId, assigned),
    {
      what: "Pages in other apps",
      done: undefined,
      detail:
        "In the app Earshot the record pages are active; where your people work in another one, they are to be added.",
      where:
        "Setup → Lightning App Builder → Social Case Page (Contact, Lead) → Activation, or add our components to your own pages.",
    },
    toSignChore(await rows("accounts"), {
      what: "The connector",
      detail: "Once it runs, each account stands in the tab Social Accounts, with its health.",
      where: "Start it: earshot start. Where no account comes, earshot doctor says why.",
    }),
    toSignChore(await rows("cases"), {
      what: "The first Case",
      detail: "What somebody complains to your account about becomes a Case within a minute.",
      where: 'Mention your account from another one ("… my bag is lost"), then look into the tab Social Inbox.',
    }),
  ];
}

function toQueueChore(queues: readonly string[], members: readonly Row[] | undefined): Chore {
  const filled = new Set(members?.map((row) => text(parent(row, "Group"), "DeveloperName")));
  const empty = [...new Set(queues)].filter((queue) => !filled.has(queue));
  const isDone = empty.length === 0;
  return {
    what: "Members of the queues",
    done: members === undefined ? undefined : isDone,
    detail: isDone ? "Each queue has somebody." : `Nobody is in ${empty.join(", ")}: such Cases wait unseen.`,
    where: "Setup → Queues → the queue → Edit → Queue Members.",
  };
}

function toPeopleChore(assigned: readonly Row[] | undefined): Chore {
  const given = new Set(assigned?.map(toSet));
  const missing = Object.entries(PEOPLE_SETS).flatMap(([name, label]) => (given.has(name) ? [] : [label]));
  const isDone = missing.length === 0;
  return {
    what: "Permission sets of your people",
    done: assigned === undefined ? undefined : isDone,
    detail: isDone
      ? "Somebody answers, and somebody keeps listeners and rules."
      : `Nobody has ${missing.join(" or ")} yet.`,
    where:
      "Setup → Permission Sets → Social Rep (who answers), Social Coordinator (who keeps listeners and rules), Social Sales, " +
      "Social Private Messages → Manage Assignments.",
  };
}

/** Whoever has the connector's set is not guarded by our rules. */
function toAloneChore(userId: string | undefined, assigned: readonly Row[] | undefined): Chore {
  const holders = (assigned ?? []).filter((row) => toSet(row) === CONNECTOR_SET).map((row) => text(row, "AssigneeId"));
  const others = holders.filter((id) => id?.slice(0, 15) !== userId?.slice(0, 15));
  const isDone = others.length === 0;
  return {
    what: "Social Connector is for the integration user only",
    done: assigned === undefined || userId === undefined ? undefined : isDone,
    detail: isDone
      ? "Nobody else has it."
      : `${others.length} more have it: the rules that guard people's work do not bind them.`,
    where: "Setup → Permission Sets → Social Connector → Manage Assignments: remove everybody else.",
  };
}

const toSet = (row: Row): string | undefined => text(parent(row, "PermissionSet"), "Name");

/** Done where there is any row. */
function toSignChore(rows: readonly Row[] | undefined, chore: Omit<Chore, "done">): Chore {
  return { ...chore, done: rows === undefined ? undefined : rows.length > 0 };
}
