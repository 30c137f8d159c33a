import { createElement } from "lwc";
import SocialPost from "c/socialPost";

jest.mock("@salesforce/label/c.Social_Answer_To", () => ({ default: "Answer {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Answered", () => ({ default: "{0} answered" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Answering", () => ({ default: "Answer by {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Private_From", () => ({ default: "Private message from {0}" }), {
  virtual: true,
});
jest.mock("@salesforce/label/c.Social_Public_From", () => ({ default: "Public post by {0}" }), { virtual: true });

const INBOUND = {
  id: "1",
  isOutbound: false,
  isPrivate: false,
  isHidden: false,
  isDeleted: false,
  text: "my bag <b>never</b>\narrived",
  network: "Mastodon",
  url: "https://nordwind.social/@anna/1",
  atMs: Date.parse("2026-11-22T12:00:00Z"),
  author: { name: "Anna Berg", handle: "anna@nordwind.social", identity: "Linked" },
};
const OUTBOUND = { ...INBOUND, isOutbound: true, account: "nordwind@nordwind.social", author: {} };

async function show(item, properties = {}) {
  const element = createElement("c-social-post", { is: SocialPost });
  Object.assign(element, { item, ...properties });
  document.body.appendChild(element);
  await Promise.resolve();
  return element;
}

const $ = (element, selector) => element.shadowRoot.querySelector(selector);
const words = (element, selector) => $(element, selector)?.textContent;

afterEach(() => document.body.replaceChildren());

describe("c-social-post", () => {
  test("shows who said what, with markup as text and each writer's own direction", async () => {
    const element = await show(INBOUND);
    expect(words(element, ".author")).toBe("Anna Berg");
    expect(words(element, ".handle")).toBe("@anna@nordwind.social");
    expect(words(element, ".avatar")).toBe("AB");
    expect(words(element, ".text")).toBe(INBOUND.text);
    expect($(element, ".text").getAttribute("dir")).toBe("auto");
    expect($(element, ".text b")).toBeNull();
    expect($(element, "c-social-when").atMs).toBe(INBOUND.atMs);
  });

  test("public and private differ in words, icon and the item's name", async () => {
    const open = await show(INBOUND);
    const closed = await show({ ...INBOUND, isPrivate: true });
    expect([words(open, ".lane-word"), words(closed, ".lane-word")]).toEqual(["c.Social_Public", "c.Social_Private"]);
    expect($(open, ".lane lightning-icon").iconName).toBe("utility:world");
    expect($(closed, ".lane lightning-icon").iconName).toBe("utility:lock");
    expect($(open, "article").getAttribute("aria-label")).toBe("Public post by Anna Berg");
    expect($(closed, "article").getAttribute("aria-label")).toBe("Private message from Anna Berg");
  });

  test("a private text that the user may not read says which permission set is missing", async () => {
    const element = await show({ ...INBOUND, isPrivate: true, isHidden: true, text: "" });
    expect(words(element, ".absent")).toBe("c.Social_Private_Hidden");
    expect($(element, ".text")).toBeNull();
  });

  test("a deleted post is a tombstone: no text, no link, no answer", async () => {
    const element = await show({ ...INBOUND, isDeleted: true, isEdited: true }, { canAnswer: true });
    expect(words(element, ".absent")).toBe("c.Social_Deleted");
    for (const selector of [".text", ".link", ".answer", ".edited"]) expect($(element, selector)).toBeNull();
  });

  test("a deleted answer of ours is not blamed on its author", async () => {
    expect(words(await show({ ...OUTBOUND, isDeleted: true }), ".absent")).toBe("c.Social_Deleted_Ours");
  });

  test("an edited post says so", async () => {
    expect($(await show(INBOUND), ".edited")).toBeNull();
    expect(words(await show({ ...INBOUND, isEdited: true }), ".edited")).toContain("c.Social_Edited");
  });

  test.each([
    ["Anonymous", "c.Social_Identity_Anonymous"],
    ["Suggested", "c.Social_Identity_Suggested"],
    ["Linked", "c.Social_Identity_Linked"],
    ["Verified", "c.Social_Identity_Verified"],
  ])("identity %s", async (identity, label) => {
    const element = await show({ ...INBOUND, author: { ...INBOUND.author, identity } });
    expect(words(element, `.chip_${identity.toLowerCase()}`)).toBe(label);
  });

  test("our answer names our account; before it is sent it does not claim to be", async () => {
    expect(words(await show(OUTBOUND), ".author")).toBe("@nordwind answered");
    const reply = { id: "r", status: "Queued" };
    expect(words(await show({ ...OUTBOUND, reply }), ".author")).toBe("Answer by @nordwind");
    const sent = await show({ ...OUTBOUND, reply: { id: "r", status: "Sent" } }, { canDecide: true, isBusy: true });
    expect(words(sent, ".author")).toBe("@nordwind answered");
    expect($(sent, "c-social-delivery")).toMatchObject({ canDecide: true, isBusy: true });
  });

  test("the Answer button says whom it answers and asks for this post", async () => {
    const element = await show(INBOUND, { canAnswer: true });
    const onAnswer = jest.fn();
    element.addEventListener("answer", (event) => onAnswer(event.detail));
    expect($(element, ".answer").getAttribute("aria-label")).toBe("Answer @anna@nordwind.social");
    $(element, ".answer").click();
    expect(onAnswer).toHaveBeenCalledWith({ postId: "1" });
  });

  test("our own posts and those out of reach have no Answer button", async () => {
    expect($(await show(OUTBOUND, { canAnswer: true }), ".answer")).toBeNull();
    expect($(await show(INBOUND), ".answer")).toBeNull();
  });

  test("only web addresses become links", async () => {
    const link = $(await show(INBOUND), ".link");
    expect(link.getAttribute("href")).toBe(INBOUND.url);
    expect(link.getAttribute("rel")).toContain("noopener");
    expect($(await show({ ...INBOUND, url: "data:text/html,<script>1</script>" }), ".link")).toBeNull();
  });

  test("a new item is marked in words and says when it got attention, an old one is quiet", async () => {
    const fresh = await show(INBOUND, { isNew: true });
    const old = await show(INBOUND);
    const onSeen = jest.fn();
    for (const element of [fresh, old]) {
      element.addEventListener("seen", (event) => onSeen(element === fresh, event.detail));
      $(element, "article").dispatchEvent(new CustomEvent("pointerenter"));
    }
    expect(words(fresh, ".chip_new")).toBe("c.Social_New");
    expect($(old, ".chip_new")).toBeNull();
    expect(onSeen.mock.calls).toEqual([[true, { itemId: "1" }]]);
  });

  test("intent and sentiment show on what others said only", async () => {
    const judged = { intentLabel: "Complaint", sentimentLabel: "Negative", sentiment: "negative" };
    const chips = (element) => [...element.shadowRoot.querySelectorAll(".foot .chip")].map((chip) => chip.textContent);
    expect(chips(await show({ ...INBOUND, ...judged }))).toEqual(["Complaint", "Negative"]);
    expect(chips(await show({ ...OUTBOUND, ...judged }))).toEqual([]);
  });

  test.each([
    ["Ånders", "Å"],
    ["🛫 Léa de la Tour", "LT"],
    ["@lea@x.example", "L"],
    ["???", ""],
  ])("initials of %s", async (name, initials) => {
    const element = await show({ ...INBOUND, author: { ...INBOUND.author, name } });
    expect(words(element, ".avatar")).toBe(initials);
  });
});
