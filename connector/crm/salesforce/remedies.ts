/** Where Cases are not shared for writing. */
export const PRIVATE_CASES_REMEDY =
  "Give the connector's user the permission set Social Connector Private Cases of org-setup, or share Cases whose origin is " +
  "Social with it by a sharing rule, Read/Write.";

const NO_ACCESS = `Share such rows with the connector's user by a sharing rule, Read/Write. Cases: ${PRIVATE_CASES_REMEDY}`;

/** What the org's administrator can do about rows that are refused so. */
const REMEDIES: Readonly<Record<string, string>> = {
  REQUIRED_FIELD_MISSING: "Give the field a default value, or require it on page layouts only.",
  FIELD_CUSTOM_VALIDATION_EXCEPTION: "Let the rule pass holders of the custom permission Earshot_Connector.",
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: "Add the value to the field, and to the record type.",
  DUPLICATES_DETECTED: "Let the duplicate rule pass the connector's user.",
  INSUFFICIENT_ACCESS_OR_READONLY: NO_ACCESS,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: NO_ACCESS,
  STORAGE_LIMIT_EXCEEDED: "The org's data storage is full: make room, or buy more.",
};

/** A sentence; undefined where nobody knows one. */
export function toRemedy(errorCode: string): string | undefined {
  return REMEDIES[errorCode];
}
