import type { Draft, Identity } from "../../../connector/model/draft.ts";
import type { Post } from "../../../connector/model/post.ts";
import { toTestMessage } from "../../fakes/posts.ts";
import { onKnownCase, recallAndRecord, toDraft, toNewCase, toOpening } from "./drafts.ts";
import { never, type Promised } from "./place.ts";

const LATER = "2026-03-01T12:00:00.000Z";

function linked(contact: string): Identity {
  return { state: "Linked", link: { contact }, evidence: "Handle on record", found: true };
}

/** A later post of the same customer in the same conversation. */
function toFollowing(id: string, { post }: { readonly post: Post }, change: Partial<Post> = {}) {
  return toDraft({ ...post, key: `test:social.example/${id}`, conversation: post.key, postedAt: LATER, ...change });
}

/** What every CRM promises of its writes: born, versioned, guarded. */
export function recordingContract(promise: Promised): void {
  promise("a repeat makes no second Case, and what a person changed stays", async (place) => {
    const opening = toOpening("w-born", "w_born");
    await recallAndRecord(place.crm, [opening]);
    const [born] = await place.casesOf(opening.post.author.key);
    expect(born).toMatchObject({ priority: "High", subject: opening.home?.kind === "new" && opening.home.subject });
    const own = { priority: "Low", subject: "Seat 12C", contact: await place.addCustomer("Contact", "somebody@else") };
    await place.changeCase(born?.id ?? "", own);
    const ownerId = await place.takeCase(born?.id ?? "");

    // As after a crash: nothing is remembered, and all is written again.
    const blank = { post: undefined, parent: undefined, persona: undefined, cases: [], latestCaseId: undefined };
    const forgotten = { ...opening, memory: { ...blank, lastCaseNumber: 0, candidates: [] } };
    expect((await place.crm.record([forgotten], never)).outcomes).toEqual([undefined]);
    await recallAndRecord(place.crm, [toFollowing("w-born-2", opening)], onKnownCase("open"));
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ ...own, ownerId, lastInboundAt: LATER }]);
  });

  promise("two posts and our answer in one batch stand on one Case, which tells the latest", async (place) => {
    const opening = toOpening("w-batch", "w_batch");
    const key = toNewCase(opening).key;
    const second = { ...toFollowing("w-batch-2", opening), home: { kind: "batch", key } as const };
    const ours = toFollowing("w-batch-3", opening, {
      direction: "outbound",
      parent: opening.post.key,
      postedAt: "2026-03-01T12:30:00.000Z",
    });
    const outcomes = await recallAndRecord(place.crm, [opening, second, { ...ours, home: second.home }]);
    expect(outcomes).toEqual([undefined, undefined, undefined]);
    const cases = await place.casesOf(opening.post.author.key);
    expect(cases).toMatchObject([{ lastInboundAt: LATER, firstResponseAt: "2026-03-01T12:30:00.000Z" }]);
    expect(await place.post(second.post.key)).toMatchObject({ caseId: cases[0]?.id });
  });

  promise("two versions of a post in one batch are one post, the newer one", async ({ crm, post }) => {
    const opening = toOpening("w-two", "w_two");
    const edited = { ...opening, post: { ...opening.post, version: 5, text: "edited" } };
    expect(await recallAndRecord(crm, [edited, opening])).toEqual([undefined, undefined]);
    expect(await post(opening.post.key)).toMatchObject({ version: 5, text: "edited" });
  });

  promise("an edit changes no label, whether or not it comes in one batch with its post", async ({ crm, post }) => {
    for (const isTogether of [true, false]) {
      const read = (intent: "complaint" | "praise") =>
        ({ language: "en", sentiment: "mixed", sentimentScore: 0, intent, topics: [] }) as const;
      const opening = { ...toOpening(`w-label-${isTogether}`, "w_label"), reading: read("complaint") };
      const edited = { ...opening, post: { ...opening.post, version: 5, text: "edited" }, reading: read("praise") };
      for (const batch of isTogether ? [[opening, edited]] : [[opening], [edited]]) await recallAndRecord(crm, batch);
      expect(await post(opening.post.key)).toMatchObject({ text: "edited", intent: "complaint" });
    }
  });

  promise("an older version that comes late is done, and changes nothing", async (place) => {
    const contact = await place.addCustomer("Contact", "w_old@social.example");
    const opening = toOpening("w-old", "w_old", { text: "old words" });
    const tasked: Draft = { ...opening, identity: linked(contact), task: true };
    const edited = { ...tasked, post: { ...opening.post, version: 5, text: "new words" } };
    await recallAndRecord(place.crm, [edited]);
    expect(await recallAndRecord(place.crm, [tasked])).toEqual([undefined]);
    expect(await place.post(opening.post.key)).toMatchObject({ version: 5, text: "new words" });
    expect(await place.activity(opening.post.key)).toContain("new words");
    expect(await place.activity(opening.post.key)).not.toContain("old words");
  });

  promise("a write that was held until the world had moved on leaves no old words", async (place) => {
    const opening = toOpening("w-held", "w_held", { text: "held words" });
    const [memory] = await place.crm.recall([opening], never);
    const remembering = memory === undefined ? opening : { ...opening, memory };
    await place.trouble("hold");
    const held = place.crm.record([remembering], never);
    await place.untilHeld();
    await recallAndRecord(place.crm, [{ ...opening, post: { ...opening.post, version: 5, text: "new words" } }]);
    await place.crm.erase([{ key: opening.post.key, at: LATER }], never);
    await place.endTrouble();
    expect((await held).outcomes).toEqual(["again"]);
    expect(await place.post(opening.post.key)).toMatchObject({ text: undefined, gone: true });
    expect(JSON.stringify(await place.casesOf(opening.post.author.key))).not.toContain("words");
  });

  promise("a link that a person decided stands, and so does that it is nobody", async (place) => {
    const contact = await place.addCustomer("Contact", "w_link@social.example");
    const other = await place.addCustomer("Contact", "w_other@social.example");
    const opening = { ...toOpening("w-link", "w_link"), identity: linked(contact) };
    const persona = opening.post.author.key;
    await recallAndRecord(place.crm, [opening]);
    expect(await place.contactOf(persona)).toBe(contact);
    for (const decision of [other, undefined]) {
      await place.decide(persona, decision);
      expect(await recallAndRecord(place.crm, [opening])).toEqual([undefined]);
      expect(await place.contactOf(persona)).toBe(decision);
    }
  });

  promise("an empty Contact of a Case is filled, another one never replaced", async (place) => {
    const opening = toOpening("w-fill", "w_fill");
    await recallAndRecord(place.crm, [opening]);
    const contact = await place.addCustomer("Contact", "w_fill@social.example");
    const second = { ...toFollowing("w-fill-2", opening), identity: linked(contact) };
    await recallAndRecord(place.crm, [second], onKnownCase("open"));
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ contact }]);
    const other = await place.addCustomer("Contact", "w_fill_2@social.example");
    const third = { ...toFollowing("w-fill-3", opening), identity: linked(other) };
    expect(await recallAndRecord(place.crm, [third], onKnownCase("open"))).toEqual([undefined]);
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ contact }]);
  });

  promise("a Contact that a person filled in meanwhile stands", async (place) => {
    const opening = toOpening("w-race", "w_race");
    await recallAndRecord(place.crm, [opening]);
    const [ours, theirs] = ["w_race@social.example", "w_race@else"];
    const second = { ...toFollowing("w-race-2", opening), identity: linked(await place.addCustomer("Contact", ours)) };
    const [memory] = await place.crm.recall([second], never);
    const [known] = memory?.cases ?? [];
    if (memory === undefined || known === undefined) throw new Error("the Case is not recalled");
    const contact = await place.addCustomer("Contact", theirs);
    await place.changeCase(known.id, { contact });
    const { outcomes } = await place.crm.record([{ ...second, memory, home: { kind: "open", case: known } }], never);
    expect(outcomes).toEqual([undefined]);
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ contact }]);
  });

  promise("a closed Case is reopened", async (place) => {
    const opening = toOpening("w-reopen", "w_reopen");
    await recallAndRecord(place.crm, [opening]);
    const [found] = await place.casesOf(opening.post.author.key);
    await place.changeCase(found?.id ?? "", { isOpen: false });
    expect(await recallAndRecord(place.crm, [toFollowing("w-reopen-2", opening)], onKnownCase("reopen"))).toEqual([
      undefined,
    ]);
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ isOpen: true }]);
  });

  promise("a Case that was deleted meanwhile has its post decided again", async (place) => {
    const opening = toOpening("w-deleted", "w_deleted");
    await recallAndRecord(place.crm, [opening]);
    const following = toFollowing("w-deleted-2", opening);
    const [memory] = await place.crm.recall([following], never);
    const [known] = memory?.cases ?? [];
    if (memory === undefined || known === undefined) throw new Error("the Case is not recalled");
    await place.removeCase(known.id);
    const { outcomes } = await place.crm.record([{ ...following, memory, home: { kind: "open", case: known } }], never);
    expect(outcomes).toEqual(["again"]);
  });

  promise("a Case that was closed meanwhile has its post decided again", async (place) => {
    const opening = toOpening("w-closed", "w_closed");
    await recallAndRecord(place.crm, [opening]);
    const following = toFollowing("w-closed-2", opening);
    const [memory] = await place.crm.recall([following], never);
    const [known] = memory?.cases ?? [];
    if (memory === undefined || known === undefined) throw new Error("the Case is not recalled");
    await place.changeCase(known.id, { isOpen: false });
    const { outcomes } = await place.crm.record([{ ...following, memory, home: { kind: "open", case: known } }], never);
    expect(outcomes).toEqual(["again"]);
    expect(await recallAndRecord(place.crm, [following], onKnownCase("open"))).toEqual([undefined]);
  });

  promise("locked rows are to be decided again, and then stand", async (place) => {
    const opening = toOpening("w-lock", "w_lock");
    for (let row = 0; row < 3; row++) {
      await place.trouble("lock");
      expect(await recallAndRecord(place.crm, [opening])).toEqual(["again"]);
      await place.endTrouble();
    }
    expect(await recallAndRecord(place.crm, [opening])).toEqual([undefined]);
    const [found] = await place.casesOf(opening.post.author.key);
    expect(await place.post(opening.post.key)).toMatchObject({ caseId: found?.id });
  });

  promise("a lost answer is Unavailable, and the repeat makes nothing twice", async (place) => {
    const opening = toOpening("w-lost", "w_lost");
    const [memory] = await place.crm.recall([opening], never);
    await place.trouble("lost answer");
    const writing = place.crm.record([memory === undefined ? opening : { ...opening, memory }], never);
    await expect(writing).rejects.toMatchObject({ name: "Unavailable" });
    expect(await recallAndRecord(place.crm, [opening])).toEqual([undefined]);
    expect(await place.casesOf(opening.post.author.key)).toHaveLength(1);
  });

  promise("private words stand nowhere but in the post", async (place) => {
    const message = toDraft(toTestMessage("w-private", "w_private", { text: "my booking is QX7PLM" }));
    const home = { ...toNewCase(message), subject: "Private message", description: "In private." };
    expect(await recallAndRecord(place.crm, [{ ...message, home }])).toEqual([undefined]);
    expect(await place.post(message.post.key)).toMatchObject({ text: "my booking is QX7PLM" });
    expect(JSON.stringify(await place.casesOf(message.post.author.key))).not.toContain("QX7PLM");
  });

  promise("200 posts of 200 people are one call to recall and at most two to record", async (place) => {
    const drafts = Array.from({ length: 200 }, (_, index) => toOpening(`w-many-${index}`, `w_many_${index}`));
    await place.calls();
    const outcomes = await recallAndRecord(place.crm, drafts);
    expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual([]);
    expect(await place.calls()).toBeLessThanOrEqual(3);
    expect(await place.casesOf(drafts[199]?.post.author.key ?? "")).toHaveLength(1);
  });

  promise("what is deleted goes from the post, its Case and its activity, again and again", async (place) => {
    const contact = await place.addCustomer("Contact", "w_gone@social.example");
    const opening = toOpening("w-gone", "w_gone", { text: "my password is hunter2" });
    await recallAndRecord(place.crm, [{ ...opening, identity: linked(contact), task: true }]);
    expect(await place.activity(opening.post.key)).toContain("hunter2");
    for (let time = 0; time < 2; time++) await place.crm.erase([{ key: opening.post.key, at: LATER }], never);
    expect(await place.post(opening.post.key)).toMatchObject({ gone: true, text: undefined });
    expect(JSON.stringify(await place.casesOf(opening.post.author.key))).not.toContain("hunter2");
    expect(await place.activity(opening.post.key)).not.toContain("hunter2");
    expect(await recallAndRecord(place.crm, [{ ...opening, post: { ...opening.post, version: 9 } }])).toEqual([
      undefined,
    ]);
    expect(await place.post(opening.post.key)).toMatchObject({ gone: true, text: undefined });
    await place.crm.erase([{ key: "test:social.example/never-seen", at: LATER }], never);
    expect(await place.post("test:social.example/never-seen")).toBeUndefined();
  });

  promise(
    "a Case loses its words with the post that opened it, not with an earlier one that came late",
    async (place) => {
      const opening = toOpening("w-opener", "w_opener", { text: "the words of the Case" });
      const persona = opening.post.author.key;
      await recallAndRecord(place.crm, [opening]);
      const earlier = toFollowing("w-opener-0", opening, {
        text: "earlier words",
        postedAt: "2026-02-01T10:00:00.000Z",
      });
      await recallAndRecord(place.crm, [earlier], onKnownCase("open"));
      await place.crm.erase([{ key: earlier.post.key, at: LATER }], never);
      expect(await place.casesOf(persona)).toMatchObject([{ description: "the words of the Case" }]);

      await place.crm.erase([{ key: opening.post.key, at: LATER }], never);
      const [erased] = await place.casesOf(persona);
      expect(JSON.stringify(erased)).not.toContain("words of the Case");
      await place.changeCase(erased?.id ?? "", { subject: "Seat 12C" });
      await place.crm.erase([{ key: opening.post.key, at: LATER }], never);
      expect(await place.casesOf(persona)).toMatchObject([{ subject: "Seat 12C", description: undefined }]);
    },
  );
}
