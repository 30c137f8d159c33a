import type { IsoTime } from "../../model/glossary.ts";
import { toFaults, toRemedy, type Fault } from "./faults.ts";
import { EventForm } from "./schema.ts";
import { toTold, type Told, type Us } from "./to-event.ts";

/** Clocks differ; a zone that was forgotten is more than that. */
const AHEAD_MS = 60 * 60 * 1000;

/** What one event tells, or all that is wrong with it. */
export function readEvent(value: unknown, us: Us, now: IsoTime): Told | { readonly faults: readonly Fault[] } {
  const form = EventForm.safeParse(value, { error: toRemedy });
  if (!form.success) return { faults: toFaults(form.error) };
  const faults = toFaultsOfTime(form.data, now);
  return faults.length > 0 ? { faults } : toTold(form.data, us, now);
}

/** A time of an edit that is yet to come would keep out all later edits. */
function toFaultsOfTime(form: EventForm, now: IsoTime): readonly Fault[] {
  const latest = Date.parse(now) + AHEAD_MS;
  const faults = Object.entries(form)
    .filter(([member, value]) => TIMES.has(member) && Date.parse(String(value)) > latest)
    .map(([path]) => ({ path, remedy: "lies in the future: check the clock and the zone" }));
  if (form.type === "edited" && Date.parse(form.editedAt) < Date.parse(form.postedAt))
    return [...faults, { path: "editedAt", remedy: "lies before postedAt" }];
  return faults;
}

const TIMES: ReadonlySet<string> = new Set(["postedAt", "editedAt", "at", "from"]);
