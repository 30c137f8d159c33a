import { crashingJournal, Crash, type CrashPoint } from "../test/fakes/crashing-journal.ts";
import { manualClock } from "../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { COMPANY, toTestPost } from "../test/fakes/posts.ts";
import type { Crm } from "./crm/crm.ts";
import { Misconfigured, Unavailable } from "./errors.ts";
import type { Entry, Journal } from "./journal/journal.ts";
import type { Account } from "./model/account.ts";
import type { Post } from "./model/post.ts";
import type { Claimed, Reply, ReplyOrder, Verdict } from "./model/reply.ts";
import type { Outcome } from "./flow/consume.ts";
import { openSender, type SenderParts } from "./sender.ts";
import type { Source, Tries } from "./sources/source.ts";
import { markGone } from "./tombstones.ts";

const HOUR_MS = 3_600_000;
const account: Account = {
  key: COMPANY,
  network: "test",
  handle: "nordwind",
  mode: "engage",
  textLimit: 500,
  urlLength: 23,
};
const never = new AbortController().signal;

function toReply(order: ReplyOrder = "send", attempt = 1): Reply {
  return {
    key: `row/${attempt}${order === "was-sent" || order === "left" ? `/${order}` : ""}`,
    row: "row",
    attempt,
    order,
    account: COMPANY,
  };
}

const toEntry = (reply: Reply): Entry => ({
  key: reply.key,
  partition: 0,
  seq: 1,
  appendedAt: "2026-03-02T09:00:00.000Z",
  value: JSON.stringify(reply),
});

/** Where the process dies: before the call reaches the other side, or after it has and before the answer is back. */
type When = "before" | "after";
type Step = "claim" | "publish" | "settle";

interface Deaths {
  readonly journal?: CrashPoint;
  readonly call?: { readonly step: Step; readonly when: When };
}

interface Outside {
  /** What the network shows, by idempotency key where it knows one. */
  readonly published: Post[];
  readonly row: { status: string; attempt: number; detail?: string; sentPost?: string | undefined };
  readonly claimed: Partial<Claimed>;
  readonly unforeseen: unknown[];
  readonly erased: string[];
  source: Partial<Source>;
}

function toOutside(claimed: Partial<Claimed> = {}): Outside {
  return { published: [], row: { status: "Queued", attempt: 1 }, claimed, unforeseen: [], erased: [], source: {} };
}

/** A network that tells a repeated key, and remembers it for an hour. */
const telling = { idempotentForMs: HOUR_MS };

async function run(
  outside: Outside,
  journal: Journal,
  reply: Reply,
  deaths: Deaths = {},
  sources?: SenderParts["sources"],
): Promise<void> {
  expect(await handOver(outside, journal, { reply, deaths, sources })).toBeUndefined();
}

/** What became of the reply's entry. */
async function handOver(
  outside: Outside,
  journal: Journal,
  { reply, deaths = {}, sources }: { reply: Reply; deaths?: Deaths; sources?: SenderParts["sources"] | undefined },
): Promise<Outcome> {
  const dying = crashingJournal(journal, deaths.journal);
  let dead = false;
  const at = async <T>(step: Step, action: () => T): Promise<T> => {
    if (dead) throw new Crash();
    const mine = deaths.call?.step === step;
    if (mine && deaths.call.when === "before") dead = true;
    if (dead) throw new Crash();
    const done = action();
    dead = mine;
    if (dead) throw new Crash();
    return Promise.resolve(done);
  };
  const crm: Pick<Crm, "claim" | "settle" | "erase"> = {
    claim: ([asked]) => at("claim", () => (asked === undefined ? [] : claim(outside, asked))),
    settle: (asked, verdict) => at("settle", () => settle(outside, asked, verdict)),
    erase: (posts) => Promise.resolve(void outside.erased.push(...posts.map(({ key }) => key))),
  };
  const source: Source = {
    network: "test",
    account,
    feeds: {},
    routes: () => [],
    publish: (asked) => at("publish", () => publish(outside, asked)),
    ...outside.source,
  };
  const send = openSender({
    journal: dying,
    crm,
    sources: sources ?? new Map([[COMPANY, source]]),
    clock,
    onSettled: () => undefined,
    onUnforeseen: (error) => {
      // A dead process concludes nothing.
      if (error instanceof Crash) throw error;
      outside.unforeseen.push(error);
    },
  });
  const [outcome, ...others] = await send([toEntry(reply)], never);
  expect(others).toEqual([]);
  return outcome;
}

