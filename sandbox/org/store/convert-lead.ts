import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { Row } from "./database.ts";
import { repoint } from "./merge.ts";
import type { Rows } from "./rows.ts";
import { toSeconds } from "./times.ts";

/** Marks the Lead as converted and gives its activities to the Contact. What else points to the Lead goes on doing so. */
export function markConverted(
  rows: Rows,
  { actor, lead, contact, account }: { actor: Actor; lead: Row; contact: string; account: string },
): void {
  const [object, task] = [rows.schema.object("Lead"), rows.schema.object("Task")];
  if (object === undefined || task === undefined) throw new Error("there are no Leads");
  if (lead["IsConverted"] === 1) throw new Refusal("CANNOT_UPDATE_CONVERTED_LEAD", "lead is already converted");
  const at = toSeconds(rows.now());
  rows.update(object, String(lead["Id"]), {
    IsConverted: 1,
    Status: "Closed - Converted",
    ConvertedDate: new Date(at).toISOString().slice(0, 10),
    ConvertedAccountId: account,
    ConvertedContactId: contact,
    LastModifiedDate: at,
    LastModifiedById: actor.id,
    SystemModstamp: at,
  });
  repoint(rows, { child: task, field: "WhoId", from: String(lead["Id"]), to: contact });
}
