import type { ObjectDraft } from "../define.ts";
import { account, contact, lead } from "./sales.ts";
import { caseHistory, caseObject, task } from "./service.ts";
import { setupObjects } from "./setup.ts";
import { systemFields } from "./system-fields.ts";

/** The standard objects, made anew so that metadata may add to them. */
export function standardObjects(): ObjectDraft[] {
  return [account, contact, lead, caseObject, caseHistory, task, ...setupObjects].map((object) => ({
    ...object,
    fields: [...systemFields(), ...object.fields],
    rules: [...object.rules],
    children: { ...object.children },
  }));
}
