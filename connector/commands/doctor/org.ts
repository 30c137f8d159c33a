import type { Visit } from "../../wire/visit.ts";
import { good, type Check } from "./check.ts";

/** Login, the org itself, package, permissions, limits: as far as the CRM's own check looks. */
export function toOrgCheck(visit: Visit): Check {
  return {
    what: "Org",
    async look(signal) {
      await using crm = await visit.crm(signal);
      const { orgId } = await crm.settings(signal);
      return [good("Org", `The login works; this is org ${orgId}`), ...(await crm.examine(signal))];
    },
  };
}
