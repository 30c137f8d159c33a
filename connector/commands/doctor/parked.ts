import { WAITING } from "../../flow/consuming/parked.ts";
import type { Visit } from "../../wire/visit.ts";
import { readStanding } from "../parked/standing.ts";
import { doubtful, good, type Check } from "./check.ts";

const REFUSED = 'See why with "earshot parked list", mend it, then "earshot parked retry --all"';
const WAITS = "They wait for somebody who can serve them and go on by themselves: see what else stands here";

/** What stands aside, counted by log and reason. */
export function toParkedCheck(visit: Visit): Check {
  return {
    what: "Parked entries",
    async look() {
      await using journal = await visit.journal();
      const standing = Map.groupBy(await readStanding(journal, undefined), ({ log, reason }) => `${log}: ${reason}`);
      if (standing.size === 0) return [good("Parked entries", "Nothing is set aside")];
      return [...standing].map(([what, { length }]) => {
        const remedy = what.endsWith(`: ${WAITING}`) ? WAITS : REFUSED;
        return doubtful("Parked entries", `${length} of ${what}`, remedy);
      });
    },
  };
}
