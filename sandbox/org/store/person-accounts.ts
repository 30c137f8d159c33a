import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import { ON_PERSON } from "../schema/person-accounts.ts";
import type { SaveOptions, Values } from "../store.ts";
import type { Row } from "./database.ts";
import { moveToBin, restoreFromBin } from "./remove.ts";
import type { Rows } from "./rows.ts";
import type { Saver } from "./save.ts";
import { noAccess } from "./sharing.ts";

/** Where person accounts are enabled, an Account with a LastName is a person, and is saved together with its own Contact. */
export function withPersonAccounts(saver: Saver, rows: Rows): Saver {
  const [account, contact] = [rows.schema.object("Account"), rows.schema.object("Contact")];
  if (account?.field("PersonContactId") === undefined || contact === undefined) return saver;
  const both = { account, contact };
  return {
    insert: (actor, object, values, options) => {
      if (object === contact && isPerson(rows.find(account, String(values["AccountId"])))) throw noAccess();
      const parts = object === account ? toParts(account, values) : { own: values, person: {} };
      if (Object.keys(parts.person).length === 0) return saver.insert(actor, object, values, options);
      return insertBoth(saver, rows, { actor, ...both, ...parts, options });
    },
    change: (actor, object, prior, values, options) => {
      const parts = object === account ? toParts(account, values) : { own: {}, person: values };
      if ((object === account || object === contact) && isPerson(prior)) {
        changeBoth(saver, rows, { actor, ...both, ...parts, options }, prior);
      } else {
        if (object === account) refuseNames(Object.keys(parts.person));
        saver.change(actor, object, prior, values, options);
      }
    },
  };
}

/** Into the recycle bin: an Account with the person's Contact, which goes no other way. */
export function removeWhole(rows: Rows, object: ObjectType, row: Row): void {
  if (object.name === "Contact" && isPerson(row)) throw noAccess();
  const contact = rows.schema.object("Contact");
  if (contact && isPerson(row)) moveToBin(rows, contact, String(row["PersonContactId"]));
  moveToBin(rows, object, String(row["Id"]));
}

/** Out of it again, as it went there. */
export function restoreWhole(rows: Rows, object: ObjectType, row: Row): void {
  restoreFromBin(rows, object, row);
  const contact = rows.schema.object("Contact");
  if (contact === undefined || object.name !== "Account" || !isPerson(row)) return;
  const sql = `SELECT * FROM "Contact" WHERE "AccountId" = ? AND "IsPersonAccount" = 1 AND "IsDeleted" = 1`;
  for (const person of rows.database.all(sql, row["Id"] ?? null)) restoreFromBin(rows, contact, person);
}

/** The sandbox merges no persons. */
export function refusePerson(row: Row): void {
  if (isPerson(row)) throw new Refusal("INVALID_OPERATION", "the sandbox cannot merge person accounts");
}

interface Parts {
  readonly own: Values;
  /** By their names on the Contact. */
  readonly person: Values;
}

interface Both extends Parts {
  readonly actor: Actor;
  readonly account: ObjectType;
  readonly contact: ObjectType;
  readonly options: SaveOptions;
}

function insertBoth(saver: Saver, rows: Rows, { actor, account, contact, own, person, options }: Both): string {
  if (!person["LastName"]) refuseNames(Object.keys(person));
  refuseNames(Object.keys(own).filter(isName));
  const id = saver.insert(actor, account, { ...own, Name: toName(person) }, options);
  const personId = saver.insert(actor, contact, { ...person, AccountId: id }, options);
  rows.update(account, id, { IsPersonAccount: 1, PersonContactId: personId });
  rows.update(contact, personId, { IsPersonAccount: 1 });
  return id;
}

/** Both are as new as each other afterwards, whichever was written. `prior`: either of them. */
function changeBoth(saver: Saver, rows: Rows, save: Both, prior: Row): void {
  const { actor, account, contact, own, person, options } = save;
  refuseNames(Object.keys(own).filter(isName));
  const [accountId, contactId] = [prior["AccountId"] ?? prior["Id"], prior["PersonContactId"] ?? prior["Id"]];
  if (person["AccountId"] !== undefined && person["AccountId"] !== accountId) throw noAccess();
  const found = (object: ObjectType, id: unknown): Row => rows.find(object, String(id)) ?? {};
  saver.change(actor, contact, found(contact, contactId), person, options);
  const Name = toName(found(contact, contactId));
  saver.change(actor, account, found(account, accountId), { ...own, Name }, options);
}

const isPerson = (row: Row | undefined): boolean => row?.["IsPersonAccount"] === 1;
const isName = (field: string): boolean => field.toLowerCase() === "name";
const toName = ({ FirstName, LastName }: Values): string => [FirstName, LastName].filter(Boolean).join(" ");

function toParts(account: ObjectType, values: Values): Parts {
  const own: Record<string, unknown> = {};
  const person: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const path = account.field(name)?.path;
    if (path?.startsWith(ON_PERSON) === true) person[path.slice(ON_PERSON.length)] = value;
    else own[name] = value;
  }
  return { own, person };
}

function refuseNames(fields: readonly string[]): void {
  if (fields.length === 0) return;
  const message = `Account: bad field names on insert/update call: ${fields.join(", ")}`;
  throw new Refusal("INVALID_FIELD_FOR_INSERT_UPDATE", message, { fields });
}
