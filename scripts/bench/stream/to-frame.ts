export const OUR_DID = "did:plc:nordwind";
const TYPE = "network.bsky.jetstream.subscribeEvents#commit";
/** Ten, as a coordinator may write them. */
export const WORDS = [
  "nordwind",
  "nordwind air",
  "lost luggage",
  "delayed flight",
  "rebooking",
  "boarding pass",
  "gate change",
  "cabin crew",
  "frequent flyer",
  "missed connection",
];
const TEXTS = [
  "Good morning! Coffee first, then we will see what the day brings.",
  "The new album is out and I have had it on repeat since midnight, what a record.",
  "Hat jemand einen Tipp für einen guten Italiener in Leipzig? Am liebsten mit Terrasse.",
  "今日はとても天気がいいので、公園を散歩してきました。桜がもうすぐ咲きそうです。",
  "Thread: what I have learned about sourdough after a year of failing every single weekend (1/12)",
  "lol same",
];
/** One in so many is ours to read: it names us, or has a word. */
const CONCERNS_EVERY = 500;

/** The frame of this number, as the network's stream would send it: a post in most cases, some edits and deletions. */
export function toFrame(seq: number, last: number): string {
  const concerns = seq === last || seq % CONCERNS_EVERY === 0;
  const operation = seq % 25 === 0 && !concerns ? (seq % 50 === 0 ? "delete" : "update") : "create";
  const did = `did:plc:${String(seq % 20_000).padStart(24, "a")}`;
  const text = concerns ? "@nordwind my lost luggage is still in Oslo" : (TEXTS[seq % TEXTS.length] ?? "");
  const record = {
    $type: "app.bsky.feed.post",
    createdAt: "2026-03-02T09:00:00.000Z",
    langs: ["en"],
    ...(concerns ? { facets: [{ index: { byteStart: 0, byteEnd: 9 }, features: [{ did: OUR_DID }] }] } : {}),
    ...(seq % 2 === 0 ? { reply: { root: toRef(seq - 9), parent: toRef(seq - 3) } } : {}),
    text,
  };
  const payload = {
    $type: TYPE,
    seq,
    did,
    time: "2026-03-02T09:00:00.000000Z",
    rev: toRkey(seq),
    operation,
    collection: "app.bsky.feed.post",
    rkey: toRkey(seq),
    ...(operation === "delete" ? {} : { cid: `bafyrei${"q".repeat(52)}`, record }),
  };
  return JSON.stringify({ $type: "message", payload });
}

function toRef(seq: number): object {
  const did = `did:plc:${String(Math.abs(seq) % 20_000).padStart(24, "b")}`;
  return { uri: `at://${did}/app.bsky.feed.post/${toRkey(Math.abs(seq))}`, cid: `bafyrei${"z".repeat(52)}` };
}

function toRkey(seq: number): string {
  return `3l3${seq
    .toString()
    .replace(/[0189]/g, "q")
    .padStart(10, "2")}`;
}
