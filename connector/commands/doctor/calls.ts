import type { Visit } from "../../wire/visit.ts";
import { doubtful, good, type Check } from "./check.ts";

/** Of what may be made in a day. */
const NEARLY_ALL = 0.9;

/** How much of the connector's share of the org's calls is used. */
export function toCallsCheck(visit: Visit): Check {
  return {
    what: "Calls of the connector",
    async look() {
      const { used, allowed } = await visit.calls();
      const detail = `${used} of the ${allowed} calls to the org that salesforce.callShare allows in 24 hours are used`;
      if (used < NEARLY_ALL * allowed) return [good("Calls of the connector", detail)];
      const remedy = "What is less urgent waits longer. Where that is too long, raise salesforce.callShare";
      return [doubtful("Calls of the connector", detail, remedy)];
    },
  };
}
