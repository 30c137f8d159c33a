import { toGaps } from "../gaps";

const closed = {
  feed: "stream",
  from: "2026-11-22T10:00:00Z",
  to: "2026-11-22T10:12:00Z",
  cause: "stream dropped",
  closedAt: "2026-11-22T11:00:00Z",
  brought: 7,
};
const open = { feed: "stream", from: "2026-11-21T10:00:00Z", cause: "a new cause", detail: "Said by the network." };

test("open gaps stand first; a cause that is not known stands as it is", () => {
  expect(toGaps(JSON.stringify([closed, open]))).toMatchObject([
    { isOpen: true, cause: "a new cause", detail: "Said by the network.", brought: undefined },
    { isOpen: false, fromMs: Date.parse(closed.from) },
  ]);
});

test.each([[null], [""], ["{"], ["{}"], ["[null]"]])("%p holds no gap", (json) => {
  expect(toGaps(json)).toEqual([]);
});
