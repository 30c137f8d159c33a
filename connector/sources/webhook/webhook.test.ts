import { readFileSync } from "node:fs";
import path from "node:path";
import { Misconfigured, Refused } from "../../errors.ts";
import type { PostEvent } from "../../model/post.ts";
import type { RawRequest } from "../source.ts";
import {
  CART,
  CHAT,
  CHAT_ANSWER,
  COMPLETE,
  DELETION,
  EDIT,
  NOW,
  OTHER_SECRET,
  REVIEW,
  SECRET,
  SURVEY,
  toBody,
  toRequest,
} from "./fixtures/deliveries.ts";
import { LONGEST_BODY, openWebhook } from "./index.ts";
import { toJsonSchema } from "./schema.ts";

const open = (secret = SECRET) => openWebhook({ name: "shop", label: "Nordwind", secret, secretEnv: "EARSHOT_SHOP" });
const source = await open();

function receive(request: RawRequest, now = NOW) {
  const delivery = source.receive?.(request, now);
  if (delivery === undefined) throw new Error("It receives nothing");
  return delivery;
}

function hear(...events: readonly unknown[]): readonly PostEvent[] {
  return receive(toRequest(toBody(...events))).events;
}

function post(event: unknown) {
  const [heard] = hear(event);
  if (heard === undefined || heard.type === "deleted") throw new Error("It is no post");
  return heard.post;
}

