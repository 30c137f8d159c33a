import { profiles } from "../access/to-access.ts";

/** A user of the org. Sets that the metadata does not have are left out. */
export interface Person {
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
  readonly profile: (typeof profiles)[keyof typeof profiles];
  readonly permissionSets: readonly string[];
  /** In the hierarchy of roles, by developer name. */
  readonly role?: string;
  /** By developer name. */
  readonly queues?: readonly string[];
}

/** The name under which the connector signs in. */
export const connectorUsername = "connector@nordwind.example";

/** Permission sets that everybody has: the fields the customer added themselves. */
export const sharedPermissionSets = ["Nordwind_Fields"];

export const people: readonly Person[] = [
  {
    username: "rita@nordwind.example",
    firstName: "Rita",
    lastName: "Rep",
    title: "Service Representative",
    profile: profiles.standard,
    permissionSets: ["Social_Rep", "Social_Private_Messages"],
    queues: ["Social_Priority", "Social_Service"],
  },
  {
    username: "sam@nordwind.example",
    firstName: "Sam",
    lastName: "Sales",
    title: "Sales Representative",
    profile: profiles.standard,
    permissionSets: ["Social_Sales"],
  },
  {
    username: "cora@nordwind.example",
    firstName: "Cora",
    lastName: "Coordinator",
    title: "Social Media Coordinator",
    profile: profiles.standard,
    permissionSets: ["Social_Coordinator"],
  },
  {
    username: "nora@nordwind.example",
    firstName: "Nora",
    lastName: "New",
    title: "Trainee",
    profile: profiles.standard,
    permissionSets: [],
  },
  {
    username: "ada@nordwind.example",
    firstName: "Ada",
    lastName: "Admin",
    title: "Administrator",
    profile: profiles.administrator,
    permissionSets: [],
  },
  {
    username: connectorUsername,
    firstName: "Earshot",
    lastName: "Connector",
    title: "Integration",
    profile: profiles.integration,
    permissionSets: ["Social_Connector", "Social_Connector_Org"],
  },
];
