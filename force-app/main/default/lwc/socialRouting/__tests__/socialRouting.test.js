import { PRIVATE, PUBLIC, defaultRoute, routesOf } from "c/socialRouting";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const LATER = "2026-11-23T12:00:00Z";
const EARLIER = "2026-11-21T12:00:00Z";
const MAY_ALL = { mayWritePrivate: true, nowMs: NOW };
const open = (target) =>
  routesOf(target, MAY_ALL)
    .filter((route) => !route.blocked)
    .map((route) => route.kind);
const json = (...routes) => JSON.stringify(routes);

describe("routesOf", () => {
  test.each([
    ["a public post without rules", { isPrivate: false }, [PUBLIC, PRIVATE]],
    ["a private post without rules", { isPrivate: true }, [PRIVATE]],
    [
      "a private post whose network would allow a public reply",
      { isPrivate: true, routesJson: json({ kind: PUBLIC }) },
      [PRIVATE],
    ],
    [
      "a blocked way",
      { isPrivate: false, routesJson: json({ kind: PRIVATE, blocked: "They take no messages." }) },
      [PUBLIC],
    ],
    ["a window that is open", { isPrivate: true, routesJson: json({ kind: PRIVATE, until: LATER }) }, [PRIVATE]],
    ["a window that has closed", { isPrivate: true, routesJson: json({ kind: PRIVATE, until: EARLIER }) }, []],
    ["rules that cannot be read", { isPrivate: false, routesJson: "{half" }, [PUBLIC, PRIVATE]],
    ["rules that are no list", { isPrivate: true, routesJson: "{}" }, [PRIVATE]],
  ])("%s", (_what, target, expected) => {
    expect(open(target)).toEqual(expected);
  });

  test("a blocked way gives the network's reason", () => {
    const [, route] = routesOf(
      { isPrivate: false, routesJson: json({ kind: PRIVATE, blocked: "They take no messages." }) },
      MAY_ALL,
    );
    expect(route.blocked).toBe("They take no messages.");
  });

  test.each([
    [false, [undefined, "c.Social_Private_Barred"]],
    [true, ["c.Social_Private_Only", "c.Social_Private_Barred"]],
  ])("who may write no private words has no private way, be the post private: %s", (isPrivate, expected) => {
    const routes = routesOf({ isPrivate }, { ...MAY_ALL, mayWritePrivate: false });
    expect(routes.map((route) => route.blocked)).toEqual(expected);
  });
});

describe("defaultRoute", () => {
  const publicOnly = routesOf({ isPrivate: false, routesJson: json({ kind: PRIVATE, blocked: "no" }) }, MAY_ALL);

  test("a public post is answered in public, a private one in private", () => {
    expect(defaultRoute(routesOf({ isPrivate: false }, MAY_ALL), false)).toBe(PUBLIC);
    expect(defaultRoute(routesOf({ isPrivate: true }, MAY_ALL), true)).toBe(PRIVATE);
  });

  test("words that were private never become public by default", () => {
    expect(defaultRoute(publicOnly, false)).toBe(PUBLIC);
    expect(defaultRoute(publicOnly, true)).toBeUndefined();
  });
});
