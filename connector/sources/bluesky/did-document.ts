import { request } from "../asking/request.ts";
import { WireDidDocument } from "./schema.ts";

/** What a DID stands for: who somebody is and where their account is. */
export interface Identity {
  readonly handle: string | undefined;
  /** The server that holds the account. */
  readonly server: string | undefined;
}

/** Looks it up where it is written down: the directory `plc`, or the DID's own web site. undefined: it is nowhere. */
export async function readIdentity(did: string, plc: string, signal: AbortSignal): Promise<Identity | undefined> {
  const address = toDocumentAddress(did, plc);
  if (address === undefined) return undefined;
  const { status, body } = await request({ address }, signal);
  return status === 200 ? toIdentity(body) : undefined;
}

export function toIdentity(document: unknown): Identity | undefined {
  const read = WireDidDocument.safeParse(document).data;
  if (read === undefined) return undefined;
  return {
    handle: read.alsoKnownAs.find((name) => name.startsWith("at://"))?.slice("at://".length),
    server: read.service.find(({ id }) => id.endsWith("#atproto_pds"))?.serviceEndpoint,
  };
}

function toDocumentAddress(did: string, plc: string): URL | undefined {
  if (did.startsWith("did:plc:")) return new URL(`/${did}`, plc);
  const host = /^did:web:([\w.-]+)$/.exec(did)?.[1];
  return host === undefined ? undefined : new URL(`https://${host}/.well-known/did.json`);
}
