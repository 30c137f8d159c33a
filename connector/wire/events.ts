import type { EventsListener, EventsState } from "../crm/salesforce/events/hear-events.ts";
import type { Parts } from "./parts.ts";

const PART = "crm events";
const PLACE = "crm/events";

/**
 * Shows how hearing the CRM's events fares, and keeps the place in their stream in a document of the journal. Answers are
 * found by looking without them: the connector is as ready as it was.
 */
export function toEventsListener({ board, config, journal, telemetry }: Parts): EventsListener {
  const { log, metrics } = telemetry;
  let before: EventsState["state"] | undefined;

  return {
    onState({ state, detail, remedy }, err) {
      const isNew = state !== before;
      before = state;
      metrics.crmEventsConnected.set(state === "connected" ? 1 : 0);
      board.set(PART, "up", toSentence({ state, detail, remedy }, config.salesforce.sweepSeconds));
      if (!isNew) return;
      if (state === "refused") log.warn({ err, detail, remedy }, "The CRM does not tell of events");
      else if (state === "waiting") log.info({ err, detail }, "Events of the CRM are not heard now");
      else if (state === "connected") log.info("Events of the CRM are heard");
    },
    onEvent: (worth) => metrics.crmEvents.inc({ worth }),
    kept: async () => (await journal.get(PLACE))?.value,
    async keep(place) {
      const revision = (await journal.get(PLACE))?.revision ?? 0;
      // Lost to another: its place does as well.
      if (place !== undefined) await journal.put(PLACE, place, revision);
      else if (revision > 0) await journal.remove(PLACE, revision);
    },
  };
}

function toSentence({ state, detail, remedy }: EventsState, sweepSeconds: number): string {
  if (state === "connected") return "connected";
  const looks = `answers are found by looking every ${sweepSeconds} s`;
  if (state === "connecting") return `connecting; until then ${looks}`;
  return [`not connected: ${detail}; ${looks}`, remedy].filter((part) => part !== "").join(". ");
}
