import { toTestPersona } from "../../fakes/posts.ts";
import { onKnownCase, recallAndRecord, toDraft, toOpening } from "./drafts.ts";
import { never, type Promised } from "./place.ts";

/** What every CRM promises to know about drafts. */
export function recallingContract(promise: Promised): void {
  promise("nothing is known of a stranger", async ({ crm }) => {
    const [memory] = await crm.recall([toOpening("r-stranger", "r_stranger")], never);
    expect(memory).toEqual({
      post: undefined,
      parent: undefined,
      persona: undefined,
      cases: [],
      latestCaseId: undefined,
      lastCaseNumber: 0,
      candidates: [],
    });
  });

  promise("what was recorded is known: post, persona, Case, and what answers it", async ({ crm, casesOf }) => {
    const opening = toOpening("r-known", "r_known");
    await recallAndRecord(crm, [opening]);
    const [found] = await casesOf(opening.post.author.key);
    const answer = toOpening("r-known-2", "r_known", { parent: opening.post.key, conversation: opening.post.key });
    const [again, child] = await crm.recall([opening, answer], never);
    expect(again).toMatchObject({
      post: { key: opening.post.key, version: 0, gone: false, caseId: found?.id },
      persona: { key: opening.post.author.key },
      cases: [{ id: found?.id, key: opening.home?.kind === "new" && opening.home.key }],
      latestCaseId: found?.id,
      lastCaseNumber: 1,
    });
    expect(child).toMatchObject({
      post: undefined,
      parent: { key: opening.post.key, caseId: found?.id },
      lastCaseNumber: 1,
    });
  });

  promise(
    "a closed Case of the conversation is known, with when it was closed",
    async ({ crm, casesOf, changeCase }) => {
      const opening = toOpening("r-closed", "r_closed");
      await recallAndRecord(crm, [opening]);
      const [found] = await casesOf(opening.post.author.key);
      await changeCase(found?.id ?? "", { isOpen: false });
      const [memory] = await crm.recall([opening], never);
      expect(memory?.cases).toMatchObject([{ id: found?.id }]);
      expect(memory?.cases[0]?.closedAt).toMatch(/^\d{4}-.*Z$/);
    },
  );

  promise("of a customer's many open Cases come those that a post may join", async ({ crm, casesOf }) => {
    const openings = Array.from({ length: 14 }, (_, n) => toOpening(`r-many-${n}`, "r_many"));
    await recallAndRecord(crm, openings);
    const cases = await casesOf(openings[0]?.post.author.key ?? "");
    expect(cases).toHaveLength(14);
    const elsewhere = toOpening("r-many-public", "r_many");
    const known = toOpening("r-many-again", "r_many", { conversation: openings[3]?.post.key ?? "" });
    const told = toOpening("r-many-private", "r_many", { visibility: "private" });
    expect((await crm.recall([elsewhere], never))[0]?.cases).toEqual([]);
    expect((await crm.recall([known], never))[0]).toMatchObject({
      cases: [{ id: cases[3]?.id }],
      latestCaseId: cases[3]?.id,
      lastCaseNumber: 1,
    });
    const [memory] = await crm.recall([told], never);
    const ids = memory?.cases.map(({ id }) => id) ?? [];
    expect(ids.length).toBeLessThan(14);
    expect(ids.every((id) => cases.some((one) => one.id === id))).toBe(true);
    expect(ids.length).toBeGreaterThan(0);
  });

  promise("the Case of another customer counts for nobody else", async ({ crm }) => {
    const opening = toOpening("r-thread", "r_first");
    await recallAndRecord(crm, [opening]);
    const other = toDraft(toOpening("r-thread-2", "r_second").post, {});
    const inThread = { ...other, post: { ...other.post, parent: opening.post.key, conversation: opening.post.key } };
    const [memory] = await crm.recall([inThread], never);
    expect(memory).toMatchObject({ lastCaseNumber: 0, latestCaseId: undefined });
  });

  promise("the latest post tells where a conversation went", async ({ crm, casesOf }) => {
    const opening = toOpening("r-latest", "r_latest");
    await recallAndRecord(crm, [opening]);
    const later = toOpening("r-latest-2", "r_latest", {
      conversation: opening.post.key,
      postedAt: "2026-03-01T11:00:00.000Z",
    });
    await recallAndRecord(crm, [later], onKnownCase("open"));
    const [found] = await casesOf(opening.post.author.key);
    const [memory] = await crm.recall([later], never);
    expect(memory?.latestCaseId).toBe(found?.id);
    expect(await casesOf(opening.post.author.key)).toHaveLength(1);
  });

  const profileUrl = "https://social.example/@R_Link";
  const spellings = [
    ["with its leading sign", "r_sign", "@r_sign@social.example"],
    ["without it", "r_bare", "r_bare@social.example"],
    ["in other capitals", "r_caps", "R_Caps@Social.Example"],
    ["as the address of the profile", "r_link", profileUrl.toLowerCase()],
  ] as const;
  for (const [how, handle, written] of spellings) {
    promise(`a handle on record is found, written ${how}`, async ({ crm, addCustomer }) => {
      const contact = await addCustomer("Contact", written);
      const lead = await addCustomer("Lead", written);
      const author = { ...toTestPersona(handle), ...(handle === "r_link" ? { profileUrl } : {}) };
      const [memory] = await crm.recall([toOpening(`r-${handle}`, handle, { author })], never);
      expect(memory?.candidates.map(({ link }) => link)).toMatchObject([{ contact }, { lead }]);
    });
  }

  promise("a handle that only begins alike is nobody's", async ({ crm, addCustomer }) => {
    await addCustomer("Contact", "r_prefix@social.example.evil");
    const [memory] = await crm.recall([toOpening("r-prefix", "r_prefix")], never);
    expect(memory?.candidates).toEqual([]);
  });

  for (const odd of [
    "it's",
    'say "hi"',
    "a?b#c/d&e=f",
    "back\\slash\\",
    "' OR Name != '",
    "emoji 🧳✈️",
    "%_*",
    "line\nbreak",
  ]) {
    promise(`a key is a key, whatever stands in it: ${JSON.stringify(odd)}`, async ({ crm, casesOf, post }) => {
      const author = { ...toTestPersona("r_odd"), key: `test:social.example/odd/${odd}`, handle: odd };
      const opening = toOpening(`odd/${odd}`, "r_odd", { author });
      expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
      expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
      const [memory] = await crm.recall([opening], never);
      expect(memory?.post?.key).toBe(opening.post.key);
      expect(await post(opening.post.key)).toMatchObject({ text: opening.post.text });
      expect(await casesOf(author.key)).toHaveLength(1);
    });
  }

  promise("half a character in a handle harms no other draft", async ({ crm }) => {
    const author = { ...toTestPersona("r_half"), handle: "half\ud800" };
    const drafts = [toOpening("r-half", "r_half", { author }), toOpening("r-whole", "r_whole")];
    expect(await recallAndRecord(crm, drafts)).toEqual([undefined, undefined]);
  });
}