/** What the sender is told. */
function refusal(request: RawRequest, now = NOW): Refused {
  try {
    receive(request, now);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error("It was taken");
}

const faultOf = (event: unknown): string => refusal(toRequest(toBody(event))).message;
const good = toRequest(toBody(REVIEW));
const withHeaders = (headers: RawRequest["headers"]): RawRequest => ({
  ...good,
  headers: { ...good.headers, ...headers },
});

describe("what is told", () => {
  test("a review comes in our words", () => {
    expect(hear(REVIEW)).toEqual([
      {
        type: "posted",
        key: "webhook:shop/review/7#0",
        post: {
          key: "webhook:shop/review/7",
          network: "fly-reviews",
          account: "webhook:shop/account",
          sourceClass: "review",
          kind: "review",
          visibility: "public",
          direction: "inbound",
          conversation: "webhook:shop/review/7",
          author: {
            key: "webhook:shop/authors/c-991",
            network: "fly-reviews",
            handle: "anna",
            displayName: "Anna Berg",
          },
          text: "Two hours late, and nobody told us why.",
          version: 0,
          postedAt: "2026-03-02T08:58:00.000Z",
          detectedAt: NOW,
          url: "https://reviews.example/7",
        },
      },
    ]);
  });

  test("an edit counts by its time, a deletion names what is gone", () => {
    const version = Date.parse(EDIT.editedAt);
    expect(hear(EDIT, DELETION)).toMatchObject([
      { type: "edited", key: `webhook:shop/review/7#${version}`, post: { version, text: "Two hours late." } },
      {
        type: "deleted",
        key: "webhook:shop/review/7#gone",
        post: "webhook:shop/review/7",
        at: "2026-03-02T08:59:30.000Z",
      },
    ]);
  });

  test("a stretch that is complete is no event", () => {
    const from = "2026-03-01T00:00:00Z";
    expect(receive(toRequest(toBody(COMPLETE, { ...COMPLETE, from })))).toEqual({
      events: [],
      complete: [
        { from: undefined, to: "2026-03-02T08:59:59.000Z" },
        { from: "2026-03-01T00:00:00.000Z", to: "2026-03-02T08:59:59.000Z" },
      ],
    });
  });

  test("a signal is a plain sentence", () => {
    expect(post(CART)).toMatchObject({
      kind: "signal",
      sourceClass: "signal",
      visibility: "public",
      text: "Abandoned cart: value 129.90 EUR, items 3, voucher no.",
    });
    expect(post({ ...CART, signal: { name: "new booking" } }).text).toBe("New booking.");
  });

  test("what the company said elsewhere is ours", () => {
    expect(post(CHAT_ANSWER)).toMatchObject({
      direction: "outbound",
      author: { key: "webhook:shop/account", handle: "shop", displayName: "Nordwind" },
      parent: "webhook:shop/chat-5/1",
      conversation: "webhook:shop/chat-5",
    });
  });

  test.each([
    { title: "a survey answer", event: SURVEY, visibility: "private", sourceClass: "offline" },
    { title: "a chat", event: CHAT, visibility: "private", sourceClass: "message" },
    { title: "a review", event: REVIEW, visibility: "public", sourceClass: "review" },
    { title: "an article", event: { ...REVIEW, kind: "article" }, visibility: "public", sourceClass: "news" },
    { title: "a comment", event: { ...REVIEW, kind: "comment" }, visibility: "public", sourceClass: "community" },
    { title: "a mention", event: { ...REVIEW, kind: "mention" }, visibility: "public", sourceClass: "microblog" },
    {
      title: "a survey that everybody may read",
      event: { ...SURVEY, visibility: "public" },
      visibility: "public",
      sourceClass: "offline",
    },
  ])("$title is $visibility, of class $sourceClass", ({ event, visibility, sourceClass }) => {
    expect(post(event)).toMatchObject({ visibility, sourceClass });
  });

  test.each([
    { title: "that is named", event: { ...REVIEW, conversation: "trip-1" }, conversation: "webhook:shop/trip-1" },
    { title: "of a public answer is not known yet", event: { ...REVIEW, parent: "x" }, conversation: undefined },
    {
      title: "of private words is the exchange with their author",
      event: SURVEY,
      conversation: "webhook:shop/private/c-991",
    },
  ])("the conversation $title", ({ event, conversation }) => {
    expect(post(event).conversation).toBe(conversation);
  });

  test("signs in an id that mean something in a key are written otherwise, and stay different", () => {
    const ids = ["a#1", "a|1", "a%231", "a 1", "ä/1?x=1"];
    const keys = hear(...ids.map((id) => ({ ...REVIEW, id }))).map(({ key }) => key);
    expect(keys).toEqual(["a%231", "a%7C1", "a%25231", "a 1", "ä/1?x=1"].map((id) => `webhook:shop/${id}#0`));
    expect(post({ ...REVIEW, id: "x".repeat(200), author: { id: "y".repeat(200), handle: "@" } })).toMatchObject({
      author: { handle: "@", displayName: "" },
    });
  });

  test("text is well-formed and without control characters", () => {
    expect(post({ ...REVIEW, text: " why \ud800\u0000\u001b[31m?\n\n\n\nnow \t\n" }).text).toBe(
      "why \ufffd[31m?\n\nnow",
    );
  });

  test("media and addresses come as addresses", () => {
    const media = [{ url: "https://m.example/a b.jpg", kind: "image", description: "A torn bag" }];
    const author = { ...REVIEW.author, profileUrl: "https://reviews.example/u/ä", avatarUrl: "http://a.example" };
    expect(post({ ...REVIEW, media, author })).toMatchObject({
      media: [{ url: "https://m.example/a%20b.jpg", kind: "image", description: "A torn bag" }],
      author: { profileUrl: "https://reviews.example/u/%C3%A4", avatarUrl: "http://a.example/" },
    });
  });

  test("nothing of it can be answered, and the reason is told", () => {
    for (const [event, reason] of [
      [REVIEW, /another system/],
      [SURVEY, /not said online/],
      [CART, /nobody wrote it/],
      [CHAT_ANSWER, /your company/],
    ] as const) {
      const routes = source.routes(post(event), NOW);
      expect(routes.map(({ kind }) => kind)).toEqual(["Public reply", "Private message"]);
      for (const { blocked } of routes) {
        expect(blocked).toMatch(/^This cannot be answered here: /);
        expect(blocked).toMatch(reason);
      }
    }
    expect(source).not.toHaveProperty("publish");
    expect(source.account.mode).toBe("listen-only");
  });
});

describe("a signature", () => {
  test.each([
    ["none", { "webhook-signature": undefined }, 401],
    ["an empty one", { "webhook-signature": "" }, 401],
    ["another one", { "webhook-signature": `v1,${Buffer.alloc(32).toString("base64")}` }, 401],
    ["half of it", { "webhook-signature": good.headers["webhook-signature"]?.slice(0, 20) }, 401],
    ["one of another kind", { "webhook-signature": good.headers["webhook-signature"]?.replace("v1,", "v1a,") }, 401],
    ["one without its kind", { "webhook-signature": good.headers["webhook-signature"]?.replace("v1,", "") }, 401],
    ["one for another id", { "webhook-id": "msg_2" }, 401],
    ["one for another second", { "webhook-timestamp": String(Date.parse(NOW) / 1000 + 1) }, 401],
    ["no id", { "webhook-id": undefined }, 400],
    ["an id with a full stop", { "webhook-id": "msg.1" }, 400],
    ["no time", { "webhook-timestamp": undefined }, 400],
    ["a time that is none", { "webhook-timestamp": "1e9" }, 400],
    ["a time before the time", { "webhook-timestamp": "-1" }, 400],
  ])("%s: refused", (_, headers, status) => {
    expect(refusal(withHeaders(headers)).status).toBe(status);
  });

  test("holds for these bytes alone", () => {
    const spaced = Buffer.from(`${Buffer.from(good.body).toString()} `);
    expect(refusal({ ...good, body: spaced }).message).toMatch(/sign the very bytes/);
    expect(refusal(toRequest(good.body, { secret: OTHER_SECRET })).status).toBe(401);
  });

  test("one of several will do, and one of several secrets", async () => {
    const { "webhook-signature": signature = "" } = good.headers;
    const two = { "webhook-signature": `v1a,x v1,${Buffer.alloc(32).toString("base64")} ${signature}` };
    expect(receive(withHeaders(two)).events).toHaveLength(1);
    const changing = await open(`${OTHER_SECRET}, ${SECRET}`);
    for (const secret of [SECRET, OTHER_SECRET])
      expect(changing.receive?.(toRequest(good.body, { secret }), NOW).events).toHaveLength(1);
  });

  test("is good for five minutes, either way", () => {
    const at = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString();
    for (const minutes of [-5, 0, 5]) expect(receive(good, at(minutes)).events).toHaveLength(1);
    for (const minutes of [-5.1, 5.1]) {
      const { status, message } = refusal(good, at(minutes));
      expect(status).toBe(401);
      expect(message).toMatch(/clock/);
    }
  });

  test.each([
    ["", /holds no secret/],
    ["hush", /whsec_/],
    ["whsec_***", /base64/],
    [`whsec_${Buffer.from("short").toString("base64")}`, /24 to 64 bytes/],
    [`${SECRET} ${SECRET.slice(0, 20)}`, /24 to 64 bytes/],
  ])("a secret like %j is told, and not repeated", (secret, told) => {
    const opening = () => open(secret);
    expect(opening).toThrow(Misconfigured);
    expect(opening).toThrow(told);
    expect(opening).toThrow(/EARSHOT_SHOP/);
    expect(opening).not.toThrow(/hush|\*\*\*|c2hvcnQ/);
  });
});

describe("a body", () => {
  test("that is too long is refused before anything else is looked at", () => {
    const body = Buffer.alloc(LONGEST_BODY + 1, " ");
    expect(refusal({ headers: {}, body }).status).toBe(413);
    const longest = toBody(REVIEW).padEnd(LONGEST_BODY, " ");
    expect(receive(toRequest(longest)).events).toHaveLength(1);
  });

  test.each([
    [{ "content-type": "text/plain" }, /content-type/],
    [{ "content-type": undefined }, /content-type/],
    [{ "content-type": "application/json; charset=latin1" }, /content-type/],
    [{ "content-encoding": "gzip" }, /compressed/],
  ])("with headers %j is refused", (headers, told) => {
    expect(refusal(withHeaders(headers)).message).toMatch(told);
  });

  test.each(["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])("may come as %s", (type) => {
    expect(receive(withHeaders({ "content-type": type })).events).toHaveLength(1);
  });

  test.each([
    ["no JSON", "{", /JSON in UTF-8/],
    ["nothing", "", /JSON in UTF-8/],
    ["no UTF-8", Buffer.from([0x22, 0xff, 0x22]), /JSON in UTF-8/],
    ["deep nesting", "[".repeat(500_000) + "]".repeat(500_000), /must be an object/],
    ["a list", "[]", /the body: must be an object/],
    ["no events", "{}", /events: is missing/],
    ["an empty list", '{"events":[]}', /events: must have 1 at least/],
    ["too many", toBody(...Array.from({ length: 1001 }, () => 1)), /events: must have 1000 at most/],
    ["something beside", '{"events":[1],"event":2}', /not known: "event"/],
  ])("of %s is refused", (_, body, told) => {
    const { status, message } = refusal(toRequest(body));
    expect(status).toBe(400);
    expect(message).toMatch(told);
  });

  test("of one bad event among good ones is refused as a whole, and each fault is told", () => {
    const { message } = refusal(
      toRequest(toBody(REVIEW, { ...CHAT, kind: "shout", text: 7 }, { ...SURVEY, author: {} }, 5)),
    );
    expect(message.split("\n")).toEqual([
      "Nothing of this delivery was kept. Mend it and send it again.",
      "events[1].kind: must be post, mention, reply, comment, message, review, article or signal",
      "events[2].author.id: is missing",
      "events[2].author.handle: is missing",
      "events[3]: must be an object",
    ]);
  });

  test("of a thousand bad events is answered in a few lines", () => {
    const { message } = refusal(toRequest(toBody(...Array.from({ length: 1000 }, () => ({ [SECRET.repeat(20)]: 1 })))));
    expect(message).toMatch(/and 980 more$/);
    expect(message.length).toBeLessThan(5_000);
  });

  test.each<readonly [string, unknown, RegExp]>([
    ["no type", {}, /events\[0\]\.type: must be posted, edited, deleted or heard-until/],
    ["a time without a zone", { ...REVIEW, postedAt: "2026-03-01T10:00:00" }, /postedAt: must be a time with its zone/],
    ["a day that there is not", { ...REVIEW, postedAt: "2026-02-30T10:00:00Z" }, /postedAt: must be a time/],
    ["a time of long ago", { ...REVIEW, postedAt: "0001-01-01T10:00:00Z" }, /postedAt: must be a time after 1990/],
    ["a time to come", { ...REVIEW, postedAt: "2026-03-02T10:01:00Z" }, /postedAt: lies in the future/],
    ["an edit to come", { ...EDIT, editedAt: "2036-03-02T10:01:00Z" }, /editedAt: lies in the future/],
    ["a deletion to come", { ...DELETION, at: "2036-03-02T10:01:00Z" }, /at: lies in the future/],
    ["a stretch to come", { ...COMPLETE, at: "2036-03-02T10:01:00Z" }, /at: lies in the future/],
    ["an edit before the post", { ...EDIT, editedAt: "2026-03-02T08:00:00Z" }, /editedAt: lies before postedAt/],
    ["an edit without its time", { ...EDIT, editedAt: undefined }, /editedAt: must be a time/],
    ["an id of nothing", { ...REVIEW, id: "" }, /id: must be printable/],
    ["an id of half a character", { ...REVIEW, id: "a\ud800" }, /id: must be printable/],
    ["an id with a new line", { ...REVIEW, id: "a\nb" }, /id: must be printable/],
    ["an id without end", { ...REVIEW, id: "a".repeat(201) }, /id: must have 200 characters at most/],
    ["a number for an id", { ...REVIEW, id: 7 }, /id: must be text/],
    ["an address of a script", { ...REVIEW, url: "javascript:alert(1)" }, /url: must be an address of the web/],
    ["no author", { ...REVIEW, author: undefined }, /author: must be there where direction is inbound/],
    ["an author of our own words", { ...CHAT_ANSWER, author: REVIEW.author }, /author: .* only there/],
    ["a signal with words", { ...CART, text: "buy!" }, /not known: "text"/],
    ["a signal of nothing", { ...CART, signal: undefined }, /signal: is missing/],
    ["words as a signal", { ...REVIEW, sourceClass: "signal" }, /sourceClass: must be microblog/],
    ["a misspelt member", { ...REVIEW, posted_at: 1 }, /not known: "posted_at"/],
    ["a prototype", JSON.parse(JSON.stringify(REVIEW).replace("{", '{"__proto__":{"a":1},')), /not known: "__proto__"/],
    ["words without end", { ...REVIEW, text: "x".repeat(100_001) }, /text: must have 100000 characters at most/],
  ])("%s: the place and the remedy are told", (_, event, told) => {
    expect(faultOf(event)).toMatch(told);
  });
});

test("the JSON Schema in the documentation is the one that we check by", () => {
  const file = path.resolve(import.meta.dirname, "../../../docs/webhook.schema.json");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(toJsonSchema())));
});
