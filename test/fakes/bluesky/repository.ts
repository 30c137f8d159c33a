import { toPage } from "./app-view.ts";
import type { Method } from "./app-view.ts";
import { Refused } from "./refusal.ts";
import { POSTS, toCid } from "./store.ts";
import type { Store } from "./store.ts";

const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Reading and writing records. */
export function toRepository(store: Store): Readonly<Record<string, Method>> {
  return {
    "com.atproto.identity.resolveHandle": (query) => {
      const member = store.find(query.get("handle") ?? "");
      if (member === undefined) throw new Refused(400, "HandleNotFound");
      return { did: member.did };
    },
    "com.atproto.repo.getRecord": (query) => {
      const [did, rkey] = [query.get("repo") ?? "", query.get("rkey") ?? ""];
      const status = store.members.get(did)?.status;
      if (status !== undefined) throw new Refused(400, "RepoDeactivated");
      const record = store.records.get(`at://${did}/${POSTS}/${rkey}`);
      if (record === undefined) throw new Refused(400, "RecordNotFound", "Could not locate record");
      return { uri: record.uri, cid: record.cid, value: record.value };
    },
    "com.atproto.repo.listRecords": (query) => {
      const own = [...store.records.values()].filter(({ did }) => did === query.get("repo"));
      const newestFirst = own.toSorted((a, b) => (a.rkey < b.rkey ? 1 : -1));
      return toPage(
        "records",
        newestFirst.map(({ uri, cid, value }) => ({ uri, cid, value })),
        query,
      );
    },
    "com.atproto.repo.putRecord": (_, member, { repo: whose, rkey: name, record, swapRecord }) => {
      const [repo, rkey] = [String(whose), String(name)];
      const value = record as Record<string, unknown>;
      if (repo !== member.did) throw new Refused(401, "AuthMissing");
      if (member.status === "deactivated") throw new Refused(401, "AccountDeactivated");
      if (member.status !== undefined) throw new Refused(401, "AccountTakedown");
      if (!TID.test(rkey)) throw new Refused(400, "InvalidRequest", "rkey must be a TID");
      if ([...graphemes.segment(String(value["text"]))].length > 300)
        throw new Refused(400, "InvalidRequest", "Record/text must not be longer than 300 graphemes");
      const uri = `at://${repo}/${POSTS}/${rkey}`;
      const standing = store.records.get(uri);
      if (standing !== undefined && standing.cid === toCid(value)) return { uri, cid: standing.cid };
      if (swapRecord !== undefined && standing !== undefined && swapRecord !== standing.cid)
        throw new Refused(400, "InvalidSwap", "Record was at another version");
      return { uri, cid: store.write(repo, rkey, value).cid };
    },
  };
}
