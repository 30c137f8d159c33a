import { lookup, picklist, system, text, toPicklist, type FieldDraft, type ObjectDraft } from "../define.ts";

type SetupObject = Pick<ObjectDraft, "name" | "keyPrefix" | "fields"> & { readonly children?: Record<string, string> };

/** The rows that administrators keep in Setup. Everybody reads them; the API writes hardly any of them. */
function setup(object: SetupObject): ObjectDraft {
  const label = object.name.replace(/([a-z])([A-Z])/g, "$1 $2");
  return {
    label,
    labelPlural: `${label}s`,
    custom: false,
    setup: true,
    sharing: "Read",
    rules: [],
    children: {},
    ...object,
    fields: object.fields.map((field) => ({ ...field, permissionable: false })),
  };
}

/** Status values are rows of their own, since each org has others. */
function statusFields(flag: string): FieldDraft[] {
  return [
    text("MasterLabel", 255, { required: true, nameField: true }),
    text("ApiName", 255, { required: true }),
    { name: "SortOrder", type: "int" },
    { name: "IsDefault", type: "boolean", defaultValue: false },
    { name: flag, type: "boolean", defaultValue: false },
  ];
}

export const setupObjects: readonly ObjectDraft[] = [
  setup({
    name: "User",
    keyPrefix: "005",
    fields: [
      text("Username", 80, { required: true }),
      text("FirstName", 40),
      text("LastName", 80, { required: true }),
      system("Name", "string", { length: 121, nameField: true }),
      { name: "Email", type: "email", length: 128 },
      text("Alias", 8),
      text("Title", 80),
      { name: "IsActive", type: "boolean", defaultValue: true },
      picklist("UserType", ["Standard*"]),
      lookup("ProfileId", ["Profile"]),
      lookup("UserRoleId", ["UserRole"]),
      text("TimeZoneSidKey", 40, { defaultValue: "Europe/Berlin" }),
      text("LanguageLocaleKey", 40, { defaultValue: "en_US" }),
    ],
  }),
  setup({ name: "Profile", keyPrefix: "00e", fields: [text("Name", 255, { required: true, nameField: true })] }),
  setup({
    name: "UserRole",
    keyPrefix: "00E",
    fields: [
      text("Name", 80, { required: true, nameField: true }),
      text("DeveloperName", 80),
      lookup("ParentRoleId", ["UserRole"]),
    ],
  }),
  setup({
    name: "CaseShare",
    keyPrefix: "01n",
    fields: [
      lookup("CaseId", ["Case"], { required: true }),
      lookup("UserOrGroupId", ["User", "Group"], { required: true }),
      picklist("CaseAccessLevel", [], { picklist: toPicklist(["Read", "Edit"], true), required: true }),
      picklist("RowCause", ["Manual*"], { createable: false, updateable: false }),
    ],
  }),
  setup({
    name: "RecordType",
    keyPrefix: "012",
    fields: [
      text("Name", 80, { required: true, nameField: true }),
      text("DeveloperName", 80),
      text("SobjectType", 40),
      { name: "IsActive", type: "boolean", defaultValue: true },
    ],
  }),
  setup({
    name: "Group",
    keyPrefix: "00G",
    children: { "QueueSobject.QueueId": "QueueSobjects" },
    fields: [
      text("Name", 40, { required: true, nameField: true }),
      text("DeveloperName", 80),
      picklist("Type", ["Regular", "Queue"]),
      { name: "Email", type: "email" },
    ],
  }),
  setup({
    name: "GroupMember",
    keyPrefix: "011",
    fields: [
      lookup("GroupId", ["Group"], { required: true }),
      lookup("UserOrGroupId", ["User", "Group"], { required: true }),
    ],
  }),
  setup({
    name: "QueueSobject",
    keyPrefix: "03g",
    fields: [lookup("QueueId", ["Group"], { required: true }), text("SobjectType", 40, { required: true })],
  }),
  setup({
    name: "Organization",
    keyPrefix: "00D",
    fields: [
      text("Name", 80, { required: true, nameField: true }),
      text("InstanceName", 5),
      { name: "IsSandbox", type: "boolean", defaultValue: true },
      text("OrganizationType", 40),
      ...["Account", "Case", "Contact", "Lead"].map((name) =>
        picklist(`Default${name}Access`, ["None", "Read", "Edit"]),
      ),
      text("NamespacePrefix", 15),
      { name: "TrialExpirationDate", type: "datetime" },
      text("TimeZoneSidKey", 40),
      text("LanguageLocaleKey", 40),
    ],
  }),
  setup({ name: "CaseStatus", keyPrefix: "00H", fields: statusFields("IsClosed") }),
  setup({ name: "TaskStatus", keyPrefix: "01m", fields: statusFields("IsClosed") }),
  setup({ name: "LeadStatus", keyPrefix: "01J", fields: statusFields("IsConverted") }),
  setup({
    name: "PermissionSet",
    keyPrefix: "0PS",
    children: { "PermissionSetAssignment.PermissionSetId": "Assignments" },
    fields: [text("Name", 80, { required: true, nameField: true }), text("Label", 80), text("NamespacePrefix", 15)],
  }),
  setup({
    name: "PermissionSetAssignment",
    keyPrefix: "0Pa",
    fields: [
      lookup("AssigneeId", ["User"], { required: true }),
      lookup("PermissionSetId", ["PermissionSet"], { required: true }),
    ],
  }),
];
