import { callOrg, DATA } from "../page/org-api.ts";
import { toWireAdapter } from "../page/wire-adapter.ts";

type Reference = string | { readonly objectApiName: string; readonly fieldApiName?: string };

const objectName = (reference: Reference): string =>
  typeof reference === "string" ? reference : reference.objectApiName;

const infoUrl = (object: string): string => `${DATA}/ui-api/object-info/${encodeURIComponent(object)}`;

/** The wire of an object's description: label, fields, what the user may do. */
export const getObjectInfo = toWireAdapter<Readonly<{ url: string }>>({
  toConfig: ({ objectApiName }) =>
    objectApiName ? { url: infoUrl(objectName(objectApiName as Reference)) } : undefined,
  load: ({ url }) => callOrg(url),
});

/** The wire of the values that one picklist field offers. */
export const getPicklistValues = toWireAdapter<Readonly<{ url: string }>>({
  toConfig({ recordTypeId, fieldApiName }) {
    if (typeof recordTypeId !== "string" || !fieldApiName) return undefined;
    const [object = "", field = ""] = fieldPath(fieldApiName as Reference).split(".");
    return { url: `${infoUrl(object)}/picklist-values/${recordTypeId}/${encodeURIComponent(field)}` };
  },
  load: ({ url }) => callOrg(url),
});

const fieldPath = (reference: Reference): string =>
  typeof reference === "string" ? reference : `${reference.objectApiName}.${reference.fieldApiName ?? ""}`;
