import { domain } from "../people.ts";
import type { SampleRecord } from "./record.ts";

const account = (ref: string, Name: string, Industry: string, Phone: string): SampleRecord => ({
  object: "Account",
  ref,
  fields: { Name, Industry, Phone },
});

export const accounts: readonly SampleRecord[] = [
  account("account-berg", "Berg Bildwerk", "Media", "+49 40 5550 120"),
  account("account-weber", "Weber Logistik GmbH", "Transportation", "+49 30 5550 144"),
  account("account-olivar", "Olivar del Sur S.L.", "Food & Beverage", "+34 953 555 018"),
  account("account-okafor", "Okafor & Daughters", "Construction", "+44 1224 555 019"),
  account("account-hospital", "St. Olav Hospital", "Healthcare", "+47 73 55 50 20"),
];

interface Customer {
  readonly ref: string;
  readonly name: readonly [first: string, last: string];
  readonly email: string;
  /** The handle on the network that is on record, without the network's name. */
  readonly handle?: string;
}

const person = ({ name: [FirstName, LastName], email, handle }: Customer) => ({
  FirstName,
  LastName,
  Email: email,
  ...(handle !== undefined && { Mastodon__c: `${handle}@${domain}` }),
});

const contact = (of: string, customer: Customer): SampleRecord => ({
  object: "Contact",
  ref: customer.ref,
  fields: { ...person(customer), AccountId: { ref: of } },
});

/** Four with their handle; the other two have a name like somebody's on the network, which proves nothing. */
export const contacts: readonly SampleRecord[] = [
  contact("account-berg", {
    ref: "contact-anna-berg",
    name: ["Anna", "Berg"],
    email: "anna@bergbildwerk.example",
    handle: "anna",
  }),
  contact("account-weber", {
    ref: "contact-lukas-weber",
    name: ["Lukas", "Weber"],
    email: "lukas@weber-logistik.example",
    handle: "lukas_weber",
  }),
  contact("account-olivar", {
    ref: "contact-carmen-ruiz",
    name: ["Carmen", "Ruiz Ortega"],
    email: "carmen@olivardelsur.example",
    handle: "carmen_ruiz",
  }),
  contact("account-okafor", {
    ref: "contact-tom-okafor",
    name: ["Tom", "Okafor"],
    email: "tom@okafor-daughters.example",
    handle: "tom_okafor",
  }),
  contact("account-hospital", { ref: "contact-greta-holm", name: ["Greta", "Holm"], email: "g.holm@stolav.example" }),
  contact("account-berg", {
    ref: "contact-anna-bergstrom",
    name: ["Anna", "Bergström"],
    email: "office@bergbildwerk.example",
  }),
];

const lead = (Company: string, Status: string, customer: Customer): SampleRecord => ({
  object: "Lead",
  ref: customer.ref,
  fields: { ...person(customer), Company, Status, LeadSource: "Web" },
});

export const leads: readonly SampleRecord[] = [
  lead("Moreau Événements", "Working - Contacted", {
    ref: "lead-jp-moreau",
    name: ["Jean-Pierre", "Moreau"],
    email: "jp@moreau-evenements.example",
    handle: "jp_moreau",
  }),
  lead("Northlight Consulting", "Open - Not Contacted", {
    ref: "lead-priya-nair",
    name: ["Priya", "Nair"],
    email: "priya.nair@northlight.example",
    handle: "priya_n",
  }),
  lead("Atlas Découverte", "Open - Not Contacted", {
    ref: "lead-fatima-idrissi",
    name: ["Fatima Zahra", "Idrissi"],
    email: "fatima@atlas-decouverte.example",
    handle: "fatima_z",
  }),
  lead("Fjord & Fell Tours", "Open - Not Contacted", {
    ref: "lead-ole-hansen",
    name: ["Ole", "Hansen"],
    email: "ole@fjordfell.example",
  }),
];