/** As the org's rules have it: the connector goes step by step, and attempts never fall. */
function claim({ row, claimed }: Outside, reply: Reply): Claimed[] {
  const wanted = { send: "Queued", retry: "Failed", "send-again": "Checking", "was-sent": "Checking", left: "none" }[
    reply.order
  ];
  const again = row.status === "Sending" && row.attempt === reply.attempt;
  if (row.status !== wanted && !again) return [];
  if (reply.order !== "was-sent") Object.assign(row, { status: "Sending", attempt: reply.attempt });
  const answered = {
    key: "test:social.example/1",
    conversation: "test:social.example/1",
    visibility: "public" as const,
    authorHandle: "anna@social.example",
    authorKey: "test:social.example/accounts/anna",
  };
  return [{ ...reply, route: "Public reply", text: "We found it.", answered, ...claimed }];
}

function settle({ row }: Outside, reply: Reply, verdict: Verdict): void {
  if (reply.attempt < row.attempt || row.status === "Sent") return;
  Object.assign(row, {
    status: verdict.status,
    ...("detail" in verdict ? { detail: verdict.detail } : { sentPost: verdict.post }),
  });
}

function publish({ published, source }: Outside, reply: Claimed): Post {
  const key = `test:social.example/reply-to-${reply.key}`;
  const known = published.find((post) => post.key === key);
  if (known !== undefined && source.idempotentForMs !== undefined) return known;
  const post = toTestPost("1", "nordwind", { key, text: reply.text, postedAt: clock.now() });
  published.push(post);
  return post;
}

const find =
  (outside: Outside): NonNullable<Source["find"]> =>
  () =>
    Promise.resolve(outside.published[0] ?? "absent");

let clock = manualClock();
let scratch: ScratchJournal;

beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

const journalDeaths = [1, 2, 3].flatMap((write) =>
  (["before", "after"] as const).map((when) => ({ journal: { write, when } })),
);
const callDeaths = (["claim", "publish", "settle"] as const).flatMap((step) =>
  (["before", "after"] as const).map((when) => ({ call: { step, when } })),
);
const deaths = [...journalDeaths, ...callDeaths].map((death): [string, Deaths] => [JSON.stringify(death), death]);

describe.each(deaths)("the process dies at %s", (_name, death) => {
  test("a network that tells a repeated key has one post, and the row says Sent", async () => {
    const outside = toOutside();
    outside.source = telling;
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    clock.advance(60_000);
    await run(outside, await scratch.reopen(), toReply());
    expect(outside.published).toHaveLength(1);
    expect(outside.row).toMatchObject({ status: "Sent", sentPost: outside.published[0]?.key });
  });

  test("a network that can be asked has one post, and the row says Sent", async () => {
    const outside = toOutside();
    outside.source = { find: find(outside) };
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    await run(outside, await scratch.reopen(), toReply());
    expect(outside.published).toHaveLength(1);
    expect(outside.row).toMatchObject({ status: "Sent", sentPost: outside.published[0]?.key });
  });

  test("a network that tells nothing has no second post, and the row never says Sent without one", async () => {
    const outside = toOutside();
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    await run(outside, await scratch.reopen(), toReply());
    expect(outside.published.length).toBeLessThanOrEqual(1);
    expect(outside.row.status === "Checking" || outside.published.length === 1).toBe(true);
    expect(outside.row.status).toMatch(/^(Sent|Checking)$/);
  });
});

