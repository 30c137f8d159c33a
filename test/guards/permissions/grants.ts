import type { PermissionSet } from "../../../sandbox/org/metadata/permission-set.ts";

/** One thing that a permission set gives. */
export interface Grant {
  /** `Social_Post__c.Text__c readable`, `tab Social_Inbox`. */
  readonly name: string;
  /** The object or field it is about, by the name that requests call it; empty where it is about neither. */
  readonly about: string;
  /** The set without it, and without what the platform gives only together with it. */
  readonly taken: PermissionSet;
}

type ObjectGrant = PermissionSet["objects"][number];
type Right = Exclude<keyof ObjectGrant, "object">;

/** What goes with each right: nobody edits, or sees all of, what they may not read. */
const GOES_WITH: Readonly<Record<Right, readonly Right[]>> = {
  allowRead: ["allowRead", "allowCreate", "allowEdit", "allowDelete", "viewAllRecords", "modifyAllRecords"],
  allowCreate: ["allowCreate"],
  allowEdit: ["allowEdit", "allowDelete", "modifyAllRecords"],
  allowDelete: ["allowDelete", "modifyAllRecords"],
  viewAllRecords: ["viewAllRecords", "modifyAllRecords"],
  modifyAllRecords: ["modifyAllRecords"],
};
const RIGHTS = Object.keys(GOES_WITH) as Right[];

/** Everything that a set gives, each once. */
export function grantsOf(set: PermissionSet): readonly Grant[] {
  return [...ofObjects(set), ...ofFields(set), ...ofNames(set)];
}

function ofObjects(set: PermissionSet): readonly Grant[] {
  return set.objects.flatMap((grant) =>
    RIGHTS.filter((right) => grant[right]).map((right) => {
      const less = { ...grant, ...Object.fromEntries(GOES_WITH[right].map((lost) => [lost, false])) };
      const objects = set.objects.map((one) => (one === grant ? less : one));
      return { name: `${grant.object} ${right}`, about: grant.object, taken: { ...set, objects } };
    }),
  );
}

function ofFields(set: PermissionSet): readonly Grant[] {
  return set.fields.flatMap((grant) => {
    const about = grant.field.split(".")[1] ?? "";
    const others = set.fields.filter((one) => one !== grant);
    const read = { name: `${grant.field} readable`, about, taken: { ...set, fields: others } };
    if (!grant.editable) return [read];
    const fields = [...others, { ...grant, editable: false }];
    return [read, { name: `${grant.field} editable`, about, taken: { ...set, fields } }];
  });
}

function ofNames(set: PermissionSet): readonly Grant[] {
  const kinds = ["customPermissions", "userPermissions", "tabs", "applications"] as const;
  return kinds.flatMap((kind) =>
    set[kind].map((name) => ({
      name: `${kind} ${name}`,
      about: "",
      taken: { ...set, [kind]: set[kind].filter((one) => one !== name) },
    })),
  );
}
