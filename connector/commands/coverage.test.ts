import { openTestShell } from "../../test/fakes/shell.ts";

const gap = {
  from: "2026-03-02T08:00:00.000Z",
  to: "2026-03-02T08:10:00.000Z",
  cause: "rate limit",
  detail: "The network asks us to slow down",
  openedAt: "2026-03-02T08:00:00.000Z",
  brought: 12,
};

test("each feed with what it heard, and the gaps with cause and what was brought", async () => {
  await using shell = await openTestShell();
  await using journal = await shell.openJournal();
  expect((await shell.run("coverage")).out).toBe("Nothing has been heard yet.");
  const mark = { cursor: "7", since: "2026-03-01T00:00:00.000Z", heardUntil: "2026-03-02T09:00:00.000Z", gaps: [gap] };
  await journal.put("cursor/test:social.example/accounts/nordwind/words", JSON.stringify(mark), 0);
  const { code, out } = await shell.run("coverage");
  expect(code).toBe(0);
  expect(out).toMatch(/^test:social\.example\/accounts\/nordwind +words +2026-03-01.* 2026-03-02T09:00/m);
  expect(out).toMatch(/08:00.* open +rate limit +12 +The network asks us to slow down$/m);
  const page = JSON.parse((await shell.run("coverage", "--json")).out) as { account: string; feeds: unknown[] };
  expect(page.account).toBe("test:social.example/accounts/nordwind");
  expect(page.feeds).toHaveLength(1);
});

test("where no connector runs it says that nothing is heard now", async () => {
  await using shell = await openTestShell();
  await (await shell.openJournal())[Symbol.asyncDispose]();
  expect((await shell.run("coverage")).out).toMatch(/No connector runs on this journal/);
});
