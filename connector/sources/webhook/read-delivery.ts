import { Refused } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { PostEvent } from "../../model/post.ts";
import type { Delivery } from "../source.ts";
import { toFaults, toRemedy, type Fault } from "./faults.ts";
import { readEvent } from "./read-event.ts";
import { Envelope } from "./schema.ts";
import type { Complete, Us } from "./to-event.ts";

/** Enough to find the mistake; the sender makes the same one in every event. */
const MOST_FAULTS = 20;

/** What a body tells. All of it, or nothing: throws `Refused` with each fault in a line of its own. */
export function readDelivery(body: Uint8Array, us: Us, now: IsoTime): Delivery {
  const envelope = Envelope.safeParse(toJson(body), { error: toRemedy });
  if (!envelope.success) throw toRefusal(toFaults(envelope.error));
  const events: PostEvent[] = [];
  const complete: Complete[] = [];
  const faults: Fault[] = [];
  for (const [index, value] of envelope.data.events.entries()) {
    const read = readEvent(value, us, now);
    if ("faults" in read) faults.push(...read.faults.map((fault) => toFaultOf(index, fault)));
    else if ("event" in read) events.push(read.event);
    else complete.push(read.complete);
  }
  if (faults.length > 0) throw toRefusal(faults);
  return { events, complete };
}

function toJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refused(400, "The body must be JSON in UTF-8.");
  }
}

function toFaultOf(index: number, { path, remedy }: Fault): Fault {
  return { path: path === "" ? `events[${index}]` : `events[${index}].${path}`, remedy };
}

function toRefusal(faults: readonly Fault[]): Refused {
  const lines = faults.slice(0, MOST_FAULTS).map(({ path, remedy }) => `${path || "the body"}: ${remedy}`);
  const rest = faults.length - lines.length;
  if (rest > 0) lines.push(`… and ${rest} more`);
  return new Refused(400, `Nothing of this delivery was kept. Mend it and send it again.\n${lines.join("\n")}`);
}
