import { z } from "zod";
import type { Journal } from "../../journal/journal.ts";
import type { Share } from "../shares.ts";

const replicaSchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  since: z.string(),
  /** It ends: it takes nothing more, and what it still holds it lets go. */
  isLeaving: z.boolean().exactOptional(),
});

/** What stands in `replica/<id>`, for people; that its revision moves shows that the connector is alive. */
export type ReplicaPage = Readonly<z.infer<typeof replicaSchema>>;

const shareSchema = z.object({
  /** Nobody's where it is absent, or where there is no such replica (any more). */
  owner: z.string().exactOptional(),
  /** Grows with every owner. */
  epoch: z.number().int().nonnegative(),
});

export interface ReplicaDoc extends ReplicaPage {
  readonly id: string;
  readonly revision: number;
}

export interface ShareDoc {
  readonly share: Share;
  readonly owner: string | undefined;
  readonly epoch: number;
  /** 0: there is no document yet. */
  readonly revision: number;
}

type Read = Pick<Journal, "list">;
const REPLICAS = "replica/";
const SHARES = "share/";

export function toReplicaKey(id: string): string {
  return `${REPLICAS}${id}`;
}

export function toShareKey(share: Share): string {
  return `${SHARES}${share}`;
}

/** All there is to divide, in its order. */
export function toShares(partitions: number): readonly Share[] {
  return ["crm", ...Array.from({ length: partitions }, (_, index) => index)];
}

/** All connectors that have a document: one that died has it until another one notices. */
export async function readReplicaDocs(journal: Read): Promise<readonly ReplicaDoc[]> {
  const docs: ReplicaDoc[] = [];
  for await (const { key, value, revision } of journal.list(REPLICAS))
    docs.push({ ...replicaSchema.parse(JSON.parse(value)), id: key.slice(REPLICAS.length), revision });
  return docs;
}

/** One for each of the shares, in their order, whether there is a document or not. */
export async function readShareDocs(journal: Read, shares: readonly Share[]): Promise<readonly ShareDoc[]> {
  const docs = new Map<string, { readonly value: string; readonly revision: number }>();
  for await (const doc of journal.list(SHARES)) docs.set(doc.key, doc);
  return shares.map((share) => {
    const doc = docs.get(toShareKey(share));
    return doc === undefined ? { share, owner: undefined, epoch: 0, revision: 0 } : parseShare(share, doc);
  });
}

export function parseShare(share: Share, { value, revision }: { value: string; revision: number }): ShareDoc {
  const { owner, epoch } = shareSchema.parse(JSON.parse(value));
  return { share, owner, epoch, revision };
}

/** The share as another owner's, or nobody's; undefined: it was not as `doc` says any more. */
export async function passTo(
  journal: Pick<Journal, "put">,
  { share, epoch, revision }: ShareDoc,
  owner: string | undefined,
): Promise<ShareDoc | undefined> {
  const next = owner === undefined ? { epoch } : { owner, epoch: epoch + 1 };
  const written = await journal.put(toShareKey(share), JSON.stringify(next), revision);
  return written === undefined ? undefined : { share, owner, epoch: next.epoch, revision: written };
}