test("every write of the journal on the way to Sent is among those deaths", async () => {
  const counted = crashingJournal(scratch.journal, undefined);
  await run(toOutside(), counted, toReply());
  expect(counted.writes()).toBe(3);
});

test("what one route tells a repeated key another may not: there a person decides", async () => {
  const dies = { call: { step: "publish", when: "after" } } as const;
  for (const [route, status] of [
    ["Public reply", "Sent"],
    ["Private message", "Checking"],
  ] as const) {
    const outside = toOutside({ route });
    outside.source = { idempotentForMs: { "Public reply": Infinity } };
    const reply = { ...toReply(), key: `${route}/1` };
    await expect(run(outside, scratch.journal, reply, dies)).rejects.toThrow(Crash);
    await run(outside, scratch.journal, reply);
    expect(outside.published).toHaveLength(1);
    expect(outside.row).toMatchObject({ status });
  }
});

test("an intent whose key the network has forgotten and that it cannot look up is left to a person", async () => {
  const outside = toOutside();
  outside.source = { ...telling, find: () => Promise.resolve("unknown") };
  const death = { call: { step: "publish", when: "after" } } as const;
  await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
  clock.advance(HOUR_MS);
  await run(outside, scratch.journal, toReply());
  expect(outside.published).toHaveLength(1);
  expect(outside.row).toMatchObject({ status: "Checking" });
  expect(outside.row.detail).toMatch(/Send again/);
});

describe("a network that shows late what it took", () => {
  const DELAY_MS = 120_000;
  const lost = { call: { step: "publish", when: "after" } } as const;
  const unsent = { call: { step: "publish", when: "before" } } as const;

  /** Shows it when the delay is over. */
  function slow(outside: Outside): Partial<Source> {
    return {
      readDelayMs: DELAY_MS,
      find: (_reply, { last }) => {
        const isSettled = Date.parse(clock.now()) - Date.parse(last) >= DELAY_MS;
        return Promise.resolve(isSettled ? (outside.published[0] ?? "absent") : "unknown");
      },
    };
  }

  test.each([
    ["published", lost],
    ["not published", unsent],
  ])("is given its time before anybody is asked: %s", async (_what, deaths) => {
    const outside = toOutside();
    outside.source = slow(outside);
    await expect(run(outside, scratch.journal, toReply(), deaths)).rejects.toThrow(Crash);
    clock.advance(20_000);
    const waits = await handOver(outside, await scratch.reopen(), { reply: toReply() });
    expect(waits).toBeInstanceOf(Unavailable);
    expect(waits).toMatchObject({ retryAfterMs: DELAY_MS - 20_000 });
    expect(outside.row.status).toBe("Sending");
    clock.advance(DELAY_MS - 20_000);
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Sent");
    expect(outside.published).toHaveLength(1);
  });

  test("and a person decides when it cannot tell even then", async () => {
    const outside = toOutside();
    outside.source = { readDelayMs: DELAY_MS, find: () => Promise.resolve("unknown") };
    await expect(run(outside, scratch.journal, toReply(), lost)).rejects.toThrow(Crash);
    expect(await handOver(outside, scratch.journal, { reply: toReply() })).toBeInstanceOf(Unavailable);
    clock.advance(DELAY_MS);
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Checking");
    expect(outside.published).toHaveLength(1);
  });

  test("the time counts from when it was about to be published, however long the claim took", async () => {
    const outside = toOutside();
    outside.source = { ...slow(outside), publish: () => Promise.reject(new Unavailable("time-out")) };
    await expect(run(outside, scratch.journal, toReply(), { call: { step: "claim", when: "after" } })).rejects.toThrow(
      Crash,
    );
    clock.advance(DELAY_MS);
    await expect(run(outside, scratch.journal, toReply())).rejects.toThrow("time-out");
    clock.advance(DELAY_MS / 2);
    const waits = await handOver(outside, scratch.journal, { reply: toReply() });
    expect(waits).toMatchObject({ retryAfterMs: DELAY_MS / 2 });
  });
});

