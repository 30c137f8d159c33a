import type { Access, FieldAccess, ObjectAccess } from "../access.ts";
import type { PermissionSet } from "../metadata/index.ts";
import type { Field, ObjectType } from "../schema.ts";

export const profiles = {
  administrator: "System Administrator",
  standard: "Standard User",
  /** May do nothing that no permission set gives. */
  integration: "Minimum Access - API Only Integrations",
} as const;

const nothing: ObjectAccess = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
const everything: ObjectAccess = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};
const looks: ObjectAccess = { ...nothing, read: true, viewAll: true };

/** What a profile and permission sets give together: rights only ever add up. */
export function toAccess(profile: string, sets: readonly PermissionSet[]): Access {
  const objects = new Map<string, ObjectAccess>();
  const fields = new Map<string, FieldAccess>();
  for (const set of sets) {
    for (const grant of set.objects) {
      const before = objects.get(grant.object) ?? nothing;
      objects.set(grant.object, {
        read: before.read || grant.allowRead,
        create: before.create || grant.allowCreate,
        edit: before.edit || grant.allowEdit,
        delete: before.delete || grant.allowDelete,
        viewAll: before.viewAll || grant.viewAllRecords,
        modifyAll: before.modifyAll || grant.modifyAllRecords,
      });
    }
    for (const grant of set.fields) {
      // Custom fields of Activity are granted on Task, where the API shows them.
      const name = grant.field.replace(/^Activity\./, "Task.");
      const before = fields.get(name);
      fields.set(name, {
        read: before?.read === true || grant.readable,
        edit: before?.edit === true || grant.editable,
      });
    }
  }
  const shown = new Set(sets.flatMap((set) => [...set.tabs, ...set.applications.map(appKey)]));
  const isShown = (name: string): boolean => profile === profiles.administrator || shown.has(name);
  const granted = new Set(sets.flatMap((set) => set.userPermissions));

  // Activities have no object permissions of their own: who may edit tasks sees and writes those that are theirs.
  const tasks: ObjectAccess = granted.has("EditTask") ? { ...nothing, read: true, create: true, edit: true } : nothing;

  function accessToObject(object: ObjectType): ObjectAccess {
    if (object.setup) return toSetupAccess(profile, object);
    if (object.historyOf !== undefined) {
      const isRead = profile === profiles.administrator || objects.get(object.historyOf)?.read === true;
      return isRead ? looks : nothing;
    }
    if (profile === profiles.administrator) return everything;
    const own = objects.get(object.name) ?? (object.name === "Task" ? tasks : nothing);
    const base = profile === profiles.standard && !object.custom;
    return {
      read: own.read || base,
      create: own.create || base,
      edit: own.edit || base,
      delete: own.delete,
      viewAll: own.viewAll || granted.has("ViewAllData"),
      modifyAll: own.modifyAll || granted.has("ModifyAllData"),
    };
  }

  const toFieldAccess = remembered((field: Field, object: ObjectType): FieldAccess => {
    const visible = accessToObject(object).read;
    if (!field.permissionable || profile === profiles.administrator) return { read: visible, edit: visible };
    if ((profile === profiles.standard || object.name === "Task") && !field.custom)
      return { read: visible, edit: visible };
    const own = fields.get(`${object.name}.${field.name}`);
    return { read: visible && own?.read === true, edit: visible && own?.edit === true };
  });

  return {
    fingerprint: JSON.stringify([profile, ...sets.map((set) => set.name).sort()]),
    sets: sets.map((set) => set.name),
    object: remembered(accessToObject),
    field: (object, field) => toFieldAccess(field, object),
    permissions: new Set(sets.flatMap((set) => set.customPermissions)),
    app: (name) => isShown(appKey(name)),
    tab: (name) => name.startsWith("standard-") || isShown(name),
  };
}

/** An app may be called as a tab is. */
const appKey = (name: string): string => `app ${name}`;

/** Works out each answer once: every saved value asks for its field. */
function remembered<K extends object, R, A extends unknown[]>(ask: (key: K, ...more: A) => R): typeof ask {
  const known = new WeakMap<K, R>();
  return (key, ...more) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const answer = ask(key, ...more);
    known.set(key, answer);
    return answer;
  };
}

/** Everybody reads what stands in Setup; an administrator hands out permission sets, fills queues and shares Cases. */
const GIVEN = ["PermissionSetAssignment", "GroupMember", "CaseShare"];

function toSetupAccess(profile: string, object: ObjectType): ObjectAccess {
  const gives = profile === profiles.administrator && GIVEN.includes(object.name);
  return gives ? everything : looks;
}
