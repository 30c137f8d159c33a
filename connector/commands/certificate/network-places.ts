import { Unavailable } from "../../errors.ts";
import type { Key } from "../../model/glossary.ts";
import type { Source } from "../../sources/source.ts";
import type { CertifiedPlace } from "./certificate.ts";

/** Older than any: whatever stands on the network is newer, and is told. */
const NO_VERSION = -1;

/** Does the network still show the post to this account of ours? */
export async function lookOnNetwork(source: Source, post: Key, signal: AbortSignal): Promise<CertifiedPlace> {
  const where = `${source.network}, as ${source.account.handle} sees it`;
  if (source.recheck === undefined)
    return { room: "network", where, holds: "unknown", detail: "Posts of this kind cannot be read again" };
  try {
    for await (const events of source.recheck([{ key: post, version: NO_VERSION }], signal)) {
      const deleted = events.some((event) => event.type === "deleted" && event.post === post);
      if (deleted) return { room: "network", where, holds: "nothing", detail: "The network no longer shows it" };
      if (events.some((event) => event.type !== "deleted" && event.post.key === post))
        return { room: "network", where, holds: "words", detail: "The network still shows it" };
    }
    return { room: "network", where, holds: "unknown", detail: "The network does not say whether it stands" };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { room: "network", where, holds: "unknown", detail: error.message };
  }
}