test("a try that was cut off is given time to end before it is repeated under the same key", async () => {
  const outside = toOutside();
  outside.source = { ...telling, tryEndsAfterMs: 10_000, find: () => Promise.resolve("unknown") };
  const lost = { call: { step: "publish", when: "after" } } as const;
  await expect(run(outside, scratch.journal, toReply(), lost)).rejects.toThrow(Crash);
  clock.advance(4_000);
  const waits = await handOver(outside, await scratch.reopen(), { reply: toReply() });
  expect(waits).toMatchObject({ retryAfterMs: 6_000 });
  expect(outside.published).toHaveLength(1);
  clock.advance(6_000);
  await run(outside, scratch.journal, toReply());
  expect(outside.row.status).toBe("Sent");
  expect(outside.published).toHaveLength(1);
});

test("what was carried is not carried again when another one of the batch has to wait", async () => {
  const outside = toOutside();
  let isDown = true;
  const settled: string[] = [];
  const second = { ...toReply(), key: "other/1", row: "other" };
  const send = openSender({
    journal: scratch.journal,
    crm: {
      claim: ([asked]) => Promise.resolve(asked === undefined ? [] : claim(toOutside(), asked)),
      settle: (asked) => Promise.resolve(void settled.push(asked.key)),
      erase: () => Promise.resolve(),
    },
    sources: new Map([
      [
        COMPANY,
        {
          network: "test",
          account,
          feeds: {},
          routes: () => [],
          ...telling,
          publish: (asked) =>
            asked.row === "other" && isDown
              ? Promise.reject(new Unavailable("down"))
              : Promise.resolve(publish(outside, asked)),
        },
      ],
    ]),
    clock,
    onSettled: () => undefined,
    onUnforeseen: () => undefined,
  });
  const entries = [toEntry(toReply()), toEntry(second)];
  await expect(send(entries, never)).rejects.toThrow("down");
  isDown = false;
  expect(await send(entries, never)).toEqual([undefined, undefined]);
  expect(settled).toEqual(["row/1", "other/1"]);
});

describe("a row that has been Sending for long", () => {
  const sending = { status: "Sending", attempt: 1 };

  test("is left to a person where the journal knows nothing of it", async () => {
    const outside = toOutside();
    Object.assign(outside.row, sending);
    await run(outside, scratch.journal, toReply("left"));
    expect(outside.row.status).toBe("Checking");
    expect(outside.published).toEqual([]);
  });

  test("is let be where its attempt waits in the log, or is in the ledger", async () => {
    const outside = toOutside();
    Object.assign(outside.row, sending);
    await scratch.journal.append("replies", [toEntry(toReply())]);
    await run(outside, scratch.journal, toReply("left"));
    expect(outside.row).toEqual(sending);
  });
});

test("an entry that holds no reply is refused before anything is touched", async () => {
  const outside = toOutside();
  const odd = { ...toReply(), order: "shout" } as unknown as Reply;
  await expect(run(outside, scratch.journal, odd)).rejects.toThrow(/order/);
  expect(outside.row).toEqual({ status: "Queued", attempt: 1 });
});

test("the network is told when the attempt was first and last about to be published", async () => {
  const outside = toOutside();
  const asked: Tries[] = [];
  const busy = { publish: () => Promise.reject(new Unavailable("busy")) };
  const look: NonNullable<Source["find"]> = (_reply, tries) => {
    asked.push(tries);
    return Promise.resolve("absent");
  };
  const [first, second] = [clock.now(), new Date(Date.parse(clock.now()) + HOUR_MS).toISOString()];
  outside.source = { ...busy, find: look };
  await expect(run(outside, scratch.journal, toReply())).rejects.toThrow(Unavailable);
  clock.advance(HOUR_MS);
  await expect(run(outside, scratch.journal, toReply())).rejects.toThrow(Unavailable);
  outside.source = { find: look };
  await run(outside, await scratch.reopen(), toReply());
  expect(asked).toMatchObject([
    { first, last: first },
    { first, last: second },
  ]);
  expect(outside.row.status).toBe("Sent");
});

