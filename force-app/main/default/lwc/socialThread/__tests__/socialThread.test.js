import { toConversations, toPost, toReply } from "c/socialThread";

const CASE = "500A";
const at = (minute) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();

function post(id, minute, fields = {}) {
  const values = {
    External_Key__c: `mastodon:x/${id}`,
    Conversation_Key__c: "mastodon:x/1",
    Direction__c: "Inbound",
    Visibility__c: "public",
    Text__c: `text ${id}`,
    Posted_At__c: at(minute),
    CreatedDate: at(minute),
    Case__c: CASE,
    ...fields,
  };
  const node = { Id: id };
  for (const [name, value] of Object.entries(values)) node[name] = { value };
  return toPost(node);
}

function reply(id, minute, fields = {}) {
  const values = { Post__c: "1", Text__c: `reply ${id}`, Status__c: "Queued", CreatedDate: at(minute), ...fields };
  const node = { Id: id, CreatedBy: { Name: { value: "Rita Rep" } } };
  for (const [name, value] of Object.entries(values)) node[name] = { value };
  return toReply(node);
}

const ids = (conversations) => conversations.map((conversation) => conversation.items.map((item) => item.id));
const onCase = (posts, replies = []) => toConversations({ posts, replies, recordId: CASE, isWhole: true });
const onContact = (posts, replies = []) => toConversations({ posts, replies, recordId: "003A", isWhole: false });
const OUT = { Direction__c: "Outbound" };

describe("toConversations", () => {
  test("reads downwards from the oldest, whatever the order it came in", () => {
    expect(ids(onCase([post("3", 3), post("1", 1), post("2", 2)]))).toEqual([["1", "2", "3"]]);
  });

  test("the conversation that moved last stands first", () => {
    const other = { Conversation_Key__c: "dm" };
    const conversations = onCase([post("1", 1), post("2", 2, other), post("3", 3)]);
    expect(ids(conversations)).toEqual([["1", "3"], ["2"]]);
  });

  test("a post that came twice shows once", () => {
    expect(ids(onCase([post("1", 1), post("1", 1)]))).toEqual([["1"]]);
  });

  test("a queued reply shows at once, in the conversation of the post it answers", () => {
    const [conversation] = onCase([post("1", 1)], [reply("r", 2)]);
    expect(conversation.items.map((item) => item.id)).toEqual(["1", "r"]);
    expect(conversation.items[1]).toMatchObject({ isOutbound: true, text: "reply r", reply: { status: "Queued" } });
  });

  test("a reply stands below what it answers, though the org stamps it in whole seconds", () => {
    const asked = post("1", 1, { Posted_At__c: "2026-11-22T12:05:30.900Z" });
    const hasty = reply("r", 1, { CreatedDate: "2026-11-22T12:05:30.000Z" });
    expect(ids(onCase([asked], [hasty]))).toEqual([["1", "r"]]);
  });

  test("a sent reply and its post are one item, with the post's words and the reply's sender", () => {
    const sent = reply("r", 2, { Status__c: "Sent", Sent_Post_Key__c: "mastodon:x/2" });
    const [conversation] = onCase([post("1", 1), post("2", 3, { ...OUT, Text__c: "@anna reply r" })], [sent]);
    expect(conversation.items.map((item) => item.id)).toEqual(["1", "2"]);
    expect(conversation.items[1]).toMatchObject({
      text: "@anna reply r",
      reply: { status: "Sent", sender: "Rita Rep" },
    });
  });

  test("a sent reply whose post has not come yet still shows", () => {
    const sent = reply("r", 2, { Status__c: "Sent", Sent_Post_Key__c: "mastodon:x/2" });
    expect(ids(onCase([post("1", 1)], [sent]))).toEqual([["1", "r"]]);
  });

  test("a queued private reply is hidden from who may not read it", () => {
    const [conversation] = onCase([post("1", 1)], [reply("r", 2, { Route__c: "Private message" })]);
    expect(conversation.items[1]).toMatchObject({ isPrivate: true, isHidden: true, text: "" });
  });

  test("two replies that were not sent are two items", () => {
    expect(ids(onCase([post("1", 1)], [reply("r", 2), reply("s", 3)]))).toEqual([["1", "r", "s"]]);
  });

  test("a reply to a post that does not show does not show", () => {
    expect(ids(onCase([post("1", 1)], [reply("r", 2, { Post__c: "elsewhere" })]))).toEqual([["1"]]);
  });

  test("on a Case what others said in the conversation is context", () => {
    const [conversation] = onCase([
      post("1", 1),
      post("2", 2, { Case__c: "500B" }),
      post("3", 3, { ...OUT, Case__c: "500B" }),
    ]);
    expect(conversation.items.map((item) => item.isContext)).toEqual([false, true, false]);
    expect(conversation.partner).toBe("");
  });

  test("who has a post on the Case is no stranger in another one", () => {
    const hers = { Persona__c: "anna", Case__c: null };
    const [conversation] = onCase([
      post("1", 1, { Persona__c: "anna" }),
      post("2", 2, hers),
      post("3", 3, { ...hers, Persona__c: "bo" }),
    ]);
    expect(conversation.items.map((item) => item.isContext)).toEqual([false, false, true]);
  });

  test("on a Contact strangers do not show, nor what we told them", () => {
    const hers = { Case__c: null, Contact__c: "003A" };
    const posts = [
      post("root", 0, { ...OUT, Case__c: null, External_Key__c: "root" }),
      post("1", 1, { ...hers, Parent_Key__c: "root" }),
      post("2", 2, { Parent_Key__c: "root" }),
      post("3", 3, { ...OUT, Parent_Key__c: "mastodon:x/1" }),
      post("4", 4, { ...OUT, Parent_Key__c: "mastodon:x/2" }),
    ];
    expect(ids(onContact(posts))).toEqual([["root", "1", "3"]]);
  });

  test("on a Contact a private answer to a public post shows where it was sent", () => {
    const sent = reply("r", 2, { Status__c: "Sent", Sent_Post_Key__c: "mastodon:x/9", Route__c: "Private message" });
    const answer = post("9", 3, {
      ...OUT,
      Visibility__c: "private",
      Conversation_Key__c: "dm",
      Private_Text__c: "psst",
      Case__c: null,
    });
    const conversations = onContact([post("1", 1, { Contact__c: "003A" }), answer], [sent]);
    expect(conversations.map(({ key, isPrivate }) => [key, isPrivate])).toEqual([
      ["dm", true],
      ["mastodon:x/1", false],
    ]);
    expect(ids(conversations)).toEqual([["9"], ["1"]]);
  });
});

