import { toPageReference, toRoute, toUrl, type Route } from "./routes.ts";

const at = (address: string): Route => toRoute(new URL(address, "http://console"));

test.each<[string, Route]>([
  ["/", { kind: "home" }],
  ["/lightning/r/Case/500A/view", { kind: "record", object: "Case", id: "500A" }],
  ["/lightning/r/500A/view", { kind: "record", id: "500A" }],
  ["/lightning/n/Social_Inbox", { kind: "tab", name: "Social_Inbox" }],
  ["/lightning/o/Case/list", { kind: "list", object: "Case" }],
  ["/lightning/o/Case/list?filterName=Social_Cases", { kind: "list", object: "Case", view: "Social_Cases" }],
  ["/lightning/search?term=a%20bag", { kind: "search", term: "a bag" }],
  ["/lightning/o/Social_Rule__c/new", { kind: "new", object: "Social_Rule__c" }],
  ["/lightning/x/unknown", { kind: "home" }],
])("%s is a place", (address, route) => {
  expect(at(address)).toEqual(route);
});

test.each<Route>([
  { kind: "record", object: "Case", id: "500A" },
  { kind: "list", object: "Case", view: "My Cases" },
  { kind: "list", object: "Case" },
  { kind: "new", object: "Case" },
  { kind: "tab", name: "Social_Inbox" },
  { kind: "search", term: "bag & 1=2" },
  { kind: "home" },
])("a component that navigates where it is stays there: %j", (route) => {
  expect(at(toUrl(toPageReference(route)))).toEqual(route);
});

test("a record page needs no object's name, and a web page keeps its address", () => {
  expect(toUrl({ type: "standard__recordPage", attributes: { recordId: "500A" } })).toBe("/lightning/r/500A/view");
  expect(toUrl({ type: "standard__webPage", attributes: { url: "https://social.example/1" } })).toBe(
    "https://social.example/1",
  );
});
