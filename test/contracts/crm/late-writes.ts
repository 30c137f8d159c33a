import type { Written } from "../../../connector/crm/crm.ts";
import type { Draft, Home } from "../../../connector/model/draft.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import { onKnownCase, recallAndRecord, toDraft, toEdit, toOpening } from "./drafts.ts";
import { linked } from "./editing.ts";
import { company, never, type CrmPlace, type Promised } from "./place.ts";

const AT = "2026-03-01T12:00:00.000Z";

/** Recalls and records now, but the org gets the call that writes (the one after `skip` others) only at `release`. */
async function hold(
  place: CrmPlace,
  draft: Draft,
  { skip = 0, toHome }: { readonly skip?: number; readonly toHome?: (draft: Draft) => Home | undefined } = {},
): Promise<() => Promise<readonly Written[]>> {
  const [memory] = await place.crm.recall([draft], never);
  if (memory === undefined) throw new Error("nothing was recalled");
  const home = toHome === undefined ? draft.home : toHome({ ...draft, memory });
  await place.trouble("hold", skip);
  const held = place.crm.record([{ ...draft, memory, ...(home === undefined ? {} : { home }) }], never);
  return await toRelease(
    place,
    held.then(({ outcomes }) => outcomes),
  );
}

async function toRelease<T>(place: CrmPlace, held: Promise<T>): Promise<() => Promise<T>> {
  // One call of ours that goes through tells that the held one has come to the org.
  await place.untilHeld();
  return async () => {
    await place.endTrouble();
    return await held;
  };
}

async function caseOf(place: CrmPlace, { post }: Draft) {
  const [found] = await place.casesOf(post.author.key);
  if (found === undefined) throw new Error("there is no Case");
  return found;
}

function toReply(row: string): Reply {
  return { key: `${row}/1`, row, attempt: 1, order: "send", account: company.key };
}

