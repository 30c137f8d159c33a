import { Unavailable } from "../../errors.ts";
import type { Session, Step } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { text, toRows } from "./rows.ts";
import { queryPath } from "./soql.ts";

/** A permission set keeps its name in a package; its namespace stands beside it. */
const PACKAGED = "SELECT Id, NamespacePrefix FROM PermissionSet WHERE Name = 'Social_Connector'";

/** What to do where the org does not show us what we ask of the package, as a sentence without its end; one call. */
export async function toPackageRemedy(session: Session, fields: Fields, signal: AbortSignal): Promise<string> {
  const found = await readNamespaces(session, signal).catch((error: unknown): readonly string[] => {
    if (signal.aborted || error instanceof Unavailable) throw error;
    return [];
  });
  const [namespace] = found;
  if (namespace === undefined || found.includes(fields.namespace)) {
    return (
      `Install the Earshot package (object ${fields.post.object}), give the connector's user the permission sets ` +
      "Social Connector and Social Connector Org, and set salesforce.namespace if the package has a namespace"
    );
  }
  if (namespace === "") return "The Earshot package of this org has no namespace: leave salesforce.namespace empty";
  return `The Earshot package of this org has the namespace ${namespace}: set salesforce.namespace to it`;
}

/** Of each Earshot package in the org; "" for none. */
async function readNamespaces(session: Session, signal: AbortSignal): Promise<readonly string[]> {
  const step: Step = { ref: "packaged", method: "GET", path: queryPath(PACKAGED) };
  const results = await session.composite([step], signal, "later");
  const rows = await toRows(session, results.get(step.ref), signal);
  return rows.map((row) => text(row, "NamespacePrefix") ?? "");
}
