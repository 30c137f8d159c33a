import type { SampleRecord } from "./record.ts";

interface Matter {
  readonly contact: string;
  readonly account: string;
  readonly subject: string;
  readonly description: string;
  readonly status: "New" | "Working" | "Closed";
  readonly priority: "Low" | "Medium" | "High";
  readonly origin: "Phone" | "Email" | "Web";
}

const ordinary = (ref: string, matter: Matter): SampleRecord => ({
  object: "Case",
  ref,
  fields: {
    Subject: matter.subject,
    Description: matter.description,
    Status: matter.status,
    Priority: matter.priority,
    Origin: matter.origin,
    ContactId: { ref: matter.contact },
    AccountId: { ref: matter.account },
  },
});

/** Cases that came by phone, mail and web, before anybody listened to the networks. */
export const cases: readonly SampleRecord[] = [
  ordinary("case-invoice", {
    contact: "contact-anna-berg",
    account: "account-berg",
    subject: "Invoice for excess baggage is missing",
    description: "Needs the invoice for two equipment cases, Hamburg to Oslo in October.",
    status: "Closed",
    priority: "Low",
    origin: "Email",
  }),
  ordinary("case-refund", {
    contact: "contact-lukas-weber",
    account: "account-weber",
    subject: "Refund for NW418, reference 8841203",
    description: "Cancelled within 24 hours. Refund promised by phone, not arrived.",
    status: "Working",
    priority: "Medium",
    origin: "Phone",
  }),
  ordinary("case-seat", {
    contact: "contact-tom-okafor",
    account: "account-okafor",
    subject: "Window seat lost after change of aircraft",
    description: "Paid for 12F, was given 22B. Wants the fee back.",
    status: "Closed",
    priority: "Medium",
    origin: "Web",
  }),
  ordinary("case-freight", {
    contact: "contact-carmen-ruiz",
    account: "account-olivar",
    subject: "Samples of oil in checked baggage",
    description: "Asks how many bottles may travel, and how they must be packed.",
    status: "New",
    priority: "Low",
    origin: "Email",
  }),
  ordinary("case-uniform", {
    contact: "contact-greta-holm",
    account: "account-hospital",
    subject: "Jacket left in the overhead locker",
    description: "Blue jacket, NW330 of 3 November, seat 9C.",
    status: "Closed",
    priority: "Low",
    origin: "Phone",
  }),
];
