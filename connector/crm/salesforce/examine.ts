import { Unavailable } from "../../errors.ts";
import type { Finding } from "../crm.ts";
import { examineEvents } from "./events/examine-events.ts";
import type { ExamineOptions } from "./examine-options.ts";
import { examineOrigin } from "./examine-origin.ts";
import { examineCalls, examineClock } from "./examine-limits.ts";
import { examineSharing } from "./examine-sharing.ts";
import { examinePackage, examinePermissions } from "./examine-rights.ts";
import { findCoordinator } from "./report.ts";

type Check = (options: ExamineOptions, signal: AbortSignal) => Promise<readonly Finding[]> | readonly Finding[];

const CHECKS: Readonly<Record<string, Check>> = {
  "Earshot package": examinePackage,
  "Permission sets": examinePermissions,
  Sharing: examineSharing,
  "Copies of the org": examineCopies,
  "Case origin": examineOrigin,
  Queues: examineQueues,
  "Handle fields": examineHandles,
  Coordinator: examineCoordinator,
  "API calls of the org": examineCalls,
  "Clock of the org": examineClock,
  Events: examineEvents,
};

/** Is the org as the connector needs it? Changes nothing. Each check fails by itself; throws where the org cannot be asked at all. */
export async function examine(options: ExamineOptions, signal: AbortSignal): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [what, check] of Object.entries(CHECKS)) {
    try {
      findings.push(...(await check(options, signal)));
    } catch (error) {
      if (signal.aborted || error instanceof Unavailable) throw error;
      findings.push({
        what,
        state: "doubtful",
        detail: "This could not be examined.",
        remedy:
          "Give the connector's user the permission sets Social Connector and Social Connector Org, and try again.",
      });
    }
  }
  return findings;
}

/** That it is the right org was found out when it was opened. */
function examineCopies({ orgId, expected }: ExamineOptions): readonly Finding[] {
  const what = "Copies of the org";
  if (expected.orgId !== undefined)
    return [{ what, state: "good", detail: "Nothing is sent from any other org than this one.", remedy: "" }];
  const detail =
    "No org is named: pointed at a full copy of this one, the connector would send the copied replies a second time.";
  return [{ what, state: "doubtful", detail, remedy: `Set salesforce.orgId to ${orgId}.` }];
}

function examineQueues({ settings, queues }: ExamineOptions): readonly Finding[] {
  const names = [...new Set(queues)];
  const [fallback, ...others] = names;
  const isThere = (name: string): boolean => settings().queues.has(name);
  const missing = others.filter((name) => !isThere(name));
  const what = "Queues";
  if (fallback !== undefined && !isThere(fallback)) {
    const detail = `The org has no queue ${fallback}, which takes Cases whose own queue is missing: the connector's user owns them.`;
    return [
      { what, state: "bad", detail, remedy: "Deploy org-setup, or name a queue of yours in salesforce.fallbackQueue." },
    ];
  }
  if (missing.length > 0) {
    const detail = `The org has no queue ${missing.join(", ")}: such Cases go to ${fallback ?? "nobody"}.`;
    return [
      {
        what,
        state: "doubtful",
        detail,
        remedy: "Deploy org-setup, or make the queues in Setup: their API names count.",
      },
    ];
  }
  return [{ what, state: "good", detail: `${names.join(", ")}.`, remedy: "" }];
}

/** That each of them can be searched was found out when the org was opened. */
function examineHandles({ handles }: ExamineOptions): readonly Finding[] {
  const what = "Handle fields";
  const names = handles.map(({ network, object, field }) => `${network}: ${object}.${field}`.toLowerCase());
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0)
    return [
      {
        what,
        state: "doubtful",
        detail: `Named twice: ${twice.join(", ")}.`,
        remedy: "Remove one of each from salesforce.handles.",
      },
    ];
  if (handles.length > 0) return [{ what, state: "good", detail: `${handles.length} can be searched.`, remedy: "" }];
  const remedy = "Name the fields that hold your customers' handles in salesforce.handles, if there are any.";
  return [{ what, state: "doubtful", detail: "None is named: nobody is recognised by a handle on record.", remedy }];
}

async function examineCoordinator(options: ExamineOptions, signal: AbortSignal): Promise<readonly Finding[]> {
  const what = "Coordinator";
  const { coordinator } = options;
  if (coordinator === undefined) {
    const detail = "Nobody is named: Tasks about dead tokens go to the connector's own user.";
    return [{ what, state: "doubtful", detail, remedy: "Name a user or a queue in salesforce.coordinator." }];
  }
  if ((await findCoordinator(options, signal)) !== undefined)
    return [{ what, state: "good", detail: `${coordinator} gets the Tasks.`, remedy: "" }];
  const detail = `The org has neither a queue nor an active user ${coordinator}: Tasks go to the connector's own user.`;
  return [
    { what, state: "bad", detail, remedy: "Mend salesforce.coordinator: a username, or the API name of a queue." },
  ];
}