/** The connector gives a call up after a minute; what it wrote then may still come to stand, much later. */
export function lateWritesContract(promise: Promised): void {
  promise("a birth brings back no label, no Case and no word that people changed", async (place) => {
    const opening = toOpening("l-birth", "l_birth", { text: "old words" });
    const release = await hold(place, opening);
    await recallAndRecord(place.crm, [opening]);
    const own = { subject: "Seat 12C", description: "Called her.", priority: "Low" };
    const born = await caseOf(place, opening);
    await place.changeCase(born.id, { ...own, isOpen: false });
    const ownerId = await place.takeCase(born.id);
    await place.correctIntent(opening.post.key, "praise");
    const caseId = await place.movePost(opening.post.key);
    await release();
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ ...own, ownerId, isOpen: false }]);
    expect(await place.post(opening.post.key)).toMatchObject({ intent: "praise", caseId });
  });

  promise("a birth brings back no Case that was merged away, though its key is free", async (place) => {
    const opening = toOpening("l-merged", "l_merged", { text: "old words" });
    const release = await hold(place, opening);
    await recallAndRecord(place.crm, [opening]);
    await place.merge("Case", await place.makeCase("By phone"), (await caseOf(place, opening)).id);
    expect(await release()).toEqual(["again"]);
    expect(await place.casesOf(opening.post.author.key)).toEqual([]);
  });

  promise("a birth finds the newer words, and decides anew where it is an edit itself", async (place) => {
    const opening = toOpening("l-newer", "l_newer", { text: "old words" });
    const release = await hold(place, toEdit(opening, "second words", 3));
    await recallAndRecord(place.crm, [toEdit(opening, "third words")]);
    expect(await release()).toEqual(["again"]);
    expect(await place.post(opening.post.key)).toMatchObject({ version: 5, text: "third words" });
    expect(await place.casesOf(opening.post.author.key)).toHaveLength(1);
  });

  promise("a birth that comes after the deletion finds tombstones", async (place) => {
    const contact = await place.addCustomer("Contact", "l_gone@social.example");
    const opening: Draft = {
      ...toOpening("l-gone", "l_gone", { text: "my hunter2" }),
      identity: linked(contact),
      task: true,
    };
    for (const skip of [0, 1]) {
      const release = await hold(place, opening, { skip });
      await recallAndRecord(place.crm, [{ ...opening, gone: AT }]);
      await release();
      const places = await place.crm.inspect(opening.post.key, never);
      expect(places.filter(({ holds }) => holds === "words")).toEqual([]);
      expect(await place.post(opening.post.key)).toMatchObject({ gone: true });
    }
  });

  promise("an edit changes nothing that a person wrote meanwhile, nor newer words", async (place) => {
    const opening = toOpening("l-edit", "l_edit", { text: "old words" });
    await recallAndRecord(place.crm, [opening]);
    const release = await hold(place, toEdit(opening, "second words", 3), { skip: 1 });
    await recallAndRecord(place.crm, [toEdit(opening, "third words")]);
    await place.changeCase((await caseOf(place, opening)).id, { subject: "Seat 12C" });
    await release();
    expect(await place.post(opening.post.key)).toMatchObject({ version: 5, text: "third words" });
    expect(await caseOf(place, opening)).toMatchObject({ subject: "Seat 12C", description: "third words" });
  });

  promise("a repeated edit brings no words back over a person's", async (place) => {
    const opening = toOpening("l-twice", "l_twice", { text: "old words" });
    await recallAndRecord(place.crm, [opening]);
    const release = await hold(place, toEdit(opening, "new words"), { skip: 1 });
    await recallAndRecord(place.crm, [toEdit(opening, "new words")]);
    const own = { subject: "Seat 12C", description: "Called her, she is fine." };
    await place.changeCase((await caseOf(place, opening)).id, own);
    expect(await release()).toEqual([undefined]);
    expect(await caseOf(place, opening)).toMatchObject(own);
  });

  promise("an edit that comes after the deletion finds no place for its words", async (place) => {
    const contact = await place.addCustomer("Contact", "l_edited@social.example");
    const opening: Draft = { ...toOpening("l-edited", "l_edited"), identity: linked(contact), task: true };
    await recallAndRecord(place.crm, [opening]);
    const release = await hold(place, toEdit(opening, "my password is hunter2"), { skip: 2 });
    await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    await release();
    const places = await place.crm.inspect(opening.post.key, never);
    expect(places.filter(({ holds }) => holds === "words")).toEqual([]);
    expect(await place.activity(opening.post.key)).not.toContain("hunter2");
  });

  promise("an activity that a person changed or removed stays so", async (place) => {
    const contact = await place.addCustomer("Contact", "l_task@social.example");
    const opening: Draft = {
      ...toOpening("l-task", "l_task", { text: "old words" }),
      identity: linked(contact),
      task: true,
    };
    const releaseBirth = await hold(place, opening, { skip: 1 });
    await recallAndRecord(place.crm, [opening]);
    await place.changeActivity(opening.post.key, { subject: "Called", note: "She is fine." });
    await releaseBirth();
    expect(await place.activity(opening.post.key)).toBe("Called\nShe is fine.");

    const releaseSecond = await hold(place, opening, { skip: 1 });
    await recallAndRecord(place.crm, [opening]);
    await place.removeActivity(opening.post.key);
    expect(await releaseSecond()).toEqual(["again"]);
    expect(await place.activity(opening.post.key)).toBeUndefined();

    await recallAndRecord(place.crm, [opening]);
    const releaseEdit = await hold(place, toEdit(opening, "new words"), { skip: 2 });
    await place.removeActivity(opening.post.key);
    await releaseEdit();
    expect(await place.activity(opening.post.key)).toBeUndefined();
  });

  promise("what is cut out of a person's words is cut out of those that stand now", async (place) => {
    const contact = await place.addCustomer("Contact", "l_cut@social.example");
    const text = "My password is hunter2, and my bag is lost.";
    const opening: Draft = { ...toOpening("l-cut", "l_cut", { text }), identity: linked(contact), task: true };
    await recallAndRecord(place.crm, [opening]);
    const { id } = await caseOf(place, opening);
    await place.changeCase(id, { description: `${text}\nCalled her.` });
    await place.changeActivity(opening.post.key, { note: `${text}\nCalled her.` });
    await place.trouble("hold");
    const release = await toRelease(place, place.crm.erase([{ key: opening.post.key, at: AT }], never));
    await place.changeCase(id, { description: `Refund promised.\n${text}` });
    await place.changeActivity(opening.post.key, { note: "Refund promised." });
    await release();
    const { description } = await caseOf(place, opening);
    for (const left of [description, await place.activity(opening.post.key)]) {
      expect(left).toContain("Refund promised.");
      expect(left).not.toContain("hunter2");
    }
  });

  promise("the times on a Case only move on", async (place) => {
    const opening = toOpening("l-times", "l_times");
    await recallAndRecord(place.crm, [opening]);
    const at = (id: string, postedAt: string, by: "inbound" | "outbound" = "inbound") =>
      toDraft({
        ...opening.post,
        ...{ key: `test:social.example/${id}`, conversation: opening.post.key, parent: opening.post.key },
        ...{ postedAt, direction: by },
      });
    const times = { lastInboundAt: "2026-03-01T14:00:00.000Z", firstResponseAt: "2026-03-01T13:30:00.000Z" };
    const releases = [
      await hold(place, at("l-times-2", "2026-03-01T11:00:00.000Z"), { toHome: onKnownCase("open") }),
      await hold(place, at("l-times-3", "2026-03-01T13:00:00.000Z", "outbound"), { toHome: onKnownCase("open") }),
    ];
    const later = [at("l-times-4", times.lastInboundAt), at("l-times-5", times.firstResponseAt, "outbound")];
    await recallAndRecord(place.crm, later, onKnownCase("open"));
    for (const release of releases) expect(await release()).toEqual(["again"]);
    expect(await caseOf(place, opening)).toMatchObject(times);
  });

  promise("a Case that was opened and worked on, or closed again, is not opened once more", async (place) => {
    for (const isOpen of [true, false]) {
      const opening = toOpening(`l-reopen-${isOpen}`, `l_reopen_${isOpen}`);
      await recallAndRecord(place.crm, [opening]);
      const { id } = await caseOf(place, opening);
      await place.changeCase(id, { isOpen: false });
      const following = toDraft({
        ...opening.post,
        key: `${opening.post.key}-2`,
        conversation: opening.post.key,
        postedAt: AT,
      });
      const release = await hold(place, following, { toHome: onKnownCase("reopen") });
      await recallAndRecord(place.crm, [following], onKnownCase("reopen"));
      await place.changeCase(id, { isWorkedOn: true });
      // The org tells the time of a closing in whole seconds.
      await place.nextSecond();
      if (!isOpen) await place.changeCase(id, { isOpen: false });
      expect(await release()).toEqual(["again"]);
      expect(await caseOf(place, opening)).toMatchObject({ status: isOpen ? "Working" : "Closed" });
    }
  });

  promise("a link and a Contact that a person decided on stand", async (place) => {
    const [ours, theirs] = [
      await place.addCustomer("Contact", "l_link@social.example"),
      await place.addCustomer("Contact", "l_link@else"),
    ];
    const opening = toOpening("l-link", "l_link");
    await recallAndRecord(place.crm, [opening]);
    const found = { ...opening, identity: linked(ours) };
    const release = await hold(place, found, { skip: 1, toHome: onKnownCase("open") });
    await place.decide(opening.post.author.key, theirs);
    await place.changeCase((await caseOf(place, opening)).id, { contact: theirs });
    expect(await release()).toEqual([undefined]);
    expect(await place.contactOf(opening.post.author.key)).toBe(theirs);
    expect(await caseOf(place, opening)).toMatchObject({ contact: theirs });
  });

  promise("erasing takes no words of a person, and none of ours is left", async (place) => {
    const contact = await place.addCustomer("Contact", "l_erase@social.example");
    const secret = "my password is hunter2, do not tell anybody";
    const opening: Draft = {
      ...toOpening("l-erase", "l_erase", { text: secret }),
      identity: linked(contact),
      task: true,
    };
    await recallAndRecord(place.crm, [opening]);
    const { id } = await caseOf(place, opening);
    const row = await place.addReply({ post: opening.post.key, text: `“${secret}”?`, isDraft: true });
    await place.trouble("hold");
    const release = await toRelease(place, place.crm.erase([{ key: opening.post.key, at: AT }], never));
    await place.changeCase(id, { subject: "Seat 12C", description: `Called her about “${secret}”.` });
    await place.changeActivity(opening.post.key, { note: "She is fine." });
    await place.changeReply(row, `We have read “${secret}”.`);
    await release();
    expect(await caseOf(place, opening)).toMatchObject({
      subject: "Seat 12C",
      description: expect.stringMatching(/^Called her about “\[.*\]”\.$/) as string,
    });
    expect(await place.activity(opening.post.key)).toContain("She is fine.");
    expect((await place.reply(row)).text).toMatch(/^We have read “\[.*\]”\.$/);
  });

  promise("erasing twice takes nothing that was written after the first time", async (place) => {
    const opening = toOpening("l-again", "l_again", { text: "my hunter2" });
    await recallAndRecord(place.crm, [opening]);
    await place.trouble("hold");
    const release = await toRelease(place, place.crm.erase([{ key: opening.post.key, at: AT }], never));
    await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    const own = { subject: "Seat 12C", description: "Called her." };
    await place.changeCase((await caseOf(place, opening)).id, own);
    await release();
    expect(await caseOf(place, opening)).toMatchObject(own);
  });

  promise(
    "a verdict brings no words back into a reply that was erased, and a claim wakes no sent one",
    async (place) => {
      const opening = toOpening("l-reply", "l_reply");
      await recallAndRecord(place.crm, [opening]);
      const row = await place.addReply({ post: opening.post.key, text: "We found it." });
      const published = "test:social.example/l-reply-answer";
      const verdict = { status: "Sent", post: published, publicText: "We found it.", at: AT } as const;
      await place.trouble("hold");
      const releaseClaim = await toRelease(place, place.crm.claim([toReply(row)], never));
      await place.crm.claim([toReply(row)], never);
      await place.trouble("hold");
      const releaseVerdict = await toRelease(place, place.crm.settle(toReply(row), verdict, never));
      await place.crm.settle(toReply(row), verdict, never);
      await place.crm.erase([{ key: published, at: AT }], never);
      expect(await releaseClaim()).toEqual([]);
      await releaseVerdict();
      expect(await place.reply(row)).toMatchObject({ status: "Sent", text: "", sentPostKey: published });
    },
  );
}
