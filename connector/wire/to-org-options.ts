import type { Config } from "../config.ts";
import type { SalesforceOptions } from "../crm/salesforce/index.ts";
import { defaultRules } from "../rules/defaults.ts";

/** What the configuration says of the org, for whoever opens it: the connector as it runs, or a command beside it. */
export function toOrgOptions(config: Config): Omit<SalesforceOptions, "routes" | "clock" | "budget"> {
  const { clientId, clientSecret, salesforce } = config;
  const { loginUrl, namespace, orgId, handles, fallbackQueue, coordinator, sweepSeconds, callSeconds } = salesforce;
  return {
    login: { loginUrl, clientId, clientSecret },
    namespace,
    orgId,
    handles,
    fallbackQueue,
    queues: Object.values(defaultRules.queues),
    coordinator,
    sweepMs: sweepSeconds * 1000,
    timeoutMs: callSeconds === undefined ? undefined : callSeconds * 1000,
  };
}
