import type { Journal } from "../../journal/journal.ts";
import { parseShare, readReplicaDocs, toShareKey } from "./documents.ts";
import type { ReplicaPage } from "./documents.ts";
import type { Share } from "../shares.ts";

/** A connector that shares the journal, and what it holds. */
export interface Replica extends ReplicaPage {
  readonly id: string;
  readonly held: readonly Share[];
}

/**
 * Who shares the journal, for whoever only looks: none where the journal is not shared. One that died is among them until
 * another connector notices, for about a lease; what nobody of them holds is on its way.
 */
export async function readReplicas(journal: Pick<Journal, "list">): Promise<readonly Replica[]> {
  const held = new Map<string, Share[]>();
  const prefix = toShareKey("crm").replace("crm", "");
  for await (const doc of journal.list(prefix)) {
    const name = doc.key.slice(prefix.length);
    const { share, owner } = parseShare(name === "crm" ? name : Number(name), doc);
    if (owner !== undefined) held.set(owner, [...(held.get(owner) ?? []), share]);
  }
  const replicas = await readReplicaDocs(journal);
  return replicas.map(({ revision: _, ...page }) => ({ ...page, held: (held.get(page.id) ?? []).sort(byNumber) }));
}

function byNumber(one: Share, other: Share): number {
  return (one === "crm" ? -1 : one) - (other === "crm" ? -1 : other);
}
