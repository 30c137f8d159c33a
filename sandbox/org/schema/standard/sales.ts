import { longText, lookup, picklist, system, text, type FieldDraft, type ObjectDraft } from "../define.ts";
import { ownedFields } from "./system-fields.ts";

const sources = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
const salutations = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];

export const account: ObjectDraft = {
  name: "Account",
  label: "Account",
  labelPlural: "Accounts",
  keyPrefix: "001",
  custom: false,
  setup: false,
  sharing: "ReadWrite",
  fields: [
    text("Name", 255, { label: "Account Name", required: true, nameField: true }),
    picklist("Type", ["Customer", "Partner", "Prospect", "Other"]),
    lookup("ParentId", ["Account"]),
    text("AccountNumber", 40),
    { name: "Phone", type: "phone" },
    { name: "Website", type: "url" },
    picklist("Industry", ["Consulting", "Retail", "Technology", "Transportation", "Other"]),
    text("BillingStreet", 255),
    text("BillingPostalCode", 20),
    text("BillingCity", 40),
    text("BillingCountry", 80),
    longText("Description", 32000),
    ...ownedFields(["User"]),
    lookup("MasterRecordId", ["Account"], { createable: false, updateable: false, permissionable: false }),
  ],
  rules: [],
  children: { "Account.ParentId": "ChildAccounts" },
};

/** What Contact and Lead have alike. Name is put together from the parts. */
const person: readonly FieldDraft[] = [
  picklist("Salutation", salutations),
  text("FirstName", 40),
  text("LastName", 80, { required: true }),
  system("Name", "string", { label: "Full Name", length: 121, nameField: true }),
  text("Title", 128),
  { name: "Email", type: "email" },
  { name: "Phone", type: "phone" },
  { name: "MobilePhone", type: "phone" },
  picklist("LeadSource", sources),
  longText("Description", 32000),
];

export const contact: ObjectDraft = {
  name: "Contact",
  label: "Contact",
  labelPlural: "Contacts",
  keyPrefix: "003",
  custom: false,
  setup: false,
  sharing: "ReadWrite",
  fields: [
    ...person,
    lookup("AccountId", ["Account"]),
    text("Department", 80),
    { name: "Birthdate", type: "date" },
    text("MailingStreet", 255),
    text("MailingPostalCode", 20),
    text("MailingCity", 40),
    text("MailingCountry", 80),
    { name: "HasOptedOutOfEmail", type: "boolean", defaultValue: false },
    ...ownedFields(["User"]),
    lookup("MasterRecordId", ["Contact"], { createable: false, updateable: false, permissionable: false }),
  ],
  rules: [],
  children: { "Contact.AccountId": "Contacts" },
};

export const lead: ObjectDraft = {
  name: "Lead",
  label: "Lead",
  labelPlural: "Leads",
  keyPrefix: "00Q",
  custom: false,
  setup: false,
  sharing: "ReadWrite",
  fields: [
    ...person,
    text("Company", 255, { required: true }),
    { name: "Website", type: "url" },
    picklist(
      "Status",
      ["Open - Not Contacted*", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"],
      {
        required: true,
      },
    ),
    picklist("Industry", ["Consulting", "Retail", "Technology", "Transportation", "Other"]),
    picklist("Rating", ["Hot", "Warm", "Cold"]),
    text("Street", 255),
    text("PostalCode", 20),
    text("City", 40),
    text("Country", 80),
    system("IsConverted", "boolean", { label: "Converted", defaultValue: false }),
    system("ConvertedDate", "date"),
    lookup("ConvertedAccountId", ["Account"], { createable: false, updateable: false, permissionable: false }),
    lookup("ConvertedContactId", ["Contact"], { createable: false, updateable: false, permissionable: false }),
    ...ownedFields(["User", "Group"]),
    lookup("MasterRecordId", ["Lead"], { createable: false, updateable: false, permissionable: false }),
  ],
  rules: [],
  children: {},
};
