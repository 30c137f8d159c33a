import { lookup, system, type FieldDraft, type ObjectDraft } from "./define.ts";

/** The folder of `objects/` by which an org shows that person accounts are enabled in it. */
export const PERSON_ACCOUNT = "PersonAccount";

/** The path of what an Account shows of its person's Contact. */
export const ON_PERSON = "PersonContact.";

/** Some fields of a Contact, by their names on the Account; custom ones are all there, as `…__pc`. */
const standard: Readonly<Record<string, string>> = {
  Salutation: "Salutation",
  FirstName: "FirstName",
  LastName: "LastName",
  Title: "PersonTitle",
  Email: "PersonEmail",
  MobilePhone: "PersonMobilePhone",
  Birthdate: "PersonBirthdate",
};

/** Gives Account and Contact the fields that they have where person accounts are enabled. */
export function enablePersonAccounts(objects: ReadonlyMap<string, ObjectDraft>): void {
  const [account, contact] = [objects.get("Account"), objects.get("Contact")];
  if (account === undefined || contact === undefined) throw new Error("there are no Accounts or no Contacts");
  const shown = contact.fields.filter(({ type }) => type !== "reference").flatMap(toShown);
  contact.fields.push(isPerson());
  const byTheOrg = { createable: false, updateable: false, permissionable: false };
  account.fields.push(isPerson(), lookup("PersonContactId", ["Contact"], byTheOrg), ...shown);
}

const isPerson = (): FieldDraft =>
  system("IsPersonAccount", "boolean", { label: "Is Person Account", defaultValue: false });

function toShown(field: FieldDraft): readonly FieldDraft[] {
  const name = field.custom === true ? field.name.replace(/__c$/, "__pc") : standard[field.name];
  if (name === undefined) return [];
  const plain = { required: false, unique: false, externalId: false, tracked: false, permissionable: false };
  return [{ ...field, ...plain, name, path: `${ON_PERSON}${field.name}`, createable: true, updateable: true }];
}
