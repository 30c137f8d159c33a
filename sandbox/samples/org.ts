import type { SampleRecord } from "./org/record.ts";
import { accounts, contacts, leads } from "./org/customers.ts";
import { cases } from "./org/cases.ts";

/** What Nordwind's CRM holds at the start, in an order in which every ref stands before its use. */
export const orgRecords: readonly SampleRecord[] = [...accounts, ...contacts, ...leads, ...cases];
