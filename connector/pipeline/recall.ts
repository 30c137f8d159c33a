import type { Crm } from "../crm/crm.ts";
import { isLive, mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** Asks the CRM, once for the batch, what it knows about the drafts that are still on their way. */
export function toRecall(crm: Pick<Crm, "recall">): Stage {
  return {
    name: "recall",
    async apply(drafts, signal) {
      const live = drafts.filter(isLive);
      if (live.length === 0) return drafts;
      const memories = await crm.recall(live, signal);
      if (memories.length !== live.length) throw new Error("The CRM did not answer for every draft");
      const rest = memories.values();
      return mapLive(drafts, (draft) => {
        const memory = rest.next().value;
        return memory === undefined ? draft : { ...draft, memory };
      });
    },
  };
}
