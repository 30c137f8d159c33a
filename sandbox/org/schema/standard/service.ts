import { longText, lookup, picklist, system, text, toPicklist, type ObjectDraft } from "../define.ts";
import { ownedFields } from "./system-fields.ts";

export const caseObject: ObjectDraft = {
  name: "Case",
  label: "Case",
  labelPlural: "Cases",
  keyPrefix: "500",
  custom: false,
  setup: false,
  sharing: "ReadWrite",
  fields: [
    system("CaseNumber", "string", { length: 30, autoNumber: "{00000000}", nameField: true }),
    lookup("ContactId", ["Contact"]),
    lookup("AccountId", ["Account"]),
    lookup("ParentId", ["Case"]),
    text("SuppliedName", 80, { updateable: false }),
    { name: "SuppliedEmail", type: "email", updateable: false },
    text("SuppliedPhone", 40, { updateable: false }),
    text("SuppliedCompany", 80, { updateable: false }),
    picklist("Type", ["Question", "Problem", "Feature Request"]),
    picklist("Status", ["New*", "Working", "Escalated", "On Hold", "Closed"], { permissionable: false }),
    picklist("Reason", ["Delay", "Baggage", "Booking", "Refund", "Other"]),
    picklist("Origin", ["Phone", "Email", "Web"]),
    text("Subject", 255),
    picklist("Priority", ["High", "Medium*", "Low"]),
    longText("Description", 32000),
    { name: "IsEscalated", type: "boolean", defaultValue: false },
    system("IsClosed", "boolean", { label: "Closed", defaultValue: false }),
    system("ClosedDate", "datetime"),
    system("ContactEmail", "email", { path: "Contact.Email" }),
    system("ContactPhone", "phone", { path: "Contact.Phone" }),
    ...ownedFields(["User", "Group"]),
    lookup("MasterRecordId", ["Case"], { createable: false, updateable: false, permissionable: false }),
  ],
  rules: [],
  children: { "Case.ContactId": "Cases", "Case.AccountId": "Cases", "Case.ParentId": "Cases" },
};

const unwritable = { updateable: false, permissionable: false };

/** Empty as long as the org tracks no field of Case. */
export const caseHistory: ObjectDraft = {
  name: "CaseHistory",
  label: "Case History",
  labelPlural: "Case Histories",
  keyPrefix: "017",
  custom: false,
  setup: false,
  historyOf: "Case",
  sharing: "Read",
  fields: [
    lookup("CaseId", ["Case"], unwritable),
    ...["Field", "DataType", "OldValue", "NewValue"].map((name) => text(name, 255, unwritable)),
  ],
  rules: [],
  children: { "CaseHistory.CaseId": "Histories" },
};

const subtypes = ["Task*", "Email", "ListEmail", "Cadence", "Call", "LinkedIn"];

export const task: ObjectDraft = {
  name: "Task",
  label: "Task",
  labelPlural: "Tasks",
  keyPrefix: "00T",
  custom: false,
  setup: false,
  sharing: "ReadWrite",
  fields: [
    lookup("WhoId", ["Contact", "Lead"]),
    lookup("WhatId", ["Account", "Case"]),
    { name: "Subject", type: "combobox", length: 255, nameField: true },
    { name: "ActivityDate", type: "date", label: "Due Date Only" },
    picklist("Status", ["Not Started*", "In Progress", "Completed", "Waiting on someone else", "Deferred"], {
      required: true,
    }),
    picklist("Priority", ["High", "Normal*", "Low"], { required: true }),
    picklist("Type", ["Call", "Email", "Meeting", "Other"]),
    picklist("TaskSubtype", [], { picklist: toPicklist(subtypes, true), defaultValue: "Task", updateable: false }),
    longText("Description", 32000),
    system("IsClosed", "boolean", { label: "Closed", defaultValue: false }),
    system("CompletedDateTime", "datetime"),
    system("IsArchived", "boolean", { label: "Archived", defaultValue: false }),
    lookup("OwnerId", ["User", "Group"], { permissionable: false }),
  ],
  rules: [],
  children: { "Task.WhoId": "Tasks", "Task.WhatId": "Tasks" },
};
