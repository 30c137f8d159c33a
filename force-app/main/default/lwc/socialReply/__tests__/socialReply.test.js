import { createElement } from "lwc";
import { gql, graphql } from "lightning/graphql";
import { publish, subscribe, unsubscribe } from "lightning/messageService";
import { getObjectInfo } from "lightning/uiObjectInfoApi";
import { createRecord } from "lightning/uiRecordApi";
import SocialReply from "c/socialReply";
import targets from "./data/targets.json";

const PUBLIC = "Public reply";
const PRIVATE = "Private message";
const DRAFT = "earshot.draft.005000000000000000.500A";
const [thanks, complaint] = targets.uiapi.query.Social_Post__c.edges.map(({ node }) => node);

const isTargets = ({ query }) => query?.includes("socialReplyTargets") ?? false;
const isAnswers = ({ query }) => query?.includes("socialReplyAnswers") ?? false;
const connection = (nodes) => ({ edges: nodes.map((node) => ({ node })) });
const mayAll = { createable: true, fields: { Private_Text__c: { createable: true } } };
const emitTargets = (nodes, refresh) =>
  graphql.emit({ uiapi: { query: { Social_Post__c: connection(nodes) } } }, isTargets, refresh);
const emitAnswers = ({ posts = [], replies = [] } = {}, refresh = jest.fn().mockResolvedValue()) =>
  graphql.emit(
    { uiapi: { query: { Social_Post__c: connection(posts), Social_Reply__c: connection(replies) } } },
    isAnswers,
    refresh,
  );

/** Another post like the complaint. */
function postOf(id, values) {
  const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  return { ...complaint, Id: id, External_Key__c: { value: `key/${id}` }, ...fields };
}

function answerOf(id, { by = "Sam Sales", key = null, persona = "a0Anna", status = "Queued" } = {}) {
  return {
    Id: id,
    CreatedDate: { value: "2026-11-22T12:10:00.000Z" },
    CreatedBy: { Name: { value: by } },
    Post__c: { value: "a0P0" },
    Post__r: { Persona__c: { value: persona } },
    Status__c: { value: status },
    Sent_Post_Key__c: { value: key },
  };
}

/** Lets happen what hangs on promises that are settled. */
const settle = () => Array.from({ length: 20 }).reduce((turns) => turns.then(() => undefined), Promise.resolve());

function open(properties = {}) {
  const element = createElement("c-social-reply", { is: SocialReply });
  Object.assign(element, { recordId: "500A", objectApiName: "Case", ...properties });
  document.body.appendChild(element);
  return element;
}

/** @param {object[]} nodes the posts that can be answered, newest first */
async function show(
  nodes = [thanks, complaint],
  { info = mayAll, refresh = jest.fn().mockResolvedValue(), ...properties } = {},
) {
  const element = open(properties);
  await settle();
  getObjectInfo.emit(info);
  emitTargets(nodes, refresh);
  await settle();
  emitAnswers();
  await settle();
  return element;
}

const composer = (element) => element.shadowRoot.querySelector("c-social-composer");
const panel = (element) => element.shadowRoot.querySelector("c-social-panel");

async function fire(element, name, detail) {
  composer(element).dispatchEvent(new CustomEvent(name, { detail }));
  await settle();
}

const write = (element, text) => fire(element, "write", { text });
const send = (element) => fire(element, "send");
const answerInstead = async (postId) => {
  subscribe.mock.calls.at(-1)[2]({ postId });
  await settle();
};

beforeEach(() => {
  jest.clearAllMocks();
  gql.mockImplementation((texts, ...values) => String.raw({ raw: texts }, ...values));
  createRecord.mockResolvedValue({ id: "a0R1" });
});

afterEach(() => {
  document.body.replaceChildren();
  window.sessionStorage.clear();
});

