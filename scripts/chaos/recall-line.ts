import { openTap, type Tap } from "../../test/journeys/kill/tap.ts";

/**
 * A connector's line to the org. `onRecalled` is called when the org has said what it knows about some posts, and before the
 * connector learns of it: what it writes about them comes next.
 */
export async function openRecallLine(orgUrl: string, onRecalled: () => void): Promise<Tap> {
  let requests = 0;
  const recalls = new Set<number>();
  return await openTap(orgUrl, "CRM request", {
    begin(_what, body) {
      requests += 1;
      if (isRecall(body)) recalls.add(requests);
      return requests;
    },
    happened(_what, n) {
      if (recalls.delete(n)) onRecalled();
      return true;
    },
  });
}

/** Queries of posts and nothing written. */
function isRecall(body: Buffer): boolean {
  const text = body.toString();
  return text.includes("External_Key__c") && text.includes("Social_Post__c") && !/"method":"(POST|PATCH)"/.test(text);
}
