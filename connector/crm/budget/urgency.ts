/**
 * What a call to the CRM is for, the most important first: a rep's answer · posts that may need a response · other posts ·
 * what can wait (reports, history).
 */
export type Urgency = "reply" | "urgent" | "usual" | "later";

export const URGENCIES: readonly Urgency[] = ["reply", "urgent", "usual", "later"];
