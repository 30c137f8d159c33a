const system = ["Id", "Name", "OwnerId", "CreatedById", "CreatedDate", "LastModifiedById", "LastModifiedDate"];

/** The platform's objects and such of their fields as our metadata may name; `*` is what every object of ours has. */
export const standardFields: Readonly<Record<string, readonly string[]>> = {
  "*": system,
  Account: [...system, "Phone", "Website"],
  Case: [
    ...system,
    ...["AccountId", "CaseNumber", "ClosedDate", "ContactId", "Description", "IsClosed", "Origin", "ParentId"],
    ...["Priority", "Status", "Subject", "SuppliedName", "Type"],
  ],
  Contact: [...system, "AccountId", "Email", "MobilePhone", "Phone"],
  Lead: [...system, "ConvertedAccountId", "ConvertedContactId", "Email", "MobilePhone", "Phone", "Status"],
  Task: [...system, "ActivityDate", "Description", "Priority", "Status", "Subject", "WhatId", "WhoId"],
  Activity: [],
};

/** Does the platform have it, whatever packages are there? */
export function isStandard(object: string): boolean {
  return object !== "" && !/__\w+$/.test(object);
}

/** The rights of these objects are not object permissions: EditTask grants them. */
export const withoutObjectPermissions: readonly string[] = ["Task", "Event", "Activity"];

const listColumns: readonly string[] = ["NAME", "CREATED_DATE", "LAST_UPDATE", "OWNER.ALIAS"];

/** List views name the platform's own fields in words of their own. */
export const listTokens: Readonly<Record<string, readonly string[]>> = {
  "*": listColumns,
  Case: [
    ...["NAME", "OWNER_NAME", "CASES.CASE_NUMBER", "CASES.SUBJECT", "CASES.STATUS", "CASES.PRIORITY", "CASES.ORIGIN"],
    ...["CASES.CLOSED", "CASES.CREATED_DATE"],
  ],
};
