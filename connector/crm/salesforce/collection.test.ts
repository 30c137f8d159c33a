import { never } from "../../../test/contracts/crm/place.ts";
import { COLLECTION, writeChunks, type Collection } from "./collection.ts";
import type { Session, Step } from "./connect.ts";

const toRows = (count: number) =>
  new Map(Array.from({ length: count }, (_, index) => [`n${index}`, { Id: `n${index}` }]));

function toCollection(ref: string, count: number): Collection {
  return { ref, method: "PATCH", path: COLLECTION, type: "Case", rows: toRows(count), isDone: () => false };
}

test("more rows than fit go in several collections, and more collections than fit in several calls", async () => {
  const calls: (readonly Step[])[] = [];
  const session: Session = {
    userId: undefined,
    composite(steps) {
      calls.push(steps);
      const answers = steps.map(({ ref, body }): [string, { status: number; body: unknown }] => {
        const { records } = body as { readonly records: readonly { readonly Id: string }[] };
        const refused = { success: false, errors: [{ statusCode: "HOUSE_RULE", message: "", fields: [] }] };
        const good = { success: true, errors: [] };
        return [ref, { status: 200, body: records.map(({ Id }) => (Id === "n449" ? refused : good)) }];
      });
      return Promise.resolve(new Map(answers));
    },
    more: () => Promise.reject(new Error("there is no further page")),
  };
  const collections = [toCollection("one", 450), toCollection("none", 0), toCollection("two", 401)];
  const outcomes = await writeChunks(session, collections, { urgency: "urgent", signal: never });
  expect(
    calls.map((steps) => steps.map(({ body }) => (body as { records: readonly unknown[] }).records.length)),
  ).toEqual([[200, 200, 50, 200, 200], [1]]);
  expect(calls.every((steps) => new Set(steps.map(({ ref }) => ref)).size === steps.length)).toBe(true);
  expect(outcomes.size).toBe(851);
  expect([...outcomes].filter(([, outcome]) => outcome !== undefined)).toMatchObject([
    ["one n449", { reason: "HOUSE_RULE" }],
  ]);
});
