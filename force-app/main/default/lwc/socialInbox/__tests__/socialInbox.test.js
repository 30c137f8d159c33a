import { createElement } from "lwc";
import { gql, graphql } from "lightning/graphql";
import SocialInbox from "c/socialInbox";
import cases from "./data/cases.json";

jest.mock("@salesforce/label/c.Social_Inbox_New_Case", () => ({ default: "New: {0}" }), { virtual: true });
jest.mock("@salesforce/label/c.Social_Inbox_New_Cases", () => ({ default: "{0} new" }), { virtual: true });

const [bag, wifi] = cases.uiapi.query.Case.edges.map(({ node }) => node);

const answer = (nodes, hasNextPage = false) => ({
  uiapi: { query: { Case: { edges: nodes.map((node) => ({ node })), pageInfo: { hasNextPage } } } },
});

const inboundAt = (node, id, minute) => ({
  ...node,
  Id: id,
  LastViewedDate: { value: null },
  Social_Last_Inbound_At__c: { value: `2026-11-22T12:${minute}:00.000Z` },
});

/** Lets happen what hangs on promises that are settled. */
const settle = () => Array.from({ length: 10 }).reduce((turns) => turns.then(() => undefined), Promise.resolve());

function open() {
  const element = createElement("c-social-inbox", { is: SocialInbox });
  document.body.appendChild(element);
  return element;
}

async function show(data = cases, refresh = jest.fn().mockResolvedValue()) {
  const element = open();
  await settle();
  graphql.emit(data, undefined, refresh);
  await settle();
  return element;
}

const panel = (element) => element.shadowRoot.querySelector("c-social-panel");
const rows = (element) => [...element.shadowRoot.querySelectorAll("c-social-inbox-row")].map(({ row }) => row);
const spoken = (element) => element.shadowRoot.querySelector('[aria-live="polite"]').textContent;
const filters = (element) => [...element.shadowRoot.querySelectorAll('[role="group"] button')];

async function choose(element, index) {
  filters(element)[index].click();
  await settle();
}

beforeEach(() => gql.mockImplementation((texts, ...values) => String.raw({ raw: texts }, ...values)));

afterEach(() => document.body.replaceChildren());

describe("c-social-inbox", () => {
  test("lists the Cases in the order given, as a named list", async () => {
    const element = await show();
    const list = element.shadowRoot.querySelector("ul");
    expect(list.getAttribute("aria-label")).toBe("c.Social_Inbox");
    expect(list.children).toHaveLength(2);
    expect(rows(element).map(({ id }) => id)).toEqual(["500A", "500B"]);
  });

  test("a row holds what a rep decides by", async () => {
    const [first, second] = rows(await show());
    expect(first).toEqual({
      id: "500A",
      number: "00001001",
      subject: "my bag never arrived",
      status: "New",
      priority: "High",
      isHigh: true,
      owner: "Social Service",
      isUnassigned: true,
      isNew: true,
      lastInboundMs: Date.parse("2026-11-22T12:00:00Z"),
      dueMs: Date.parse("2026-11-22T12:30:00Z"),
      contact: "Anna Berg",
      handle: "anna@nordwind.social",
      identity: "Linked",
      network: "Mastodon",
    });
    expect(second).toMatchObject({ isUnassigned: false, isHigh: false, dueMs: undefined, contact: undefined });
  });

  test.each([
    ["never viewed", null, true],
    ["viewed before the customer's last word", "2026-11-22T11:59:00.000Z", true],
    ["viewed after it", "2026-11-22T12:01:00.000Z", false],
  ])("a Case %s: new is %s", async (_what, viewedAt, isNew) => {
    const [row] = rows(await show(answer([{ ...bag, LastViewedDate: { value: viewedAt } }])));
    expect(row.isNew).toBe(isNew);
  });

  test("asks for open social Cases; for mine by owner", async () => {
    const element = await show();
    const asked = () => {
      const found = [];
      graphql.emit(undefined, ({ query, variables }) => {
        if (query?.includes("socialInbox")) found.push(variables);
        return false;
      });
      return found;
    };
    const openCases = [{ Origin: { eq: "Social" } }, { IsClosed: { eq: false } }];
    expect(asked()).toEqual([{ first: 200, cases: { and: openCases } }]);
    await choose(element, 1);
    const mine = { OwnerId: { eq: "005000000000000000" } };
    expect(asked()).toEqual([{ first: 200, cases: { and: [...openCases, mine] } }]);
    expect(panel(element).hasData).toBe(false);
    graphql.emit(answer([wifi]));
    await settle();
    expect(rows(element).map(({ id }) => id)).toEqual(["500B"]);
  });

  test("unassigned is what a queue owns; all comes back without asking again", async () => {
    const element = await show();
    await choose(element, 2);
    expect(rows(element).map(({ id }) => id)).toEqual(["500A"]);
    await choose(element, 0);
    expect(rows(element).map(({ id }) => id)).toEqual(["500A", "500B"]);
  });

  test("the filter is a named group and says which is on", async () => {
    const element = await show();
    expect(element.shadowRoot.querySelector('[role="group"]').getAttribute("aria-label")).toBe("c.Social_Inbox_Filter");
    await choose(element, 2);
    expect(filters(element).map((button) => button.getAttribute("aria-pressed"))).toEqual([
      "false",
      "false",
      "true",
      "false",
    ]);
  });

  test("a new word from a customer is announced, also in a Case that was there", async () => {
    const element = await show();
    expect(spoken(element)).toBe("");
    graphql.emit(answer([inboundAt(wifi, "500B", 20), bag]));
    await settle();
    expect(spoken(element)).toBe("New: no wifi on board");
    graphql.emit(answer([inboundAt(bag, "500D", 31), inboundAt(bag, "500C", 30), bag]));
    await settle();
    expect(spoken(element)).toBe("2 new");
  });

  test("more load page by page, as long as there are any", async () => {
    const element = await show(answer([bag, wifi], true));
    element.shadowRoot.querySelector(".more lightning-button").click();
    await settle();
    expect(graphql.getLastConfig().variables.first).toBe(400);
    graphql.emit(cases);
    await settle();
    expect(element.shadowRoot.querySelector(".more")).toBeNull();
  });

  test("an empty inbox says what would fill it, an empty filter where to look", async () => {
    const element = await show(answer([]));
    expect(panel(element)).toHaveProperty("isEmpty", true);
    expect(panel(element).emptyHint).toBe("c.Social_Inbox_Empty_All");
    await choose(element, 2);
    expect(panel(element).emptyHint).toBe("c.Social_Inbox_Empty_Filter");
  });

  test("an error shows, for want of access too; after data it only pauses", async () => {
    const errors = [{ message: "Validation error of type FieldUndefined" }];
    const element = open();
    await settle();
    expect(panel(element).hasData).toBe(false);
    graphql.emitErrors(errors);
    await settle();
    expect(panel(element).errors).toEqual(errors);
    graphql.emit(cases);
    graphql.emitErrors(errors);
    await settle();
    expect(panel(element).hasData).toBe(true);
    expect(rows(element)).toHaveLength(2);
  });

  test("refreshes when it is turned to, says when that fails, and stops when it is closed", async () => {
    const refresh = jest.fn().mockRejectedValue(new Error("offline"));
    const element = await show(cases);
    graphql.emit(cases, ({ query }) => Boolean(query?.includes("socialInbox")), refresh);
    await settle();
    window.dispatchEvent(new CustomEvent("focus"));
    await settle();
    expect(panel(element).isRefreshFailed).toBe(true);
    element.remove();
    window.dispatchEvent(new CustomEvent("focus"));
    await settle();
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});
