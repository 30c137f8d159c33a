import { accounts, contacts, leads } from "./org/customers.ts";
import { cases } from "./org/cases.ts";

/** A field's value; `{ ref }` is the id of the record with that ref, once it is inserted. */
export type FieldValue = string | number | boolean | null | { readonly ref: string };

/** A record to insert. */
export interface SampleRecord {
  readonly object: string;
  readonly ref: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** What Nordwind's CRM holds at the start, in an order in which every ref stands before its use. */
export const orgRecords: readonly SampleRecord[] = [...accounts, ...contacts, ...leads, ...cases];

export interface OrgUser {
  readonly ref: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly alias: string;
  readonly email: string;
  readonly title: string;
  readonly profile: "Standard User" | "System Administrator" | "Integration";
  /** By API name. */
  readonly permissionSets: readonly string[];
}

const user = (first: string, last: string, more: Pick<OrgUser, "title"> & Partial<OrgUser>): OrgUser => ({
  ref: `user-${first.toLowerCase()}`,
  username: `${first.toLowerCase()}@nordwind.example`,
  firstName: first,
  lastName: last,
  alias: first.toLowerCase(),
  email: `${first.toLowerCase()}@nordwind.example`,
  profile: "Standard User",
  permissionSets: [],
  ...more,
});

/** Who works there. The last one is the connector. */
export const orgUsers: readonly OrgUser[] = [
  user("Rita", "Rep", { title: "Service representative", permissionSets: ["Social_Rep", "Social_Private_Messages"] }),
  user("Sam", "Sales", { title: "Sales representative", permissionSets: ["Social_Sales"] }),
  user("Nora", "New", { title: "Joined yesterday" }),
  user("Ada", "Admin", { title: "Administrator", profile: "System Administrator" }),
  user("Connector", "Connector", {
    firstName: "Earshot",
    alias: "earshot",
    title: "Integration user",
    profile: "Integration",
    permissionSets: ["Social_Connector", "Social_Connector_Org"],
  }),
];
