import type { Access, Actor } from "../access.ts";
import { toAccess } from "../access/to-access.ts";
import type { PermissionSet } from "../metadata/index.ts";
import type { Database, Row } from "./database.ts";
import { isId, toFullId } from "./ids.ts";

const users = `SELECT u."Id", u."Username", u."Name", u."Email", p."Name" AS "Profile", r."Name" AS "Role"
  FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId" LEFT JOIN "UserRole" r ON r."Id" = u."UserRoleId"
  WHERE u."IsActive" = 1`;
const assigned = `SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId"
  WHERE a."AssigneeId" = ? AND a."IsDeleted" = 0 ORDER BY s."Name"`;

const queues = `SELECT "GroupId" FROM "GroupMember" WHERE "UserOrGroupId" = ? AND "IsDeleted" = 0 ORDER BY "GroupId"`;
const subordinates = `WITH RECURSIVE below("Id") AS (
    SELECT r."Id" FROM "UserRole" r JOIN "User" u ON r."ParentRoleId" = u."UserRoleId" WHERE u."Id" = ?
    UNION SELECT r."Id" FROM "UserRole" r JOIN below b ON r."ParentRoleId" = b."Id")
  SELECT u."Id" FROM "User" u JOIN below b ON u."UserRoleId" = b."Id" ORDER BY u."Id"`;

export interface Actors {
  readonly find: (usernameOrId: string) => Actor | undefined;
  readonly all: () => readonly Actor[];
}

/** Reads users with their present permissions. What the same profile and sets give is worked out once. */
export function openActors(database: Database, permissionSets: readonly PermissionSet[]): Actors {
  const known = new Map<string, Access>();

  function accessOf(profile: string, names: readonly string[]): Access {
    const key = JSON.stringify([profile, names]);
    const found = known.get(key);
    if (found) return found;
    const sets = permissionSets.filter((set) => names.includes(set.name));
    const access = toAccess(profile, sets);
    known.set(key, access);
    return access;
  }

  function toActor(user: Row): Actor {
    const id = String(user["Id"]);
    const names = database.all(assigned, id).map((row) => String(row["Name"]));
    const profile = String(user["Profile"]);
    return {
      id,
      username: String(user["Username"]),
      name: String(user["Name"]),
      email: String(user["Email"]),
      profile,
      role: String(user["Role"] ?? ""),
      owns: toOwned(id),
      access: accessOf(profile, names),
    };
  }

  /** What those below in the hierarchy of roles may, those above them may. */
  function toOwned(id: string): ReadonlySet<string> {
    const people = [id, ...database.all(subordinates, id).map((row) => String(row["Id"]))];
    return new Set(people.flatMap((one) => [one, ...database.all(queues, one).map((row) => String(row["GroupId"]))]));
  }

  return {
    find: (usernameOrId) => {
      const byId = isId(usernameOrId);
      const sql = `${users} AND u."${byId ? "Id" : "Username"}" = ?`;
      const user = database.get(sql, byId ? toFullId(usernameOrId) : usernameOrId);
      return user && toActor(user);
    },
    all: () => database.all(`${users} ORDER BY u."Name"`).map(toActor),
  };
}
