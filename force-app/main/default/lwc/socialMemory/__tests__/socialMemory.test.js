import { BROWSER, TAB, recall, remember } from "c/socialMemory";

afterEach(() => {
  jest.restoreAllMocks();
  window.localStorage.clear();
  window.sessionStorage.clear();
});

describe("c/socialMemory", () => {
  test("remembers per area and forgets on undefined", () => {
    remember(BROWSER, "k", { at: 1 });
    expect(recall(BROWSER, "k")).toEqual({ at: 1 });
    expect(recall(TAB, "k")).toBeUndefined();
    remember(BROWSER, "k", undefined);
    expect(recall(BROWSER, "k")).toBeUndefined();
    expect(window.localStorage).toHaveLength(0);
  });

  test("what is not JSON is as good as nothing", () => {
    window.localStorage.setItem("k", "{half");
    expect(recall(BROWSER, "k")).toBeUndefined();
  });

  test("a browser that forbids storage breaks nothing", () => {
    jest.spyOn(window, "localStorage", "get").mockImplementation(() => {
      throw new Error("SecurityError");
    });
    expect(() => remember(BROWSER, "k", 1)).not.toThrow();
    expect(recall(BROWSER, "k")).toBeUndefined();
  });
});
