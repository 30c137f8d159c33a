import { createElement } from "lwc";
import SocialInboxRow from "c/socialInboxRow";

const mockNavigate = jest.fn();
jest.mock("lightning/navigation", () => {
  const Navigate = Symbol("Navigate");
  const GenerateUrl = Symbol("GenerateUrl");
  const NavigationMixin = (Base) =>
    class extends Base {
      [Navigate](page) {
        mockNavigate(page);
      }

      async [GenerateUrl]({ attributes }) {
        return `/lightning/r/${attributes.objectApiName}/${attributes.recordId}/${attributes.actionName}`;
      }
    };
  return { NavigationMixin: Object.assign(NavigationMixin, { Navigate, GenerateUrl }) };
});

const NOW = Date.parse("2026-11-22T12:00:00Z");
const ROW = {
  id: "500A",
  number: "00001001",
  subject: "my bag never arrived",
  status: "New",
  priority: "High",
  isHigh: true,
  owner: "Social Service",
  isNew: true,
  lastInboundMs: NOW - 60_000,
  dueMs: NOW + 60_000,
  contact: "Anna Berg",
  handle: "anna@nordwind.social",
  identity: "Linked",
  network: "Mastodon",
};
const PAGE = {
  type: "standard__recordPage",
  attributes: { recordId: "500A", objectApiName: "Case", actionName: "view" },
};

async function show(row = {}) {
  const element = createElement("c-social-inbox-row", { is: SocialInboxRow });
  element.row = { ...ROW, ...row };
  document.body.appendChild(element);
  await Promise.resolve();
  await Promise.resolve();
  return element;
}

const words = (element, selector) => element.shadowRoot.querySelector(selector)?.textContent;
const subject = (element) => element.shadowRoot.querySelector("a.subject");

beforeEach(() => jest.spyOn(Date, "now").mockReturnValue(NOW));

afterEach(() => {
  jest.restoreAllMocks();
  document.body.replaceChildren();
});

describe("c-social-inbox-row", () => {
  test("shows what a rep decides by", async () => {
    const element = await show();
    expect(subject(element).textContent).toBe("my bag never arrived");
    expect(words(element, ".who")).toBe("Anna Berg");
    expect(words(element, ".second")).toMatch(/@anna@nordwind\.social.*c\.Social_Identity_Linked.*Mastodon/s);
    expect(words(element, ".second")).toMatch(/High.*New.*Social Service.*00001001/s);
    expect(element.shadowRoot.querySelector(".first c-social-when").atMs).toBe(ROW.lastInboundMs);
  });

  test("marks what is new in words", async () => {
    expect(words(await show(), ".chip_new")).toBe("c.Social_New");
    expect(words(await show({ isNew: false }), ".chip_new")).toBeUndefined();
  });

  test.each([
    ["ahead", NOW + 1, "c.Social_Due"],
    ["passed", NOW - 1, "c.Social_Overdue"],
  ])("a due time that is %s", async (_what, dueMs, label) => {
    expect(words(await show({ dueMs }), ".due")).toContain(label);
  });

  test("a Case that was answered is not due", async () => {
    expect(words(await show({ dueMs: undefined }), ".due")).toBeUndefined();
  });

  test.each([
    [{ contact: undefined }, "@anna@nordwind.social"],
    [{ contact: undefined, handle: undefined }, "c.Social_Somebody"],
  ])("without a contact, %j shows %s", async (row, who) => {
    expect(words(await show(row), ".who")).toBe(who);
  });

  test("a Case without a subject can still be opened", async () => {
    expect(subject(await show({ subject: "" })).textContent).toBe("c.Social_No_Subject");
  });

  test("opens its Case on a click, but leaves a click with a key to the browser", async () => {
    const element = await show();
    const click = (init) => {
      const event = new MouseEvent("click", { cancelable: true, bubbles: true, ...init });
      subject(element).dispatchEvent(event);
      return event.defaultPrevented;
    };
    window.addEventListener("click", (event) => event.preventDefault(), { once: true });
    expect(subject(element).getAttribute("href")).toBe("/lightning/r/Case/500A/view");
    click({ ctrlKey: true });
    expect(mockNavigate).not.toHaveBeenCalled();
    expect(click()).toBe(true);
    expect(mockNavigate).toHaveBeenCalledWith(PAGE);
  });
});
