import { createElement } from "lwc";
import SocialComposer from "c/socialComposer";

jest.mock("@salesforce/label/c.Social_Answered_Meanwhile", () => ({ default: "{0} answered meanwhile" }), {
  virtual: true,
});
jest.mock("@salesforce/label/c.Social_Addressing", () => ({ default: "Answering {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_As_Account", () => ({ default: "as {0} on {1}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Prefix_Note", () => ({ default: "{0} is put in front" }), { virtual: true });

const PUBLIC = "Public reply";
const PRIVATE = "Private message";
const TARGET = {
  id: "1",
  isPrivate: false,
  handle: "anna@nordwind.social",
  accountHandle: "nordwind@nordwind.social",
  networkLabel: "Mastodon",
  accountId: "a",
  network: "mastodon",
  textLimit: 30,
  urlLength: 23,
};

async function show(properties = {}) {
  const element = createElement("c-social-composer", { is: SocialComposer });
  Object.assign(element, {
    target: TARGET,
    route: PUBLIC,
    mayWritePrivate: true,
    text: "We are on it.",
    ...properties,
  });
  document.body.appendChild(element);
  await Promise.resolve();
  return element;
}

const $ = (element, selector) => element.shadowRoot.querySelector(selector);
const sendButton = (element) => $(element, ".send");

function heard(element, name) {
  const listener = jest.fn();
  element.addEventListener(name, (event) => listener(event.detail));
  return listener;
}

function press(element, init) {
  $(element, "lightning-textarea").dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...init }),
  );
}

afterEach(() => document.body.replaceChildren());

describe("c-social-composer", () => {
  test("a public and a private answer look different and their buttons say what they do", async () => {
    const open = await show();
    const closed = await show({ route: PRIVATE });
    expect($(open, ".composer_private")).toBeNull();
    expect($(closed, ".composer_private")).not.toBeNull();
    expect([sendButton(open).label, sendButton(closed).label]).toEqual([
      "c.Social_Send_Public",
      "c.Social_Send_Private",
    ]);
  });

  test("says whom it answers, and as whom", async () => {
    const element = await show();
    expect($(element, ".heading strong").textContent).toBe("Answering @anna@nordwind.social");
    expect($(element, ".account").textContent).toBe("as @nordwind on Mastodon");
  });

  test("a post that is gone keeps the text but takes no answer", async () => {
    const element = await show({ target: { ...TARGET, isGone: true } });
    expect($(element, ".obstacle").textContent).toBe("c.Social_Target_Gone");
    expect($(element, "lightning-textarea").value).toBe("We are on it.");
    expect(sendButton(element).disabled).toBe(true);
  });

  test.each([
    ["something to send", {}, true],
    ["nothing", { text: "" }, false],
    ["blanks", { text: " \n " }, false],
    ["exactly the limit, with the mention in front", { text: "x".repeat(24) }, true],
    ["one over the limit, with the mention in front", { text: "x".repeat(25) }, false],
    ["the mention written by hand", { text: `@anna ${"x".repeat(24)}` }, true],
    ["no limit known", { text: "x".repeat(900), target: { ...TARGET, textLimit: undefined } }, true],
    ["no route chosen", { route: undefined }, false],
    ["a public reply to a private post", { target: { ...TARGET, isPrivate: true } }, false],
    ["a private message by who may write none", { route: PRIVATE, mayWritePrivate: false }, false],
    ["already sending", { isBusy: true }, false],
  ])("with %s, may it go: %j %s", async (_what, properties, maySend) => {
    const element = await show(properties);
    const onSend = heard(element, "send");
    expect(sendButton(element).disabled).toBe(!maySend);
    press(element, { ctrlKey: true });
    expect(onSend).toHaveBeenCalledTimes(maySend ? 1 : 0);
  });

  test("the counter counts what the network will count", async () => {
    const element = await show({ text: "See https://nordwind.example/claims/12345" });
    expect($(element, "c-social-counter")).toMatchObject({ count: "@anna See ".length + 23, limit: 30 });
    expect($(element, ".under .note").textContent).toBe("@anna@nordwind.social is put in front");
  });

  test("an empty box counts nothing", async () => {
    expect($(await show({ text: "" }), "c-social-counter").count).toBe(0);
  });

  test.each([
    ["Ctrl+Enter", { ctrlKey: true }, 1],
    ["Cmd+Enter", { metaKey: true }, 1],
    ["Enter alone, a new line", {}, 0],
    ["Ctrl and another key", { ctrlKey: true, key: "b" }, 0],
    ["Enter that ends a composed character", { ctrlKey: true, isComposing: true }, 0],
  ])("%s", async (_what, init, times) => {
    const element = await show();
    const onSend = heard(element, "send");
    press(element, init);
    expect(onSend).toHaveBeenCalledTimes(times);
  });

  test("passes on what is written and chosen", async () => {
    const element = await show();
    const onWrite = heard(element, "write");
    const onChoose = heard(element, "choose");
    $(element, "lightning-textarea").dispatchEvent(new CustomEvent("change", { detail: { value: "Hello" } }));
    $(element, "c-social-routes").dispatchEvent(new CustomEvent("choose", { detail: { kind: PRIVATE } }));
    expect(onWrite).toHaveBeenCalledWith({ text: "Hello" });
    expect(onChoose).toHaveBeenCalledWith({ kind: PRIVATE });
  });

  test("the text field has a name", async () => {
    expect($(await show(), "lightning-textarea").label).toBe("c.Social_Reply");
  });

  test("somebody else's answer is announced; a second click is asked for", async () => {
    const meanwhile = { atMs: 1, by: "Sam Sales" };
    const told = await show({ meanwhile });
    const confirmed = await show({ meanwhile, isConfirmed: true });
    expect($(told, '[role="alert"] strong').textContent).toBe("Sam Sales answered meanwhile");
    expect($(told, '[role="alert"] c-social-when').atMs).toBe(1);
    expect([sendButton(told).label, sendButton(confirmed).label]).toEqual([
      "c.Social_Send_Public",
      "c.Social_Send_Anyway",
    ]);
    expect($(await show(), '[role="alert"]')).toBeNull();
    expect($(await show({ meanwhile, text: "" }), '[role="alert"]')).toBeNull();
  });

  test("who may write no private messages is told so where one could be chosen", async () => {
    const element = await show({ mayWritePrivate: false });
    const blocked = $(element, "c-social-routes").routes.map((route) => [route.kind, route.blocked]);
    expect(blocked).toEqual([
      [PUBLIC, undefined],
      [PRIVATE, "c.Social_Private_Barred"],
    ]);
    expect(sendButton(element).disabled).toBe(false);
  });

  test.each([
    ["a listen-only account", { isListenOnly: true }, true, "c.Social_Listen_Only"],
    ["a post without account", { accountId: undefined }, true, "c.Social_No_Account"],
    ["a private post, by who may write no private messages,", { isPrivate: true }, false, "c.Social_Answer_Barred"],
  ])("%s takes no answer and says so", async (_what, fields, mayWritePrivate, label) => {
    const element = await show({ target: { ...TARGET, ...fields }, mayWritePrivate });
    expect($(element, ".obstacle").textContent).toBe(label);
    expect($(element, "lightning-textarea")).toBeNull();
    expect(sendButton(element)).toBeNull();
  });
});
