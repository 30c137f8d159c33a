import type { Reply } from "./reply.ts";

/** What somebody did in the CRM that the connector has to honour. */
export interface CrmChange {
  readonly type: "reply";
  readonly reply: Reply;
}
