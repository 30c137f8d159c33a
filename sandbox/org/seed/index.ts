import type { Metadata } from "../metadata/index.ts";
import type { Role } from "../metadata/role.ts";
import type { Field } from "../schema.ts";
import type { Row, SqlValue } from "../store/database.ts";
import type { Rows } from "../store/rows.ts";
import { isStored } from "../store/tables.ts";
import { toSeconds } from "../store/times.ts";
import { sharedPermissionSets, type Person } from "./people.ts";

/**
 * Puts in what an org has before anybody works in it: itself, statuses, queues, permission sets, users. Repeatable: a
 * second start adds what new metadata brought and leaves what is there.
 */
export function seed(rows: Rows, metadata: Metadata, people: readonly Person[]): void {
  const orgId = ensure(
    rows,
    "Organization",
    { Name: "Nordwind" },
    { InstanceName: "SB0", OrganizationType: "Developer Edition" },
  );
  rows.database.run(...toDefaultAccess(rows, orgId));
  seedStatuses(rows, "Case", "CaseStatus", { IsClosed: ["Closed"] });
  seedStatuses(rows, "Task", "TaskStatus", { IsClosed: ["Completed"] });
  seedStatuses(rows, "Lead", "LeadStatus", { IsConverted: ["Closed - Converted"] });
  for (const queue of metadata.queues) {
    const key = { DeveloperName: queue.developerName, Type: "Queue" };
    const queueId = ensure(rows, "Group", key, { Name: queue.name });
    for (const object of queue.objects) ensure(rows, "QueueSobject", { QueueId: queueId, SobjectType: object }, {});
  }
  for (const { name, namespace, label } of metadata.permissionSets) {
    const more = { Label: label, NamespacePrefix: namespace === "" ? null : namespace };
    ensure(rows, "PermissionSet", { Name: name }, more);
  }
  for (const { object, name, label, isActive } of metadata.recordTypes) {
    ensure(
      rows,
      "RecordType",
      { SobjectType: object, DeveloperName: name },
      { Name: label, IsActive: Number(isActive) },
    );
  }
  seedRoles(rows, metadata.roles);
  for (const person of people) seedPerson(rows, person);
}

const SHARED = ["Account", "Case", "Contact", "Lead"];
const ACCESS = { Private: "None", Read: "Read", ReadWrite: "Edit" } as const;

/** What the org says of itself about who sees and changes the rows of others, as the metadata has it today. */
function toDefaultAccess(rows: Rows, orgId: string): readonly [sql: string, ...values: SqlValue[]] {
  const columns = SHARED.map((name) => `"Default${name}Access" = ?`).join(", ");
  const values = SHARED.map((name) => ACCESS[rows.schema.object(name)?.sharing ?? "ReadWrite"]);
  return [`UPDATE "Organization" SET ${columns} WHERE "Id" = ?`, ...values, orgId];
}

function seedRoles(rows: Rows, roles: readonly Role[]): void {
  const made = new Map(
    roles.map(({ developerName, name }) => [
      developerName,
      ensure(rows, "UserRole", { DeveloperName: developerName }, { Name: name }),
    ]),
  );
  for (const { developerName, parent } of roles) {
    const sql = `UPDATE "UserRole" SET "ParentRoleId" = ? WHERE "Id" = ?`;
    rows.database.run(sql, made.get(parent ?? "") ?? null, made.get(developerName) ?? "");
  }
}

function seedPerson(rows: Rows, person: Person): void {
  const { username, firstName, lastName } = person;
  const userId = ensure(
    rows,
    "User",
    { Username: username },
    {
      FirstName: firstName,
      LastName: lastName,
      Name: `${firstName} ${lastName}`,
      Title: person.title,
      Email: username,
      Alias: firstName.toLowerCase().slice(0, 8),
      ProfileId: ensure(rows, "Profile", { Name: person.profile }, {}),
      UserRoleId: roleNamed(rows, person.role ?? ""),
    },
  );
  for (const name of person.queues ?? []) {
    const queue = rows.database.get(`SELECT "Id" FROM "Group" WHERE "DeveloperName" = ? AND "Type" = 'Queue'`, name)?.[
      "Id"
    ];
    if (queue) ensure(rows, "GroupMember", { GroupId: queue, UserOrGroupId: userId }, {});
  }
  for (const name of [...person.permissionSets, ...sharedPermissionSets]) {
    const set = rows.database.get(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = ?`, name)?.["Id"];
    if (set) ensure(rows, "PermissionSetAssignment", { AssigneeId: userId, PermissionSetId: set }, {});
  }
}

const roleNamed = (rows: Rows, name: string): SqlValue =>
  rows.database.get(`SELECT "Id" FROM "UserRole" WHERE "DeveloperName" = ?`, name)?.["Id"] ?? null;

/** A row for each value of the object's Status field. */
function seedStatuses(rows: Rows, objectName: string, statuses: string, flags: Record<string, string[]>): void {
  const values = rows.schema.object(objectName)?.field("Status")?.picklist?.values ?? [];
  values.forEach(({ value, label, isDefault }, at) => {
    const flagged = Object.entries(flags).map(([flag, set]) => [flag, Number(set.includes(value))] as const);
    ensure(
      rows,
      statuses,
      { ApiName: value },
      { MasterLabel: label, SortOrder: at + 1, IsDefault: Number(isDefault), ...Object.fromEntries(flagged) },
    );
  });
}

/** The id of the row that has these values; made if there is none, deleted or not. */
function ensure(rows: Rows, objectName: string, key: Row, more: Row): string {
  const object = rows.schema.object(objectName);
  if (!object) throw new Error(`there is no object ${objectName}`);
  const where = Object.keys(key).map((name) => `"${name}" = ?`);
  const sql = `SELECT "Id" FROM "${objectName}" WHERE ${where.join(" AND ")}`;
  const found = rows.database.get(sql, ...Object.values(key))?.["Id"];
  if (found) return String(found);
  const at = toSeconds(rows.now());
  const id = rows.nextId(object);
  const defaults = object.fields.filter((field) => isStored(field) && field.defaultValue !== undefined);
  rows.insert(object, {
    ...Object.fromEntries(defaults.map((field) => [field.name, toDefault(field)])),
    ...{ Id: id, IsDeleted: 0, CreatedDate: at, LastModifiedDate: at, SystemModstamp: at },
    ...key,
    ...more,
  });
  return id;
}

function toDefault(field: Field): SqlValue {
  return typeof field.defaultValue === "boolean" ? Number(field.defaultValue) : (field.defaultValue ?? null);
}
