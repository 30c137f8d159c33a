import type { Config } from "../config.ts";
import type { SalesforceOptions } from "../crm/salesforce/index.ts";
import { defaultQueues } from "../rules/default-rows.ts";

/** It knows by itself in which part of the world an org is. */
const SALESFORCE_BUS = "api.pubsub.salesforce.com:7443";

/** What the configuration says of the org, for whoever opens it: the connector as it runs, or a command beside it. */
export function toOrgOptions(config: Config): Omit<SalesforceOptions, "routes" | "clock" | "budget"> {
  const { salesforce } = config;
  const { namespace, orgId, handles, fallbackQueue, coordinator, sweepSeconds, callSeconds } = salesforce;
  return {
    login: toLogin(config),
    events: toBusAddress(salesforce),
    namespace,
    orgId,
    handles,
    fallbackQueue,
    queues: defaultQueues,
    coordinator,
    sweepMs: sweepSeconds * 1000,
    timeoutMs: callSeconds === undefined ? undefined : callSeconds * 1000,
  };
}

function toLogin({ clientId, clientSecret = "", privateKey, salesforce }: Config): SalesforceOptions["login"] {
  const { loginUrl, username = "", audience } = salesforce;
  if (privateKey === undefined) return { loginUrl, clientId, clientSecret };
  return { loginUrl, clientId, username, privateKey, audience };
}

/** Salesforce's own is for its own orgs: a stand-in's tokens must not be sent there. */
function toBusAddress({ loginUrl, events }: Config["salesforce"]): SalesforceOptions["events"] {
  const endpoint = events.endpoint ?? (loginUrl.startsWith("https:") ? SALESFORCE_BUS : "off");
  return endpoint === "off" ? undefined : { endpoint, insecure: events.insecure };
}
