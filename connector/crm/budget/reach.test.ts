import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../../test/fakes/scratch-journal.ts";
import { Unavailable } from "../../errors.ts";
import { openBudget, type Budget, type Urgency } from "../budget.ts";

const DAY_S = 86_400;
/** As small as orgs are. */
const SMALL = { used: 0, limit: 15_000 };
const never = new AbortController().signal;
const away = new Unavailable("The CRM cannot be reached");

/** So many calls that nobody answers. */
async function miss(budget: Budget, calls: number, urgency: Urgency = "usual"): Promise<void> {
  for (let call = 0; call < calls; call++) {
    await budget.take("test", urgency, never);
    budget.missed(away);
  }
}

async function openPlace() {
  const clock = manualClock();
  const scratch = await openScratchJournal(clock);
  const budget = await openBudget({ clock, journal: scratch.journal, share: 0.5 });
  budget.told(SMALL);
  return {
    clock,
    budget,
    async [Symbol.asyncDispose]() {
      await budget[Symbol.asyncDispose]();
      await scratch[Symbol.asyncDispose]();
    },
  };
}

test("a few calls that nobody answers change nothing", async () => {
  await using place = await openPlace();
  await miss(place.budget, 4);
  place.budget.told(SMALL);
  await miss(place.budget, 4);
  await expect(place.budget.take("test", "later", never)).resolves.toBeUndefined();
});

test("while nobody answers only what is urgent asks, every few seconds; an answer lets all go on", async () => {
  await using place = await openPlace();
  const { clock, budget } = place;
  await miss(budget, 5);
  for (const urgency of ["reply", "urgent", "usual", "later"] as const)
    await expect(budget.take("test", urgency, never)).rejects.toBe(away);
  clock.advance(5000);
  await expect(budget.take("test", "usual", never)).rejects.toBe(away);
  await miss(budget, 1, "urgent");
  await expect(budget.take("test", "reply", never)).rejects.toBe(away);
  clock.advance(5000);
  await budget.take("test", "reply", never);
  budget.told(SMALL);
  await expect(budget.take("test", "later", never)).resolves.toBeUndefined();
});

test("a login is never refused, and shows nothing", async () => {
  await using place = await openPlace();
  await miss(place.budget, 5);
  await expect(place.budget.take("login", "reply", never)).resolves.toBeUndefined();
  place.clock.advance(5000);
  await expect(place.budget.take("test", "reply", never)).resolves.toBeUndefined();
});

test("a day without an answer leaves what is needed afterwards, however often it is asked for", async () => {
  await using place = await openPlace();
  const { clock, budget } = place;
  const before = budget.state().left;
  await miss(budget, 5);
  let asked = 0;
  for (let second = 0; second < DAY_S; second++) {
    clock.advance(1000);
    await miss(budget, 1, "reply").then(
      () => (asked += 1),
      () => undefined,
    );
  }
  expect(budget.state().left).toBeGreaterThan(0.3 * before);
  expect(asked).toBeGreaterThan(DAY_S / 60);
});
