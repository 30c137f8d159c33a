import type { Visit } from "../../wire/visit.ts";
import { good, type Check } from "../doctor/check.ts";

/** Makes the default rules that are not there. What people made of the others is theirs. */
export function bringRules(visit: Visit): Check {
  const what = "Default rules";
  return {
    what,
    async look(signal) {
      await using crm = await visit.crm(signal);
      const { length } = visit.defaultRules;
      const made = await crm.offer(visit.defaultRules, signal);
      if (made === 0) return [good(what, `All ${length} are there; nothing was changed`)];
      const before = made === length ? "" : `, the other ${length - made} were there and stay as they are`;
      return [good(what, `${made} were made${before}`)];
    },
  };
}
