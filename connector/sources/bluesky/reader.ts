import type { Clock } from "../../clock.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Post } from "../../model/post.ts";
import type { Log } from "../../telemetry.ts";
import type { Profiles } from "./profiles.ts";
import { WireMessage, WirePost, WireView } from "./schema.ts";
import { toMessage, toPost } from "./to-post.ts";
import type { Perspective, Said } from "./to-post.ts";
import type { PostUri } from "./uri.ts";
import { toPostUri } from "./uri.ts";

/** A record as it travelled, with where it stands. */
export interface WireSaid extends PostUri {
  readonly record: unknown;
  readonly version: number;
  readonly cid: string | undefined;
  /** When the network first showed it, where it told us. */
  readonly shownAt?: IsoTime | undefined;
}

/** Makes posts of what the network sent. What makes no sense is left out. */
export interface Reader {
  posts(said: readonly WireSaid[], signal: AbortSignal): Promise<readonly Post[]>;
  messages(
    said: readonly { readonly convoId: string; readonly wire: unknown }[],
    signal: AbortSignal,
  ): Promise<readonly Post[]>;
}

/** What makes no sense is counted and told to the operator without its text, and never stops a feed. */
export function toReader(us: Perspective, parts: { profiles: Profiles; clock: Clock; log: Log }): Reader {
  const { profiles, clock, log } = parts;
  let skipped = 0;
  const skip = (fields: readonly string[]) => {
    skipped++;
    log.warn({ account: us.account.key, fields, skipped }, "a post could not be read and is skipped");
  };
  return {
    posts: async (wires, signal) => {
      const said = wires.flatMap((wire): readonly Said[] => {
        const record = WirePost.safeParse(wire.record);
        if (record.success) return [{ ...wire, record: record.data }];
        skip(record.error.issues.map(({ path }) => path.join(".")));
        return [];
      });
      const authors = await profiles.read(
        said.map(({ did }) => did),
        signal,
      );
      return said.flatMap((one) => {
        const author = authors.get(one.did);
        return author === undefined ? [] : [toPost(one, author, us, clock.now())];
      });
    },
    messages: async (wires, signal) => {
      const said = wires.flatMap(({ convoId, wire }) => {
        const message = WireMessage.safeParse(wire);
        if (message.success) return [{ convoId, wire: message.data }];
        skip(message.error.issues.map(({ path }) => path.join(".")));
        return [];
      });
      const authors = await profiles.read(
        said.map(({ wire }) => wire.sender.did),
        signal,
      );
      return said.flatMap((one) => {
        const author = authors.get(one.wire.sender.did);
        return (author && toMessage(one, author, us, clock.now())) ?? [];
      });
    },
  };
}

/** What the network's index shows, as it stands in its author's repository; undefined: it makes no sense. */
export function toSaid(view: unknown, version = 0): WireSaid | undefined {
  const wire = WireView.safeParse(view).data;
  const address = wire && toPostUri(wire.uri);
  return address && { ...address, record: wire.record, version, cid: wire.cid };
}
