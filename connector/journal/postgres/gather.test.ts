import { gather } from "./gather.ts";

/** Answers each group when it is told to. */
function openDesk(most = 100) {
  const groups: (readonly string[])[] = [];
  const answer: (() => void)[] = [];
  const desk = gather<string, string>({
    weigh: (job) => job.length,
    most,
    run: async (jobs) => {
      groups.push(jobs);
      await new Promise<void>((resolve) => answer.push(resolve));
      if (jobs.includes("bad")) throw new Error("no");
      return jobs.map((job) => job.toUpperCase());
    },
  });
  const turn = async (): Promise<void> => {
    await new Promise(setImmediate);
    answer.shift()?.();
    await new Promise(setImmediate);
  };
  return { desk, groups, turn };
}

test("what is asked in one turn is one group; what is asked meanwhile is the next", async () => {
  const { desk, groups, turn } = openDesk();
  const first = Promise.all(["a", "b"].map(desk.ask));
  await new Promise(setImmediate);
  const second = Promise.all(["c", "d", "e"].map(desk.ask));
  await turn();
  expect(await first).toEqual(["A", "B"]);
  await turn();
  expect(await second).toEqual(["C", "D", "E"]);
  expect(groups).toEqual([
    ["a", "b"],
    ["c", "d", "e"],
  ]);
});

test("a group has a greatest weight, and one job at least", async () => {
  const { desk, groups, turn } = openDesk(3);
  const all = Promise.all(["a", "bb", "c", "ddddd", "e"].map(desk.ask));
  for (let n = 0; n < 4; n++) await turn();
  expect(await all).toEqual(["A", "BB", "C", "DDDDD", "E"]);
  expect(groups).toEqual([["a", "bb"], ["c"], ["ddddd"], ["e"]]);
});

test("a group fails as a whole, and the next one is run all the same", async () => {
  const { desk, turn } = openDesk();
  const failed = Promise.allSettled(["a", "bad"].map(desk.ask));
  await turn();
  expect((await failed).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const next = desk.ask("c");
  await turn();
  expect(await next).toBe("C");
});

test("closing refuses what comes later and waits for what was asked before", async () => {
  const { desk, turn } = openDesk();
  const asked = desk.ask("a");
  const closed = desk.close();
  await expect(desk.ask("b")).rejects.toThrow("closed");
  await turn();
  await closed;
  expect(await asked).toBe("A");
});