describe("toPost", () => {
  test("a private text that may not be read is hidden, an erased one is not", () => {
    const hidden = post("1", 1, { Visibility__c: "private", Text__c: null });
    const erased = post("1", 1, {
      Visibility__c: "private",
      Text__c: null,
      Private_Text__c: null,
      Deleted_At__c: at(2),
    });
    expect(hidden).toMatchObject({ isHidden: true, text: "" });
    expect(erased).toMatchObject({ isHidden: false, isDeleted: true, text: "" });
  });

  test("decorations that field security hides are simply absent", () => {
    expect(post("1", 1)).toMatchObject({
      author: { name: undefined },
      sentiment: undefined,
      url: undefined,
      account: undefined,
    });
  });
});

describe("toReply", () => {
  test("automation has no person for a sender", () => {
    expect(reply("r", 1).sender).toBe("Rita Rep");
    expect(reply("r", 1, { Sender_Kind__c: "Automation" }).sender).toBeUndefined();
  });

  test("what was really sent counts", () => {
    expect(reply("r", 1, { Sent_Text__c: "as sent" }).text).toBe("as sent");
  });

  test.each([
    ["who may not read them", {}, { isHidden: true, text: "" }],
    ["who may read them", { Private_Text__c: "psst" }, { isHidden: false, text: "psst" }],
    ["all, when they are erased", { Private_Text__c: null }, { isHidden: false, text: "" }],
  ])("the words of a private reply come from their own field alone, for %s", (_who, fields, expected) => {
    const private_ = { Route__c: "Private message", Text__c: "leaked", Sent_Text__c: "leaked", ...fields };
    expect(reply("r", 1, private_)).toMatchObject({ isPrivate: true, ...expected });
  });
});
