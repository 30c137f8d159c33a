import { z } from "zod";
import { Stopped, Unavailable } from "../../errors.ts";
import { askFor } from "./ask-for.ts";
import { Declined } from "./declined.ts";

const List = z.array(z.unknown());
const feed = { name: "words", remedy: "Look whether the timeline is public." };

test.each([403, 404, 422])("waits for minutes where the answer is %d, and says what to look at", async (status) => {
  const refusal = Promise.reject(new Declined(status, "No"));
  const failure = await askFor(refusal, List, feed).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Stopped);
  expect(failure).toMatchObject({
    message: `The network refuses the feed "words" with status ${status}. Look whether the timeline is public.`,
    retryAfterMs: 300_000,
  });
});

test("waits where the answer is no list", async () => {
  await expect(askFor(Promise.resolve({}), List, feed)).rejects.toThrow(Unavailable);
});

test("leaves other failures as they are", async () => {
  const failure = new Unavailable("Not now");
  await expect(askFor(Promise.reject(failure), List, feed)).rejects.toBe(failure);
});
