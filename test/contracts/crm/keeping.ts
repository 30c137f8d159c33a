import type { Crm } from "../../../connector/crm/crm.ts";
import type { KeptSettings, OfferedRule, Remark } from "../../../connector/model/settings.ts";
import { company, never, type Promised } from "./place.ts";

const offered = (name: string, change: Partial<OfferedRule> = {}): OfferedRule => ({
  name,
  active: true,
  order: 10,
  condition: 'intent == "complaint"',
  needsResponse: true,
  priority: undefined,
  queue: undefined,
  responseMinutes: undefined,
  reason: "It complains.",
  ...change,
});

const broken = (id: string, detail = "It has no order."): Remark => ({ on: "rule", id, state: "Broken", detail });

async function ruleOf(crm: Crm, name: string): Promise<KeptSettings["rules"][number] | undefined> {
  return (await crm.kept(never)).rules.find((rule) => rule.name === name);
}

/** What every CRM promises of the settings that coordinators keep. */
export function keepingContract(promise: Promised): void {
  promise("listeners and rules are read as they were written", async ({ crm, ...place }) => {
    const bare = await place.addListener({ name: "Bare" });
    const full = await place.addListener({
      ...{ name: "Full", active: false, account: company.key, words: "nordwind\nnordwind airlines" },
      ...{ excluded: "wind turbine", languages: "en, de" },
    });
    const open = await place.addRule({ name: "Open" });
    const whole = await place.addRule({
      ...{ name: "Whole", active: false, order: 15.5, condition: 'intent == "question"\n|| addressed' },
      ...{ response: "Not needed", priority: "High", queue: "Social_Priority", minutes: 20, reason: "Because." },
    });
    const { listeners, rules } = await crm.kept(never);
    const empty = { account: undefined, words: "", excluded: "", languages: "" };
    expect(listeners.find(({ id }) => id === bare)).toEqual({ id: bare, name: "Bare", active: true, ...empty });
    expect(listeners.find(({ id }) => id === full)).toEqual({
      ...{ id: full, name: "Full", active: false, account: company.key },
      ...{ words: "nordwind\nnordwind airlines", excluded: "wind turbine", languages: "en, de" },
    });
    expect(rules.find(({ id }) => id === open)).toEqual({
      ...{ id: open, name: "Open", active: true, order: undefined, condition: "", needsResponse: undefined },
      ...{ priority: undefined, queue: undefined, responseMinutes: undefined, reason: "" },
    });
    expect(rules.find(({ id }) => id === whole)).toEqual({
      ...{ id: whole, name: "Whole", active: false, order: 15.5, condition: 'intent == "question"\n|| addressed' },
      ...{ needsResponse: false, priority: "High", queue: "Social_Priority", responseMinutes: 20, reason: "Because." },
    });
  });

  promise("a row says what became of it; what it says already costs no call", async ({ crm, ...place }) => {
    const listener = await place.addListener({ name: "Said", words: "nordwind" });
    const rule = await place.addRule({ name: "Said", condition: "addressed" });
    const remarks: readonly Remark[] = [
      { on: "listener", id: listener, state: "In use", detail: "" },
      broken(rule, "It has no order: give it one.\nAnd a second sentence."),
    ];
    await crm.kept(never);
    await place.calls();
    await crm.remark(remarks, never);
    expect(await place.calls()).toBe(1);
    expect(await place.listener(listener)).toMatchObject({ text: "nordwind", state: "In use", detail: undefined });
    expect(await place.rule(rule)).toMatchObject({ text: "addressed", state: "Broken" });
    expect((await place.rule(rule)).detail).toMatch(/^It has no order: give it one\.\s+And a second sentence\.$/);
    await crm.remark(remarks, never);
    await crm.kept(never);
    await place.calls();
    await crm.remark(remarks, never);
    expect(await place.calls()).toBe(0);
    await crm.remark([{ on: "rule", id: rule, state: "In use", detail: "" }], never);
    expect(await place.rule(rule)).toMatchObject({ state: "In use", detail: undefined });
  });

  promise("what somebody writes between the reading and the remark stays", async ({ crm, ...place }) => {
    const id = await place.addRule({ name: "Edited", condition: "addresed" });
    await crm.kept(never);
    await place.changeRule(id, { condition: "addressed", name: "Mended" });
    await crm.remark([broken(id)], never);
    expect(await place.rule(id)).toMatchObject({ name: "Mended", text: "addressed", state: "Broken" });
  });

  promise("a row that is gone holds up no other, and a long remark is cut", async ({ crm, ...place }) => {
    const [gone, stands] = [await place.addRule({ name: "Gone" }), await place.addRule({ name: "Stands" })];
    await place.removeRule(gone);
    await crm.remark([broken(gone), broken(stands, "x".repeat(5000))], never);
    expect((await place.rule(stands)).detail).toMatch(/^x+…$/);
    expect((await crm.kept(never)).rules.map(({ id }) => id)).not.toContain(gone);
  });

  promise("a remark that met a lock is waited for, and stands when it is said again", async ({ crm, ...place }) => {
    const id = await place.addRule({ name: "Locked" });
    await crm.kept(never);
    await place.trouble("lock");
    await expect(crm.remark([broken(id)], never)).rejects.toMatchObject({ name: "Unavailable" });
    await crm.remark([broken(id)], never);
    expect(await place.rule(id)).toMatchObject({ state: "Broken" });
  });

  promise("rules that come with us are made once; what people made of them stays", async ({ crm, ...place }) => {
    const rules = [offered("born-1"), offered("born-2", { queue: "Social_Service", responseMinutes: 30 })];
    expect(await crm.offer(rules, never)).toBe(2);
    expect(await ruleOf(crm, "born-2")).toMatchObject({ ...rules[1] });
    const first = (await ruleOf(crm, "born-1"))?.id ?? "";
    await place.changeRule(first, { name: "Ours now", condition: "addressed", active: false });
    expect(await crm.offer([...rules, offered("born-3")], never)).toBe(1);
    expect(await crm.offer(rules, never)).toBe(0);
    expect(await ruleOf(crm, "born-1")).toBeUndefined();
    expect(await ruleOf(crm, "Ours now")).toMatchObject({ id: first, condition: "addressed", active: false });
  });

  promise("a rule that came with us is put back, emptied where it says nothing", async ({ crm, ...place }) => {
    await crm.offer([offered("back"), offered("other")], never);
    const [id, other] = [(await ruleOf(crm, "back"))?.id ?? "", (await ruleOf(crm, "other"))?.id ?? ""];
    await place.changeRule(id, { name: "Mine", condition: "addressed", priority: "High", minutes: 5, active: false });
    await place.changeRule(other, { condition: "addressed" });
    await crm.restore(offered("back"), never);
    expect(await ruleOf(crm, "back")).toEqual({ id, ...offered("back") });
    expect(await ruleOf(crm, "other")).toMatchObject({ condition: "addressed" });
  });
}