test("an answer that is another row's is told from one in the same words that died", async () => {
  const [one, other] = [toOutside(), toOutside()];
  const published: Post[] = [];
  const source = { find: openFind(published) };
  Object.assign(one, { published, source });
  Object.assign(other, { published, source });
  await run(one, scratch.journal, toReply());
  const second = { ...toReply(), key: "row-two/1", row: "row-two" };
  await expect(run(other, scratch.journal, second, { call: { step: "publish", when: "before" } })).rejects.toThrow(
    Crash,
  );
  await run(other, await scratch.reopen(), second);
  expect(published).toHaveLength(2);
  expect(other.row).toMatchObject({ status: "Sent", sentPost: published[1]?.key });
});

/** A network that knows its posts by their words only. */
function openFind(published: readonly Post[]): NonNullable<Source["find"]> {
  return async (_reply, { isOthers }) => {
    for (const post of published) if ((await isOthers?.(post.key)) !== true) return post;
    return "absent";
  };
}

test("our post that was deleted before the row said Sent has its words taken away again", async () => {
  const outside = toOutside();
  const key = `test:social.example/reply-to-${toReply().key}`;
  await markGone(scratch.journal, key, clock.now());
  await run(outside, scratch.journal, toReply());
  expect(outside.row).toMatchObject({ status: "Sent", sentPost: key });
  expect(outside.erased).toEqual([key]);
});

test("a reply whose account may yet come up stays Queued", async () => {
  const outside = toOutside();
  const waiting = {
    get: () => {
      throw new Unavailable("not connected yet");
    },
  };
  await expect(run(outside, scratch.journal, toReply(), {}, waiting)).rejects.toThrow(Unavailable);
  expect(outside.row).toEqual({ status: "Queued", attempt: 1 });
  await run(outside, scratch.journal, toReply());
  expect(outside.row.status).toBe("Sent");
});

describe("what hangs is decided by a person", () => {
  async function hanging(): Promise<Outside> {
    const outside = toOutside();
    const death = { call: { step: "publish", when: "after" } } as const;
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Checking");
    return outside;
  }

  test("“Was sent” says Sent with the post that the network shows, and publishes nothing", async () => {
    const outside = await hanging();
    outside.source = { find: find(outside) };
    await run(outside, scratch.journal, toReply("was-sent"));
    expect(outside.row).toMatchObject({ status: "Sent", sentPost: outside.published[0]?.key });
    expect(outside.published).toHaveLength(1);
  });

  test("“Was sent” is believed where the network shows nothing", async () => {
    const outside = await hanging();
    await run(outside, scratch.journal, toReply("was-sent"));
    expect(outside.row).toMatchObject({ status: "Sent", sentPost: undefined });
    expect(outside.published).toHaveLength(1);
  });

  test("“Was sent” is believed though nothing could be sent now", async () => {
    const outside = await hanging();
    Object.assign(outside.claimed, { answered: undefined, text: "" });
    outside.source = { account: { ...account, mode: "listen-only" } };
    await run(outside, scratch.journal, toReply("was-sent"));
    expect(outside.row).toMatchObject({ status: "Sent" });
  });

  test("“Send again” is an attempt of its own", async () => {
    const outside = await hanging();
    await run(outside, scratch.journal, toReply("send-again", 2));
    expect(outside.published.map(({ key }) => key)).toEqual([
      "test:social.example/reply-to-row/1",
      "test:social.example/reply-to-row/2",
    ]);
    expect(outside.row).toMatchObject({ status: "Sent", attempt: 2 });
  });
});

