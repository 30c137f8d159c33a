import type { WebhookConfig } from "../config.ts";
import type { Deliveries } from "../coverage/deliveries.ts";
import type { Account } from "../model/account.ts";

/** What is delivered has one ledger, as a feed has. */
export const DELIVERIES = "deliveries";

/** An account that is told what happens, with the ledger of what came. */
export interface Hook {
  readonly settings: WebhookConfig;
  readonly account: Account;
  readonly deliveries: Deliveries;
}
