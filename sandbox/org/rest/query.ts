import { Refusal } from "../refusal.ts";
import type { Answer, Call, OrgCore, Route } from "../route.ts";
import { toColumnMetadata } from "./column-metadata.ts";

export const queryRoutes: readonly Route[] = (["query", "queryAll"] as const).flatMap((name): Route[] => [
  { method: "GET", path: `/${name}`, kind: "query", answer: (call, org) => answerQuery(call, org, name) },
  {
    method: "GET",
    path: `/${name}/:locator`,
    kind: "queryMore",
    answer: (call, org) => ({
      status: 200,
      body: org.cursors.next(call.params["locator"] ?? "", `/services/data/v${call.version}/${name}`),
    }),
  },
]);

function answerQuery(call: Call, org: OrgCore, name: "query" | "queryAll"): Answer {
  const soql = call.query.get("q");
  if (soql === null || soql.trim() === "") {
    throw new Refusal("MALFORMED_QUERY", "SOQL statement cannot be empty");
  }
  const result = org.store.query(call.actor, soql, { deleted: name === "queryAll" });
  if (call.query.get("columns") === "true") return { status: 200, body: toColumnMetadata(org.store.schema, soql) };
  const body = org.cursors.open(result, batchSize(call), `/services/data/v${call.version}/${name}`);
  return { status: 200, body };
}

/** `Sforce-Query-Options: batchSize=200`; Salesforce gives between 200 and 2,000 rows. */
function batchSize(call: Call): number {
  const asked = /batchSize=(\d+)/i.exec(call.headers["sforce-query-options"] ?? "")?.[1];
  return asked === undefined ? 2000 : Math.min(2000, Math.max(200, Number(asked)));
}