describe("what the network does", () => {
  test("Unavailable is thrown, and the next turn sends", async () => {
    const outside = toOutside();
    outside.source = { publish: () => Promise.reject(new Unavailable("busy")), ...telling };
    await expect(run(outside, scratch.journal, toReply())).rejects.toThrow(Unavailable);
    expect(outside.row.status).toBe("Sending");
    outside.source = telling;
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Sent");
  });

  test("Misconfigured stops the service", async () => {
    const outside = toOutside();
    outside.source = { publish: () => Promise.reject(new Misconfigured("no")) };
    await expect(run(outside, scratch.journal, toReply())).rejects.toThrow(Misconfigured);
  });

  test("a refusal fails the reply in the network's words", async () => {
    const outside = toOutside();
    outside.source = { publish: () => Promise.resolve({ reason: "refused", detail: "It is too long." }) };
    await run(outside, scratch.journal, toReply());
    expect(outside.row).toMatchObject({ status: "Failed", detail: "It is too long." });
  });

  test.each<readonly [string, NonNullable<Source["publish"]>]>([
    ["rejects", () => Promise.reject(new RangeError("what?"))],
    [
      "throws at once",
      () => {
        throw new RangeError("what?");
      },
    ],
  ])("a client that %s in an unforeseen way leaves it to a person", async (_how, broken) => {
    const outside = toOutside();
    outside.source = { publish: broken, ...telling };
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Checking");
    expect(outside.unforeseen).toHaveLength(1);
  });

  test("a look-up that fails in an unforeseen way leaves it to a person", async () => {
    const outside = toOutside();
    const death = { call: { step: "publish", when: "after" } } as const;
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    outside.source = { find: () => Promise.reject(new RangeError("what?")) };
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Checking");
    expect(outside.published).toHaveLength(1);
  });
});

describe("what may not leave fails with a sentence, and nothing is published", () => {
  const privately = {
    key: "test:social.example/1",
    conversation: undefined,
    visibility: "private" as const,
    authorHandle: "anna@social.example",
    authorKey: "test:social.example/accounts/anna",
  };
  test.each<readonly [string, Partial<Claimed>, Partial<Source>, RegExp]>([
    ["an account that only listens", {}, { account: { ...account, mode: "listen-only" } }, /only listens/],
    ["a private message answered in public", { answered: privately }, {}, /privately/],
    ["a private message answered to the many", { answered: privately, route: "Broadcast" }, {}, /privately/],
    ["a post that is gone", { answered: undefined }, {}, /no longer in the CRM/],
    ["what the CRM holds back", { refused: { detail: "House rule.", mayBeOut: false } }, {}, /^House rule\.$/],
    ["no words", { text: " \n" }, {}, /no text/],
  ])("%s", async (_name, claimed, source, sentence) => {
    const outside = toOutside(claimed);
    outside.source = source;
    await run(outside, scratch.journal, toReply());
    expect(outside.row).toMatchObject({ status: "Failed" });
    expect(outside.row.detail).toMatch(sentence);
    expect(outside.published).toEqual([]);
  });

  test("an account that we have not", async () => {
    const outside = toOutside();
    await run(outside, scratch.journal, { ...toReply(), account: undefined });
    expect(outside.row).toMatchObject({ status: "Failed" });
    expect(outside.row.detail).toMatch(/not connected/);
  });

  test("but what may have left already is not called failed", async () => {
    const outside = toOutside();
    const death = { call: { step: "publish", when: "after" } } as const;
    await expect(run(outside, scratch.journal, toReply(), death)).rejects.toThrow(Crash);
    outside.source = { account: { ...account, mode: "listen-only" }, ...telling };
    await run(outside, scratch.journal, toReply());
    expect(outside.row.status).toBe("Checking");
  });
});

test("what is not ours to send is let be: no post, no verdict", async () => {
  const outside = toOutside();
  outside.row.status = "Sent";
  await run(outside, scratch.journal, toReply());
  expect(outside.published).toEqual([]);
  expect(outside.row).toEqual({ status: "Sent", attempt: 1 });
});

test("our published post goes the way of all posts, with the conversation that it answers", async () => {
  const outside = toOutside();
  await run(outside, scratch.journal, toReply());
  const entry = await scratch.journal.find("posts", "test:social.example/reply-to-row/1#0");
  expect(JSON.parse(entry?.value ?? "{}")).toMatchObject({ post: { conversation: "test:social.example/1" } });
});
