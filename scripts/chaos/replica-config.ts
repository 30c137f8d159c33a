import { stringify } from "yaml";
import type { Place, World } from "./world.ts";

const toTokenName = (place: number): string => `EARSHOT_TOKEN_${place}`;

/** What a connector is started with, as its operator would write it. */
export function toReplicaConfig({ orgId, places }: World, journal: string, orgUrl: string): string {
  return stringify({
    journal,
    http: { port: 0 },
    salesforce: {
      loginUrl: orgUrl,
      orgId,
      callShare: 1,
      sweepSeconds: 2,
      callSeconds: 10,
      handles: ["Contact", "Lead"].map((object) => ({ network: "mastodon", object, field: "Mastodon__c" })),
    },
    accounts: places.map(({ url, knowsKeys }: Place, index) => ({
      network: "mastodon",
      url,
      tokenEnv: toTokenName(index),
      words: ["nordwind"],
      ...(knowsKeys ? {} : { idempotencyKeys: false }),
    })),
  });
}

export function toReplicaEnvironment({ places }: World): Readonly<Record<string, string>> {
  return {
    EARSHOT_SALESFORCE_CLIENT_ID: "sandbox",
    EARSHOT_SALESFORCE_CLIENT_SECRET: "sandbox",
    ...Object.fromEntries(places.map(({ token }, index) => [toTokenName(index), token])),
  };
}
