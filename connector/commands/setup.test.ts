import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import type { Chore } from "../crm/crm.ts";
import { Misconfigured, Unavailable } from "../errors.ts";
import type { OfferedRule } from "../model/settings.ts";

let shell: TestShell;
let offered: readonly OfferedRule[];
let restored: readonly OfferedRule[];
let chores: readonly Chore[];

beforeEach(async () => {
  shell = await openTestShell();
  [offered, restored, chores] = [[], [], []];
  Object.assign(shell.crm, {
    offer: (rules: readonly OfferedRule[]) => {
      const made = offered.length === 0 ? rules.length : 0;
      offered = rules;
      return Promise.resolve(made);
    },
    restore: (rule: OfferedRule) => {
      restored = [...restored, rule];
      return Promise.resolve();
    },
    chores: () => Promise.resolve(chores),
  });
});
afterEach(() => shell[Symbol.asyncDispose]());

const chore = (what: string, done: boolean | undefined): Chore => ({
  ...{ what, done, detail: `${what} is for this.` },
  where: `Setup → ${what}.`,
});

test("an org that is ready gets the default rules once, and people are told what is left, in order", async () => {
  chores = [chore("Queues", true), chore("Permission sets", false), chore("Pages", undefined)];
  const first = await shell.run("setup");
  expect(first.code).toBe(0);
  expect(first.out).toMatch(
    /✓ Configuration: [^]*✓ Org: The login works[^]*✓ Package: [^]*✓ Default rules: \d+ were made/,
  );
  expect(first.out).toMatch(
    /By hand, in this order:\n✓ 1\. Queues: [^\n]*\n☐ 2\. Permission sets: [^\n]*\n {4}→ Setup → Perm/,
  );
  expect(first.out).toContain("· 3. Pages");
  expect(first.out).toContain("1 of 3 are left");
  expect(offered.map(({ name }) => name)).toContain("complaint");
  const second = await shell.run("setup");
  expect(second.out).toMatch(/✓ Default rules: All \d+ are there; nothing was changed\./);
});

test("what is bad in the org ends it with 1, with what to do, and the rest is done all the same", async () => {
  shell.crm.examine = () =>
    Promise.resolve([{ what: "Queues", state: "bad", detail: "There is none.", remedy: "Deploy org-setup." }]);
  const { code, out } = await shell.run("setup");
  expect(code).toBe(1);
  expect(out).toMatch(/✗ Queues: There is none\.\n {4}→ Deploy org-setup\./);
  expect(offered.length).toBeGreaterThan(0);
});

test.each([
  ["the login fails", new Misconfigured("Salesforce refuses the login: mend the secret")],
  ["the org cannot be reached", new Unavailable("The org cannot be reached")],
])("where %s nothing is written, and it says where to go on", async (_, error) => {
  shell.visit.crm = () => Promise.reject(error);
  const { code, out } = await shell.run("setup");
  expect(code).toBe(1);
  expect(out).toMatch(/✗ Org: [^]*docs\/admins\.md/);
  expect(out).not.toContain("By hand");
});

test("a configuration with faults is told fault by fault", async () => {
  delete shell.environment["EARSHOT_MASTODON_TOKEN"];
  const { code, out } = await shell.run("setup");
  expect(code).toBe(1);
  expect(out).toMatch(/✗ Configuration: [^]*EARSHOT_MASTODON_TOKEN/);
});

test("a rule of the org's own that keeps ours out is named", async () => {
  shell.crm.offer = () => Promise.reject(new Misconfigured("The org does not take complaint: no such words. Mend it"));
  const { code, out } = await shell.run("setup");
  expect(code).toBe(1);
  expect(out).toMatch(/✗ Default rules: The org does not take complaint/);
});

test("a default rule is put back by its name, and by no other", async () => {
  const { code, out } = await shell.run("setup", "--reset", "complaint");
  expect(code).toBe(0);
  expect(out).toContain("The rule complaint is again what came with Earshot");
  expect(restored.map(({ name }) => name)).toEqual(["complaint"]);
  expect(offered).toEqual([]);
  await expect(shell.run("setup", "--reset", "mine")).rejects.toThrow(
    /"mine" did not come with Earshot\. These did: .*complaint/,
  );
});
