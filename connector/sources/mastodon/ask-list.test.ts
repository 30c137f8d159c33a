import { Unavailable } from "../../errors.ts";
import { askList } from "./ask-list.ts";
import { Refused, TokenRefused } from "./client.ts";

const feed = { name: "words", remedy: "Look whether the timeline is public." };

test.each([403, 404, 422])("waits for minutes where the answer is %d, and says what to look at", async (status) => {
  const failure = await askList(Promise.reject(new Refused(status, "No")), feed).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Unavailable);
  expect(failure).toMatchObject({
    message: `The network refuses the feed "words" with status ${status}. Look whether the timeline is public.`,
    retryAfterMs: 300_000,
  });
});

test("waits where the answer is no list", async () => {
  const strange = Promise.resolve({} as unknown as readonly unknown[]);
  await expect(askList(strange, feed)).rejects.toThrow(Unavailable);
});

test("leaves other failures as they are", async () => {
  const failure = new TokenRefused("The token");
  await expect(askList(Promise.reject(failure), feed)).rejects.toBe(failure);
});
