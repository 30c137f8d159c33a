import { createElement } from "lwc";
import { gql, graphql } from "lightning/graphql";
import { publish, subscribe, unsubscribe } from "lightning/messageService";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from "lightning/uiRecordApi";
import SocialTimeline from "c/socialTimeline";
import thread from "./data/thread.json";

jest.mock("@salesforce/label/c.Social_New_Post", () => ({ default: "New post by {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_New_Posts", () => ({ default: "{0} new posts" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Public_Thread", () => ({ default: "Public on {0} with {1}" }), { virtual: true });

const NO_ACCESS = [
  { message: "Validation error of type FieldUndefined: Field 'Social_Post__c' in type 'RecordQuery' is undefined" },
];
const MAY_ALL = { createable: true, fields: { Decision__c: { updateable: true } } };

/** The thread with other posts. */
function threadOf(posts, { hasNextPage = false } = {}) {
  const { Social_Reply__c } = thread.uiapi.query;
  const Social_Post__c = { edges: posts.map((node) => ({ node })), pageInfo: { hasNextPage } };
  return { uiapi: { query: { Social_Post__c, Social_Reply__c } } };
}

const nodes = thread.uiapi.query.Social_Post__c.edges.map(({ node }) => node);

/** The thread with one more post that arrives and is posted at the given minute. */
function plus(minute, fields = {}) {
  const at = { value: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString() };
  const id = `a0P${minute}`;
  return {
    ...nodes[0],
    Id: id,
    External_Key__c: { value: id },
    CreatedDate: at,
    LastModifiedDate: at,
    Posted_At__c: at,
    ...fields,
  };
}

/** Lets happen what hangs on promises that are settled. */
const settle = () => Array.from({ length: 10 }).reduce((turns) => turns.then(() => undefined), Promise.resolve());

function open(properties = {}) {
  const element = createElement("c-social-timeline", { is: SocialTimeline });
  Object.assign(element, { recordId: "500A", objectApiName: "Case", ...properties });
  document.body.appendChild(element);
  return element;
}

async function show(data = thread, { refresh, ...properties } = {}) {
  const element = open(properties);
  getRecord.emit({ fields: {} });
  getObjectInfo.emit(MAY_ALL);
  await settle();
  graphql.emit(data, undefined, refresh ?? jest.fn().mockResolvedValue());
  await settle();
  return element;
}

const $ = (element, selector) => element.shadowRoot.querySelector(selector);
/** In the card around the data. */
const $panel = (element, selector) => $(element, "c-social-panel").shadowRoot.querySelector(selector);
const conversationsOf = (element) => [...element.shadowRoot.querySelectorAll("c-social-conversation")];
const items = (element) =>
  conversationsOf(element).flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll("c-social-post")]);
const idsOf = (element) => items(element).map(({ item }) => item.id);
/** What the component asks now: each of its questions. */
function questions() {
  const asked = [];
  graphql.emit(undefined, ({ query, variables }) => {
    if (query) asked.push({ query, ...variables });
    return false;
  });
  return asked;
}
/** Somebody looks at the page again. */
async function glance() {
  window.dispatchEvent(new CustomEvent("focus"));
  await settle();
}
const spoken = (element) => $(element, '[aria-live="polite"]').textContent;

beforeEach(() => {
  jest.clearAllMocks();
  gql.mockImplementation((texts, ...values) => String.raw({ raw: texts }, ...values));
});

afterEach(() => {
  document.body.replaceChildren();
  jest.restoreAllMocks();
  window.localStorage.clear();
});

describe("c-social-timeline", () => {
  test("spins only until the first answer", async () => {
    const element = open();
    await settle();
    expect($panel(element, "lightning-spinner")).not.toBeNull();
    graphql.emit(thread);
    await settle();
    expect($panel(element, "lightning-spinner")).toBeNull();
  });

  test("shows the conversation as a named list, oldest first, with our reply in its place", async () => {
    const element = await show();
    expect($(element, "section").getAttribute("aria-label")).toBe("Public on Mastodon with @anna@nordwind.social");
    expect(conversationsOf(element)[0].shadowRoot.querySelector("ol").children).toHaveLength(3);
    expect(idsOf(element)).toEqual(["a0P1", "a0P2", "a0R1"]);
    expect(items(element)[2].item.reply).toMatchObject({
      status: "Failed",
      detail: "The network is down.",
      sender: "Rita Rep",
    });
  });

  test("asks for all posts of a Case's conversations, elsewhere only for ours", async () => {
    await show();
    const scopes = () => questions().map(({ posts }) => JSON.stringify(posts.and[0]));
    const conversation = '{"Conversation_Key__c":{"in":["mastodon:nordwind.social/1"]}}';
    expect(scopes()).toEqual([expect.stringContaining(conversation)]);
    document.body.replaceChildren();
    await show(thread, { recordId: "003A", objectApiName: "Contact" });
    expect(scopes()).toEqual([
      expect.not.stringContaining("Conversation_Key__c"),
      '{"Direction__c":{"eq":"Outbound"}}',
    ]);
    expect(questions()[1].posts.and[1].or[0]).toEqual({
      Parent_Key__c: { in: ["mastodon:nordwind.social/2", "mastodon:nordwind.social/1"] },
    });
  });

  test("asks on an Account for what its people said, and knows it for the Account's own", async () => {
    const ofCompany = { Case__c: { value: null }, Contact__c: { value: "003B" }, Lead__c: { value: null } };
    const byPerson = plus(2, { ...ofCompany, Contact__r: { AccountId: { value: "001A" } } });
    const byCompany = plus(3, { ...ofCompany, Account__c: { value: "001A" } });
    const element = await show(threadOf([byCompany, byPerson]), { recordId: "001A", objectApiName: "Account" });
    expect(questions()[0].posts.and[0].or).toEqual([
      { Account__c: { eq: "001A" } },
      { Contact__r: { AccountId: { eq: "001A" } } },
    ]);
    expect(items(element).filter(({ item }) => item.id.startsWith("a0P") && !item.isContext)).toHaveLength(2);
  });

  test("a Case asks once it knows its conversation, and then for all of it at once", async () => {
    const element = open();
    await settle();
    expect(questions()).toEqual([]);
    getRecord.emit({ fields: { Social_Conversation_Key__c: { value: "mastodon:nordwind.social/1" } } });
    await settle();
    expect(JSON.stringify(questions())).toContain("mastodon:nordwind.social/1");
    graphql.emit(thread);
    await settle();
    expect(idsOf(element)).toHaveLength(3);
    expect(questions()).toHaveLength(1);
  });

  test("what is there is asked for once; what is new since, again and again", async () => {
    const refresh = jest.fn().mockResolvedValue();
    await show(thread, { refresh });
    await glance();
    const [, news] = questions();
    expect(news.posts.and[1]).toEqual({ LastModifiedDate: { gte: { value: "2026-11-22T12:05:00.000Z" } } });
    await glance();
    await glance();
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(questions()[1]).toEqual(news);
  });

  test("more news than come at once: all is read anew from the top", async () => {
    const refresh = jest.fn().mockResolvedValue();
    const element = await show(thread, { refresh });
    await glance();
    graphql.emit(threadOf([plus(21), plus(20)], { hasNextPage: true }), ({ variables }) =>
      Boolean(variables?.byChange),
    );
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
    graphql.emit(threadOf([plus(21), plus(20)], { hasNextPage: true }), ({ variables }) => Boolean(variables?.byTime));
    await settle();
    expect(idsOf(element)).toEqual(["a0P20", "a0P21"]);
  });

  test("says why it is empty", async () => {
    const element = await show(threadOf([]));
    expect($panel(element, ".empty").textContent).toBe("c.Social_Timeline_Emptyc.Social_Timeline_Empty_Hint");
  });

  test("an error takes the place of what never came", async () => {
    const element = open();
    graphql.emitErrors([{ message: "Row locked" }]);
    await settle();
    expect($panel(element, "c-social-error").error).toEqual([{ message: "Row locked" }]);
    expect($panel(element, "lightning-spinner")).toBeNull();
  });

  test("who lacks the permission set is told so", async () => {
    const element = open();
    graphql.emitErrors(NO_ACCESS);
    await settle();
    expect($panel(element, "c-social-error").shadowRoot.textContent).toContain("c.Social_No_Access_Remedy");
  });

  test("an error while refreshing keeps what is there and says that updates pause, until they come again", async () => {
    const element = await show();
    graphql.emitErrors([{ message: "offline" }]);
    await settle();
    expect(idsOf(element)).toHaveLength(3);
    expect($panel(element, '[role="status"]').textContent).toBe("c.Social_Paused");
    expect($panel(element, "c-social-error")).toBeNull();
    graphql.emit(thread);
    await settle();
    expect($panel(element, ".paused")).toBeNull();
  });

  test("a refresh that fails without a word from the wire pauses, too", async () => {
    const refresh = jest.fn().mockRejectedValueOnce(new Error("offline")).mockResolvedValue();
    const element = await show(thread, { refresh });
    await glance();
    await glance();
    expect($panel(element, ".paused")).not.toBeNull();
    await glance();
    expect(refresh).toHaveBeenCalledTimes(2);
    expect($panel(element, ".paused")).toBeNull();
  });

  test("asks for the private words of posts and replies without insisting", async () => {
    await show();
    const [{ query }] = questions();
    expect(query.match(/Private_Text__c @optional/g)).toHaveLength(2);
    expect(query.match(/Private_Text__c/g)).toHaveLength(2);
  });

  test("a private reply says no more than that it is private to who may not read it", async () => {
    const [{ node }] = thread.uiapi.query.Social_Reply__c.edges;
    const whispered = { ...node, Route__c: { value: "Private message" } };
    const replies = (one) => ({
      uiapi: { query: { ...thread.uiapi.query, Social_Reply__c: { edges: [{ node: one }] } } },
    });
    const element = await show(replies(whispered));
    const words = () => items(element)[2].shadowRoot.textContent;
    expect(words()).toContain("c.Social_Private_Hidden");
    expect(words()).not.toContain("We are looking for it.");
    graphql.emit(replies({ ...whispered, Text__c: { value: null }, Private_Text__c: { value: "Code XK2P7Q." } }));
    await settle();
    expect(words()).toContain("Code XK2P7Q.");
  });

  test("a closed page asks no more", async () => {
    const refresh = jest.fn().mockResolvedValue();
    const element = await show(thread, { refresh });
    element.remove();
    window.dispatchEvent(new CustomEvent("focus"));
    await settle();
    expect(refresh).not.toHaveBeenCalled();
    expect(unsubscribe).toHaveBeenCalledTimes(2);
  });

  test("a post that arrives while the page is open is announced and marked until it gets attention", async () => {
    const element = await show();
    expect(spoken(element)).toBe("");
    graphql.emit(threadOf([plus(20), ...nodes]));
    await settle();
    const news = () => items(element).filter(({ isNew }) => isNew);
    expect(spoken(element)).toBe("New post by Anna Berg");
    expect(news().map(({ item }) => item.id)).toEqual(["a0P20"]);
    news()[0].dispatchEvent(new CustomEvent("seen", { detail: { itemId: "a0P20" } }));
    await settle();
    expect(news()).toEqual([]);
  });

  test("several at once are counted; what we said is no news", async () => {
    const element = await show();
    graphql.emit(threadOf([plus(22, { Direction__c: { value: "Outbound" } }), plus(21), plus(20), ...nodes]));
    await settle();
    expect(spoken(element)).toBe("2 new posts");
    expect(
      items(element)
        .filter(({ isNew }) => isNew)
        .map(({ item }) => item.id),
    ).toEqual(["a0P20", "a0P21"]);
  });

  describe("the last look", () => {
    const KEY = "earshot.look.005000000000000000.500A";
    const stored = () => new Date(JSON.parse(window.localStorage.getItem(KEY))).toISOString();
    const marked = (element) =>
      items(element)
        .filter(({ isNew }) => isNew)
        .map(({ item }) => item.id);

    test("decides what is marked at the next one, whatever the org says of its last view", async () => {
      window.localStorage.setItem(KEY, JSON.stringify(Date.parse("2026-11-22T12:02:00Z")));
      const element = await show();
      getRecord.emit({ fields: { LastViewedDate: { value: "2026-11-22T12:30:00.000Z" } } });
      await settle();
      expect(marked(element)).toEqual(["a0P2"]);
    });

    test("is when the record was opened", async () => {
      await show();
      expect(stored()).toBe("2026-11-22T12:05:00.000Z");
    });

    test("does not cover what comes later without attention", async () => {
      const element = await show();
      graphql.emit(threadOf([plus(20), ...nodes]));
      await settle();
      expect(stored()).toBe("2026-11-22T12:05:00.000Z");
      items(element)[2].dispatchEvent(new CustomEvent("seen", { detail: { itemId: "a0P20" } }));
      expect(stored()).toBe("2026-11-22T12:20:00.000Z");
    });

    test("is not taken by a page that nobody sees", async () => {
      jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
      await show();
      expect(window.localStorage.getItem(KEY)).toBeNull();
    });
  });

  test("a browser that remembers nothing falls back to the record's last view", async () => {
    jest.spyOn(window, "localStorage", "get").mockImplementation(() => {
      throw new Error("SecurityError");
    });
    const element = open();
    getRecord.emit({ fields: { LastViewedDate: { value: "2026-11-22T12:02:00.000Z" } } });
    graphql.emit(thread);
    await settle();
    expect(items(element).map(({ isNew }) => isNew)).toEqual([false, true, false]);
  });

  test("Answer tells the reply box which post", async () => {
    const element = await show();
    items(element)[0].dispatchEvent(new CustomEvent("answer", { detail: { postId: "a0P1" } }));
    expect(publish).toHaveBeenCalledWith(undefined, "Social_Reply_Target__c", { postId: "a0P1" });
  });

  test.each([
    ["who may reply", MAY_ALL, {}, true],
    ["who may not reply", { createable: false, fields: {} }, {}, false],
    ["a page without a reply box", MAY_ALL, { hideAnswer: true }, false],
  ])("Answer is offered to %s", async (_what, info, properties, expected) => {
    const element = open(properties);
    getObjectInfo.emit(info);
    graphql.emit(thread);
    await settle();
    expect(items(element)[0].canAnswer).toBe(expected);
  });

  test.each([
    ["who may write private messages", { Private_Text__c: { createable: true } }, true],
    ["who may not", {}, false],
  ])("Answer is offered under a private post to %s", async (_what, fields, expected) => {
    const element = open();
    getObjectInfo.emit({ createable: true, fields });
    graphql.emit(threadOf([plus(20, { Visibility__c: { value: "private" } })]));
    await settle();
    expect(items(element)[0]).toMatchObject({ item: { isPrivate: true }, canAnswer: expected });
  });

  test("a new post lets the whole page look at the record again: it may have been reopened", async () => {
    await show();
    expect(notifyRecordUpdateAvailable).not.toHaveBeenCalled();
    graphql.emit(threadOf([plus(20), ...nodes]));
    await settle();
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: "500A" }]);
  });

  test("what a stranger says in the conversation is no news here and not answered here", async () => {
    const element = await show();
    const stranger = { Case__c: { value: "500B" }, Contact__c: { value: null }, Persona__c: { value: "a0Bo" } };
    graphql.emit(threadOf([plus(20, stranger), ...nodes]));
    await settle();
    const shown = items(element).find(({ item }) => item.id === "a0P20");
    expect(shown).toMatchObject({ canAnswer: false, isNew: false });
    expect(spoken(element)).toBe("");
  });

  test("a queued reply on this record shows at once", async () => {
    const refresh = jest.fn().mockResolvedValue();
    await show(thread, { refresh });
    await glance();
    const [, channel, listener] = subscribe.mock.calls[0];
    expect(channel).toBe("Social_Reply_Queued__c");
    listener({ recordId: "500B" });
    await settle();
    expect(refresh).not.toHaveBeenCalled();
    listener({ recordId: "500A" });
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  describe("a decision about a reply", () => {
    const decide = (element) =>
      items(element)[2].dispatchEvent(new CustomEvent("decide", { detail: { replyId: "a0R1", decision: "Retry" } }));

    test("is saved once, however often it is clicked, and then shows", async () => {
      let finish;
      updateRecord.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
      const refresh = jest.fn().mockResolvedValue();
      const element = await show(thread, { refresh });
      await glance();
      decide(element);
      decide(element);
      await settle();
      expect(updateRecord.mock.calls).toEqual([[{ fields: { Id: "a0R1", Decision__c: "Retry" } }]]);
      expect(items(element)[2].isBusy).toBe(true);
      finish();
      await settle();
      await settle();
      expect(refresh).toHaveBeenCalledTimes(1);
      expect(items(element)[2].isBusy).toBe(false);
    });

    test("that is refused says why and can be made again", async () => {
      updateRecord.mockRejectedValueOnce({
        body: { output: { errors: [{ message: "Only a failed reply can be tried again." }] } },
      });
      const element = await show();
      const onToast = jest.fn();
      element.addEventListener("lightning__showtoast", (event) => onToast(event.detail));
      decide(element);
      await settle();
      await settle();
      expect(onToast).toHaveBeenCalledWith(
        expect.objectContaining({ variant: "error", message: "Only a failed reply can be tried again." }),
      );
      expect(items(element)[2].isBusy).toBe(false);
    });

    test("is not offered without the right to it", async () => {
      const element = await show();
      getObjectInfo.emit({ createable: true, fields: { Decision__c: { updateable: false } } });
      await settle();
      expect(items(element)[2].canDecide).toBe(false);
    });
  });

  test("earlier posts come page by page, as long as there are any", async () => {
    const element = await show(threadOf(nodes, { hasNextPage: true }));
    const earlier = () => conversationsOf(element)[0].shadowRoot.querySelector(".earlier");
    earlier().click();
    await settle();
    const [page] = questions();
    expect(page.first).toBe(100);
    expect(JSON.stringify(page.posts.and[1])).toContain('{"lt":{"value":"2026-11-22T12:00:00.000Z"}}');
    graphql.emit(threadOf([plus(-5)]));
    await settle();
    expect(idsOf(element)).toEqual(["a0P-5", "a0P1", "a0P2", "a0R1"]);
    expect(earlier()).toBeNull();
  });

  test("a decision about a persona shows at once", async () => {
    const element = await show();
    const [, channel, listener] = subscribe.mock.calls[1];
    expect(channel).toBe("Social_Persona_Decided__c");
    listener({ personaId: "a0Anna", identity: "Anonymous" });
    await settle();
    expect(items(element)[0].item.author.identity).toBe("Anonymous");
  });
});
