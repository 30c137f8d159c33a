import { Stopped, Unavailable } from "../../errors.ts";
import { askList } from "./ask-list.ts";
import { Declined } from "./failure.ts";

const feed = { name: "words", remedy: "Look whether the timeline is public." };

test.each([403, 404, 422])("waits for minutes where the answer is %d, and says what to look at", async (status) => {
  const failure = await askList(Promise.reject(new Declined(status, "No")), feed).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Stopped);
  expect(failure).toMatchObject({
    message: `The network refuses the feed "words" with status ${status}. Look whether the timeline is public.`,
    retryAfterMs: 300_000,
  });
});

test("waits where the answer is no list", async () => {
  await expect(askList(Promise.resolve({}), feed)).rejects.toThrow(Unavailable);
});

test("leaves other failures as they are", async () => {
  const failure = new Unavailable("Not now");
  await expect(askList(Promise.reject(failure), feed)).rejects.toBe(failure);
});

test("knows each element's id and time, where it has them", async () => {
  const at = "2026-03-02T09:00:00.000Z";
  const elements = [{ id: "7", created_at: at, more: 1 }, { id: 8 }, "nonsense"];
  expect(await askList(Promise.resolve(elements), feed)).toEqual([
    { id: "7", wire: elements[0], at },
    { id: "", wire: elements[1], at: undefined },
    { id: "", wire: elements[2], at: undefined },
  ]);
});
