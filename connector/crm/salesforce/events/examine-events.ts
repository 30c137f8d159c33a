import { Unavailable } from "../../../errors.ts";
import type { Finding } from "../../crm.ts";
import type { ExamineOptions } from "../examine-options.ts";
import { openBus } from "./bus.ts";
import { NoEvents, TokenRefused, toNoTopic } from "./failure.ts";

const WHAT = "Events";

/** Would the org tell us of a rep's answer as it is written? Without that it is found by looking: nothing is lost. */
export async function examineEvents(
  { session, fields, orgId, expected: { events } }: ExamineOptions,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (events === undefined) {
    const detail = "They are off: answers are found by looking every salesforce.sweepSeconds.";
    return [{ what: WHAT, state: "good", detail, remedy: "" }];
  }
  const topic = `/data/${fields.reply.event}`;
  try {
    using bus = await openBus({ ...events, grant: session.grant, orgId, topic });
    if (!(await bus.canSubscribe(signal))) throw toNoTopic(topic);
  } catch (error) {
    signal.throwIfAborted();
    return [{ what: WHAT, state: "doubtful", ...explain(error, events.endpoint) }];
  }
  const detail = `${events.endpoint} tells of answers as they are written.`;
  return [{ what: WHAT, state: "good", detail, remedy: "" }];
}

const SWEEPS = "Answers are found by looking every salesforce.sweepSeconds.";

function explain(error: unknown, endpoint: string): Pick<Finding, "detail" | "remedy"> {
  if (error instanceof NoEvents) return { detail: `${error.message}. ${SWEEPS}`, remedy: error.remedy };
  if (error instanceof TokenRefused) {
    const remedy = "Give the External Client App the scope api, or switch events off in salesforce.events.";
    return { detail: `${endpoint} refuses our session. ${SWEEPS}`, remedy };
  }
  if (!(error instanceof Unavailable)) throw error;
  const remedy = `Let this machine reach ${endpoint} (HTTP/2), or switch events off in salesforce.events.`;
  return { detail: `${endpoint} cannot be reached. ${SWEEPS}`, remedy };
}
