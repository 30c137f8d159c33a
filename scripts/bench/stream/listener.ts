import { pino } from "pino";
import { WebSocket } from "ws";
import { systemClock } from "../../../connector/clock.ts";
import { toJetstream } from "../../../connector/sources/bluesky/jetstream/feed.ts";
import { openTold } from "../../../connector/sources/bluesky/jetstream/told.ts";
import type { Profile } from "../../../connector/sources/bluesky/profiles.ts";
import { toReader } from "../../../connector/sources/bluesky/reader.ts";
import { NOTHING_HEARD } from "../../../connector/sources/heard.ts";
import { toWordSearch } from "../../../connector/sources/matched-words.ts";
import { toMb } from "../bringer.ts";
import { OUR_DID, WORDS } from "./to-frame.ts";

/** A process that hears a stream to its last frame, as the connector does or as one does by hand, and tells what it took. */
const [way = "", url = "", last = ""] = process.argv.slice(2);
const frames = Number(last);

async function hear(): Promise<number> {
  const clock = systemClock;
  const log = pino({ level: "silent" });
  const account = { key: "bluesky:us/profile", network: "bluesky", handle: "nordwind", mode: "engage" } as const;
  const us = { account: { ...account, textLimit: 300, urlLength: 0 }, ourDid: OUR_DID, findWords: toWordSearch(WORDS) };
  const profiles = {
    read: (dids: readonly string[]) => Promise.resolve(new Map(dids.map((did) => [did, toProfile(did)]))),
    forget: () => undefined,
  };
  const feed = toJetstream({
    ask: () => Promise.reject(new Error("Nothing is asked here")),
    us,
    profiles,
    read: toReader(us, { profiles, clock, log }),
    clock,
    isSibling: () => false,
    told: openTold(NOTHING_HEARD, clock),
    jetstream: url,
    words: WORDS,
  });
  let posts = 0;
  const cursor = JSON.stringify({ at: clock.now() });
  for await (const { items, cursor: reached } of feed(cursor, new AbortController().signal)) {
    posts += items.length;
    if ((JSON.parse(reached) as { readonly seq?: number }).seq === frames) break;
  }
  return posts;
}

function toProfile(did: string): Profile {
  const persona = { key: `bluesky:${did}/profile`, network: "bluesky", handle: did, displayName: "" };
  return { persona, noMessages: undefined };
}

/** Each frame is parsed, and its text is looked through. */
async function hearByHand(): Promise<number> {
  const socket = new WebSocket(url, ["xrpc.v1.json"]);
  let posts = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (bytes: Buffer) => {
      const { payload } = JSON.parse(bytes.toString()) as { payload: { seq: number; record?: { text?: string } } };
      const text = payload.record?.text?.toLowerCase() ?? "";
      if (WORDS.some((word) => text.includes(word))) posts++;
      if (payload.seq === frames) resolve();
    });
  });
  socket.terminate();
  return posts;
}

const before = process.memoryUsage().rss;
let most = before;
const watching = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
const started = performance.now();
const spent = process.cpuUsage();
const posts = await (way === "earshot" ? hear() : hearByHand());
const { user, system } = process.cpuUsage(spent);
const seconds = (performance.now() - started) / 1000;
most = Math.max(most, process.memoryUsage().rss);
clearInterval(watching);
process.send?.({
  posts,
  framesPerSecond: Math.round(frames / seconds),
  cpuMicrosPerFrame: Math.round(((user + system) / frames) * 10) / 10,
  addedMb: toMb(most - before),
});
process.on("disconnect", () => process.exit());
