import type { Actor } from "../../org/access.ts";
import type { Field } from "../../org/schema.ts";
import type { Store } from "../../org/store.ts";
import type { FieldDescription } from "../contract.ts";
import { readHighlights } from "../metadata/record-layout.ts";

/** So many records can be chosen from at a glance; where there are more, the form leaves the lookup out. */
const MOST_CHOICES = 50;

/** The records of our own objects that a lookup may point to, each by its name and what its page shows first. */
export function toChoices(
  forceApp: string,
  store: Store,
  actor: Actor,
  { reference }: Field,
): FieldDescription["values"] {
  const [name, ...others] = reference?.to ?? [];
  const object = name === undefined || others.length > 0 ? undefined : store.schema.object(name);
  if (object?.custom !== true || !actor.access.object(object).read) return undefined;
  const [first = "Name"] = readHighlights(forceApp, object.name);
  const shown = [...new Set(["Name", first])];
  const { records } = store.query(actor, {
    select: ["Id", ...shown].map((path) => ({ kind: "field", path })),
    from: object.name,
    orderBy: [{ path: first, descending: false, nullsLast: true }],
    limit: MOST_CHOICES + 1,
  });
  if (records.length > MOST_CHOICES) return undefined;
  return records.map((row) => ({ value: toText(row["Id"]), label: shown.map((path) => toText(row[path])).join(" ") }));
}

const toText = (value: unknown): string => (typeof value === "string" ? value : "");