describe("c-social-reply", () => {
  describe("its post", () => {
    test("is at first the newest that waits for an answer", async () => {
      expect(composer(await show()).target.id).toBe("a0P1");
    });

    test("is the newest where none waits", async () => {
      expect(composer(await show([thanks, postOf("a0P1", { Needs_Response__c: false })])).target.id).toBe("a0P2");
    });

    test("is, on an Account, what its people said", async () => {
      await show([thanks], { recordId: "001A", objectApiName: "Account" });
      const asked = [];
      graphql.emit(undefined, ({ variables }) => {
        asked.push(variables);
        return false;
      });
      expect(asked).toContainEqual({
        posts: {
          and: [
            { Direction__c: { eq: "Inbound" } },
            { or: [{ Account__c: { eq: "001A" } }, { Contact__r: { AccountId: { eq: "001A" } } }] },
          ],
        },
      });
    });

    test("is never a deleted one", async () => {
      const element = await show([thanks, postOf("a0P1", { Deleted_At__c: "2026-11-22T12:09:00.000Z" })]);
      expect(composer(element).target.id).toBe("a0P2");
    });

    test("is the one chosen in the timeline, even from beyond the list", async () => {
      const element = await show();
      await answerInstead("a0P9");
      expect(JSON.stringify(graphql.getLastConfig().variables)).toContain('{"Id":{"eq":"a0P9"}}');
      emitTargets([thanks, complaint, postOf("a0P9", {})]);
      await settle();
      expect(composer(element).target.id).toBe("a0P9");
    });

    test("stays while something is written, and follows what is new otherwise", async () => {
      const element = await show();
      const newer = postOf("a0P3", {});
      emitTargets([newer, thanks, complaint]);
      await settle();
      expect(composer(element).target.id).toBe("a0P3");
      await write(element, "We are on it.");
      emitTargets([postOf("a0P4", {}), newer, thanks, complaint]);
      await settle();
      expect(composer(element).target.id).toBe("a0P3");
    });

    test("that is deleted while somebody writes does not send the words to another post", async () => {
      const element = await show();
      await write(element, "We are on it.");
      emitTargets([thanks]);
      await settle();
      expect(composer(element)).toMatchObject({ text: "We are on it." });
      expect(composer(element).target).toMatchObject({ id: "a0P1", isGone: true });
      await send(element);
      expect(createRecord).not.toHaveBeenCalled();
      await answerInstead("a0P2");
      expect(composer(element).target.id).toBe("a0P2");
      expect(composer(element).text).toBe("We are on it.");
    });
  });

  describe("its route", () => {
    const secret = postOf("a0P5", { Visibility__c: "private" });

    test("follows the post", async () => {
      expect(composer(await show()).route).toBe(PUBLIC);
      document.body.replaceChildren();
      expect(composer(await show([secret])).route).toBe(PRIVATE);
    });

    test("does not turn private words public when another post is chosen", async () => {
      const element = await show([secret, complaint]);
      await write(element, "Your booking code is XK2P7Q.");
      await answerInstead("a0P1");
      expect(composer(element).target.id).toBe("a0P1");
      expect(composer(element).route).toBe(PRIVATE);
    });

    test("has to be chosen where private words have no private way", async () => {
      const blocked = JSON.stringify([{ kind: PRIVATE, blocked: "They take no messages." }]);
      const element = await show([secret, postOf("a0P1", { Routes__c: blocked })]);
      await write(element, "Your booking code is XK2P7Q.");
      await answerInstead("a0P1");
      expect(composer(element).route).toBeUndefined();
      await fire(element, "choose", { kind: PUBLIC });
      expect(composer(element).route).toBe(PUBLIC);
    });
  });

  describe("without the right to private words", () => {
    const secret = postOf("a0P5", { Visibility__c: "private" });
    const unseen = { createable: true, fields: {} };
    const readOnly = { createable: true, fields: { Private_Text__c: { createable: false } } };

    test.each([
      ["seen by nobody but others", unseen, PUBLIC, false],
      ["only read", readOnly, PUBLIC, false],
      ["written", mayAll, PRIVATE, true],
    ])("which are %s, a kept private answer goes %j %s", async (_what, info, route, mayWritePrivate) => {
      window.sessionStorage.setItem(DRAFT, JSON.stringify({ postId: "a0P5", route: PRIVATE, text: "Psst" }));
      const element = await show([secret, complaint], { info });
      expect(composer(element).mayWritePrivate).toBe(mayWritePrivate);
      expect(composer(element).route).toBe(mayWritePrivate ? PRIVATE : undefined);
      await write(element, "");
      await answerInstead("a0P1");
      expect(composer(element).route).toBe(PUBLIC);
    });

    test("the box waits until the right is known, whichever answer comes first", async () => {
      const element = open();
      await settle();
      emitTargets([secret]);
      await settle();
      expect([panel(element).hasData, composer(element)]).toEqual([false, null]);
      getObjectInfo.emit(mayAll);
      await settle();
      expect(composer(element).route).toBe(PRIVATE);
    });

    test("an error while it is asked for shows", async () => {
      const element = open();
      await settle();
      emitTargets([complaint]);
      getObjectInfo.error({ message: "offline" }, 500);
      await settle();
      expect(panel(element).hasData).toBe(false);
      expect(panel(element).errors).toMatchObject({ body: { message: "offline" } });
    });
  });

  describe("sending", () => {
    test("queues a reply of a person, empties the box, says so and tells the timeline", async () => {
      const element = await show();
      const onToast = jest.fn();
      element.addEventListener("lightning__showtoast", (event) => onToast(event.detail));
      await write(element, "We are on it.");
      await send(element);
      expect(createRecord.mock.calls).toEqual([
        [
          {
            apiName: "Social_Reply__c",
            fields: {
              Post__c: "a0P1",
              Case__c: "500A",
              Social_Account__c: "a0Account",
              Text__c: "We are on it.",
              Route__c: PUBLIC,
              Status__c: "Queued",
              Sender_Kind__c: "Human",
            },
          },
        ],
      ]);
      expect(composer(element).text).toBe("");
      expect(onToast).toHaveBeenCalledWith(expect.objectContaining({ variant: "success" }));
      expect(publish).toHaveBeenCalledWith(undefined, "Social_Reply_Queued__c", { recordId: "500A" });
    });

    test("private words stand in the private field alone", async () => {
      const element = await show();
      await write(element, "Your booking code is XK2P7Q.");
      await fire(element, "choose", { kind: PRIVATE });
      await send(element);
      const [[{ fields }]] = createRecord.mock.calls;
      expect(fields).toMatchObject({ Route__c: PRIVATE, Private_Text__c: "Your booking code is XK2P7Q." });
      expect(fields).not.toHaveProperty("Text__c");
    });

    test("on a Contact the reply belongs to the post's Case, if it has one", async () => {
      const loose = postOf("a0P6", { Case__c: null });
      const element = await show([complaint, loose], { recordId: "003A", objectApiName: "Contact" });
      await write(element, "One");
      await send(element);
      await answerInstead("a0P6");
      await write(element, "Two");
      await send(element);
      const cases = createRecord.mock.calls.map(([{ fields }]) => fields.Case__c);
      expect(cases).toEqual(["500A", undefined]);
    });

    test("a Case that is not shared with the writer is left to the connector, and they are told of it", async () => {
      const others = { ...complaint, Case__r: { CaseNumber: { value: null } } };
      const element = await show([others], { recordId: "003A", objectApiName: "Contact" });
      expect(element.shadowRoot.querySelector('[role="note"]').textContent).toBe("c.Social_Reply_Case_Hidden");
      await write(element, "One");
      await send(element);
      expect(createRecord.mock.calls[0][0].fields).not.toHaveProperty("Case__c");
    });

    test("a double click sends once", async () => {
      let finish;
      createRecord.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
      const element = await show();
      await write(element, "We are on it.");
      await send(element);
      expect(composer(element).isBusy).toBe(true);
      await send(element);
      finish({ id: "a0R1" });
      await settle();
      await settle();
      expect(createRecord).toHaveBeenCalledTimes(1);
      expect(composer(element).isBusy).toBe(false);
    });

    test("what is typed meanwhile is kept", async () => {
      let finish;
      createRecord.mockReturnValueOnce(new Promise((resolve) => (finish = resolve)));
      const element = await show();
      await write(element, "We are on it.");
      await send(element);
      await write(element, "We are on it. And sorry!");
      finish({ id: "a0R1" });
      await settle();
      expect(composer(element).text).toBe("We are on it. And sorry!");
    });

    test("a refusal keeps the text and says why", async () => {
      const refusal = { body: { output: { errors: [{ message: "This account only listens." }] } } };
      createRecord.mockRejectedValueOnce(refusal);
      const element = await show();
      await write(element, "We are on it.");
      await send(element);
      await settle();
      expect(composer(element)).toMatchObject({ text: "We are on it.", isBusy: false });
      expect(element.shadowRoot.querySelector("c-social-error").error).toEqual(refusal);
      await send(element);
      expect(element.shadowRoot.querySelector("c-social-error")).toBeNull();
    });
  });

  describe("somebody else's answer", () => {
    test("since the box was opened asks for a second click", async () => {
      const element = await show();
      await write(element, "We are on it.");
      emitAnswers({ replies: [answerOf("a0R7")] });
      await settle();
      expect(composer(element).meanwhile).toMatchObject({ id: "a0R7", by: "Sam Sales" });
      await send(element);
      expect(createRecord).not.toHaveBeenCalled();
      expect(composer(element).isConfirmed).toBe(true);
      await send(element);
      expect(createRecord).toHaveBeenCalledTimes(1);
    });

    test("is told with its writer's name also when its post stands already", async () => {
      const element = await show();
      await write(element, "We are on it.");
      const post = {
        Id: "a0P9",
        External_Key__c: { value: "key/9" },
        Parent_Key__c: { value: null },
        Posted_At__c: { value: "2026-11-22T23:59:59.000Z" },
      };
      emitAnswers({ replies: [answerOf("a0R7", { key: "key/9", status: "Sent" })], posts: [post] });
      await settle();
      expect(composer(element).meanwhile).toMatchObject({ id: "a0P9", by: "Sam Sales" });
    });

    test("that comes between the two clicks asks again", async () => {
      const element = await show();
      await write(element, "We are on it.");
      emitAnswers({ replies: [answerOf("a0R7")] });
      await send(element);
      emitAnswers({ replies: [answerOf("a0R8"), answerOf("a0R7")] });
      await settle();
      expect(composer(element).isConfirmed).toBe(false);
      await send(element);
      expect(createRecord).not.toHaveBeenCalled();
    });

    test("is looked for at the moment of sending", async () => {
      const element = await show();
      await write(element, "We are on it.");
      emitAnswers(
        {},
        jest.fn().mockImplementation(async () => emitAnswers({ replies: [answerOf("a0R7")] })),
      );
      await settle();
      await send(element);
      expect(createRecord).not.toHaveBeenCalled();
      expect(composer(element).meanwhile.id).toBe("a0R7");
    });

    test("is asked for once per conversation: asking anew would drop the question under way", async () => {
      await show();
      const asked = graphql.getLastConfig();
      expect(asked.variables).toEqual({ conversation: "mastodon:nordwind.social/1" });
      emitTargets([{ ...thanks }, { ...complaint }]);
      await settle();
      expect(graphql.getLastConfig()).toBe(asked);
    });

    test("that cannot be looked for pauses the box", async () => {
      const element = await show();
      graphql.emitErrors([{ message: "offline" }], isAnswers);
      await settle();
      expect(panel(element).errors).toEqual([{ message: "offline" }]);
    });

    test("on the network itself counts, too", async () => {
      const element = await show();
      await write(element, "We are on it.");
      const native = {
        Id: "a0P8",
        External_Key__c: { value: "key/8" },
        Parent_Key__c: { value: "mastodon:nordwind.social/1" },
        Posted_At__c: { value: "2026-11-22T12:10:00.000Z" },
      };
      emitAnswers({ posts: [native] });
      await settle();
      expect(composer(element).meanwhile).toMatchObject({ id: "a0P8" });
      emitAnswers({ posts: [{ ...native, Parent_Key__c: { value: "to/somebody/else" } }] });
      await settle();
      expect(composer(element).meanwhile).toBeUndefined();
    });

    test.each([
      ["an answer to somebody else in the conversation", { persona: "a0Bo" }],
      ["a draft", { status: "Draft" }],
      ["a failed reply", { status: "Failed" }],
    ])("is not %s", async (_what, reply) => {
      const element = await show();
      await write(element, "We are on it.");
      emitAnswers({ replies: [answerOf("a0R7", reply)] });
      await settle();
      expect(composer(element).meanwhile).toBeUndefined();
    });

    test("is not one's own, neither as a reply nor as the post that it becomes", async () => {
      const element = await show();
      await write(element, "We are on it.");
      await send(element);
      await write(element, "One more thing.");
      const sent = answerOf("a0R1", { by: "Rita Rep", key: "key/9", status: "Sent" });
      const post = {
        Id: "a0P9",
        External_Key__c: { value: "key/9" },
        Parent_Key__c: { value: null },
        Posted_At__c: { value: "2026-11-22T12:11:00.000Z" },
      };
      emitAnswers({ replies: [sent], posts: [post] });
      await settle();
      expect(composer(element).meanwhile).toBeUndefined();
    });

    test("that stood there before is known", async () => {
      const element = open();
      await settle();
      getObjectInfo.emit(mayAll);
      emitTargets([complaint]);
      await settle();
      emitAnswers({ replies: [answerOf("a0R7")] });
      await write(element, "We are on it.");
      expect(composer(element).meanwhile).toBeUndefined();
    });
  });

  describe("the unsent text", () => {
    test("comes back with its post and its route", async () => {
      const first = await show();
      await answerInstead("a0P2");
      await write(first, "Half a sen");
      await fire(first, "choose", { kind: PRIVATE });
      first.remove();
      const again = await show();
      expect(composer(again)).toMatchObject({ text: "Half a sen", route: PRIVATE });
      expect(composer(again).target.id).toBe("a0P2");
    });

    test("is forgotten when it is sent or erased", async () => {
      const element = await show();
      await write(element, "We are on it.");
      expect(window.sessionStorage.getItem(DRAFT)).not.toBeNull();
      await send(element);
      expect(window.sessionStorage.getItem(DRAFT)).toBeNull();
      await write(element, "x");
      await write(element, "");
      expect(window.sessionStorage.getItem(DRAFT)).toBeNull();
    });
  });

  describe("its states", () => {
    test("before the first answer nothing can be written", async () => {
      const element = open();
      await settle();
      expect(panel(element).hasData).toBe(false);
      expect(composer(element)).toBeNull();
    });

    test("nothing to answer", async () => {
      const { hasData, isEmpty, emptyLabel } = panel(await show([]));
      expect([hasData, isEmpty, emptyLabel]).toEqual([true, true, "c.Social_Reply_Empty"]);
    });

    test("an error, also for want of access", async () => {
      const element = open();
      await settle();
      graphql.emitErrors([{ message: "Validation error of type FieldUndefined" }], isTargets);
      await settle();
      expect(panel(element).hasData).toBe(false);
      expect(panel(element).errors).toEqual([{ message: "Validation error of type FieldUndefined" }]);
    });

    test("who may not create replies is told so", async () => {
      const element = await show();
      getObjectInfo.emit({ createable: false, fields: {} });
      await settle();
      expect(composer(element)).toBeNull();
      const { isEmpty, emptyLabel, emptyHint } = panel(element);
      expect([isEmpty, emptyLabel, emptyHint]).toEqual([true, "c.Social_Read_Only", "c.Social_Read_Only_Hint"]);
    });

    test("a failed refresh keeps the text", async () => {
      const element = await show([complaint], { refresh: jest.fn().mockRejectedValue(new Error("offline")) });
      await write(element, "We are on it.");
      window.dispatchEvent(new CustomEvent("focus"));
      await settle();
      expect(panel(element).isRefreshFailed).toBe(true);
      expect(composer(element).text).toBe("We are on it.");
    });

    test("a closed page listens no more", async () => {
      const element = await show();
      element.remove();
      expect(unsubscribe).toHaveBeenCalledTimes(1);
    });
  });
});
