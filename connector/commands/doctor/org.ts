import type { Visit } from "../../wire/visit.ts";
import { good, type Check } from "./check.ts";
import { examineSettings } from "./settings.ts";

/** Login, the org itself, package, permissions, limits as far as the CRM's own check looks, and the settings kept there. */
export function toOrgCheck(visit: Visit): Check {
  return {
    what: "Org",
    async look(signal) {
      await using crm = await visit.crm(signal);
      const settings = await crm.settings(signal);
      const login = good("Org", `The login works; this is org ${settings.orgId}`);
      return [login, ...(await crm.examine(signal)), ...(await examineSettings(crm, settings, signal))];
    },
  };
}
