import type { Section } from "../contract.ts";

const LAYOUTS: Readonly<Record<string, readonly Section[]>> = {
  Case: [
    {
      label: "Case",
      columns: [
        ["CaseNumber", "Subject", "Status", "Priority", "OwnerId", "Origin", "ContactId", "AccountId", "Description"],
        ["ContactEmail", "CreatedDate", "ClosedDate"],
      ],
    },
  ],
  Contact: [
    {
      label: "Contact",
      columns: [
        ["Name", "AccountId", "Title", "Email", "Phone", "MobilePhone", "OwnerId"],
        ["MailingCity", "MailingCountry", "Description"],
      ],
    },
  ],
  Lead: [
    {
      label: "Lead",
      columns: [["Name", "Company", "Title", "Status", "Email", "Phone", "LeadSource", "OwnerId"], ["Description"]],
    },
  ],
  Account: [
    { label: "Account", columns: [["Name", "Type", "Industry", "Phone", "Website", "OwnerId", "Description"]] },
  ],
  Task: [
    { label: "Task", columns: [["Subject", "Status", "Priority", "ActivityDate", "WhoId", "OwnerId", "Description"]] },
  ],
};

const HIGHLIGHTS: Readonly<Record<string, readonly string[]>> = {
  Case: ["Subject", "ContactId", "Status", "Priority", "OwnerId"],
  Contact: ["Name", "AccountId", "Title", "Email", "Phone"],
  Lead: ["Name", "Company", "Title", "Status", "Email"],
  Account: ["Name", "Type", "Phone", "Website"],
  Task: ["Subject", "Status", "WhoId", "OwnerId"],
};

const ICONS = new Set(["Account", "Case", "Contact", "Lead", "Task", "User"]);

/** What an org shows of its own objects until somebody makes a layout. Custom fields of ours follow in a section. */
export const standardSections = (object: string): readonly Section[] => LAYOUTS[object] ?? [];

export const standardHighlights = (object: string): readonly string[] => HIGHLIGHTS[object] ?? ["Name"];

export const standardIcon = (object: string): string =>
  ICONS.has(object) ? `standard:${object.toLowerCase()}` : "standard:default";
