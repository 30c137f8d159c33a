import type { Candidate } from "../../model/memory.ts";
import type { Network } from "../../model/glossary.ts";
import type { Persona } from "../../model/persona.ts";
import { text, type Row } from "./rows.ts";
import { isIn } from "./soql.ts";

/** Where the customers' handles stand in this CRM, as the admin told us. */
export interface HandleField {
  readonly network: Network;
  readonly object: "Contact" | "Lead";
  readonly field: string;
}

export type HandleObject = HandleField["object"];

export const HANDLE_OBJECTS: readonly HandleObject[] = ["Contact", "Lead"];

/** The owners of these handles among the Contacts or the Leads; undefined where no field is configured for them. */
export function toHandleQuery(
  object: HandleObject,
  fields: readonly HandleField[],
  personas: readonly Persona[],
): string | undefined {
  const asked = fields
    .filter((field) => field.object === object)
    .map(({ network, field }) => ({ field, values: personas.filter((p) => p.network === network).flatMap(spellings) }))
    .filter(({ values }) => values.length > 0);
  if (asked.length === 0) return undefined;
  const columns = [
    ...new Set(["Id", ...(object === "Contact" ? ["AccountId"] : []), ...asked.map(({ field }) => field)]),
  ];
  const live = object === "Lead" ? "IsConverted = false AND " : "";
  const where = asked.map(({ field, values }) => `(${isIn(field, values)})`).join(" OR ");
  return `SELECT ${columns.join(", ")} FROM ${object} WHERE ${live}(${where}) LIMIT 2000`;
}

/** Which of the found rows carry a persona's handle. */
export function toCandidates(
  object: HandleObject,
  fields: readonly HandleField[],
  rows: readonly Row[],
): (persona: Persona) => readonly Candidate[] {
  const indexes = fields
    .filter((field) => field.object === object)
    .map(({ network, field }) => ({
      network,
      field: `${object}.${field}`,
      owners: Map.groupBy(rows, (row) => folded(text(row, field) ?? "")),
    }));
  return (persona) => {
    const wanted = [...new Set(spellings(persona).map(folded))];
    return indexes
      .filter(({ network }) => network === persona.network)
      .flatMap(({ field, owners }) =>
        wanted.flatMap((handle) => owners.get(handle) ?? []).map((row) => ({ link: toLink(object, row), field })),
      );
  };
}

function toLink(object: HandleObject, row: Row): Candidate["link"] {
  const id = text(row, "Id") ?? "";
  if (object === "Lead") return { lead: id };
  const account = text(row, "AccountId");
  return account === undefined ? { contact: id } : { contact: id, account };
}

/** People write a handle with or without the leading @, or paste the address of the profile. */
function spellings({ handle, profileUrl }: Persona): readonly string[] {
  return [handle, `@${handle}`, ...(profileUrl === undefined ? [] : [profileUrl])];
}

const folded = (value: string): string => value.trim().toLowerCase();
