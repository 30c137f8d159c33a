import type { Draft } from "../../../connector/model/draft.ts";
import { onKnownCase, recallAndRecord, toDraft, toEdit, toOpening } from "./drafts.ts";
import { linked } from "./editing.ts";
import { never, type CrmPlace, type Promised } from "./place.ts";

const AT = "2026-03-01T12:00:00.000Z";
const SECRET = "my password is hunter2, do not tell anybody";
const HARMLESS = "somebody has solved it for me";
/** How many calls that write go before the one that replaces the words of a known customer's post, and before the post's own. */
const [WORDS, POST] = [2, 3];

/** A known customer's post, with its Case and its activity. */
async function open(place: CrmPlace, id: string, text = SECRET): Promise<{ opening: Draft; caseId: string }> {
  const contact = await place.addCustomer("Contact", `${id}@social.example`);
  const opening: Draft = { ...toOpening(id, id, { text }), identity: linked(contact), task: true };
  await recallAndRecord(place.crm, [opening]);
  const [born] = await place.casesOf(opening.post.author.key);
  return { opening, caseId: born?.id ?? "" };
}

/** All that people read about the post. */
async function read(place: CrmPlace, { post }: Draft): Promise<string> {
  const shown = [await place.casesOf(post.author.key), await place.activity(post.key), await place.post(post.key)];
  return JSON.stringify(shown);
}

async function subjectAndDescription(place: CrmPlace, { post }: Draft) {
  const [found] = await place.casesOf(post.author.key);
  return { subject: found?.subject, description: found?.description };
}

/** Goes on until the CRM holds a writing call of ours: the one after `skip` others. */
async function holdEdit(place: CrmPlace, edit: Draft, skip: number): Promise<() => Promise<unknown>> {
  await place.trouble("hold", skip);
  const held = recallAndRecord(place.crm, [edit]);
  await place.untilHeld();
  return async () => {
    await place.endTrouble();
    return await held;
  };
}

/** What every CRM promises of words that their author replaced, where people wrote beside ours. */
export function formerWordsContract(promise: Promised): void {
  promise(
    "words that an edit replaced leave what people wrote beside them, and a deletion leaves none",
    async (place) => {
      const { opening, caseId } = await open(place, "f_beside");
      const own = { subject: `Seat 12C: ${SECRET}`, description: `${SECRET}\nCalled her.\nAll is well.` };
      await place.changeCase(caseId, own);
      await place.changeActivity(opening.post.key, { note: `${SECRET}\nAsked her twice.` });
      for (let time = 0; time < 2; time++)
        expect(await recallAndRecord(place.crm, [toEdit(opening, HARMLESS)])).toEqual([undefined]);
      const edited = await read(place, opening);
      expect(edited).not.toContain("hunter2");
      expect(edited).not.toContain("[deleted by its author]");
      for (const kept of ["Seat 12C", "Called her.", "All is well.", "Asked her twice."])
        expect(edited).toContain(kept);

      await place.crm.erase([{ key: opening.post.key, at: AT }], never);
      expect(await read(place, opening)).not.toMatch(/hunter2|solved it for me/u);
    },
  );

  promise("each field goes by itself: where a person took one, the other loses the former words too", async (place) => {
    for (const own of [{ subject: "Called her" }, { note: "She is fine." }]) {
      const { opening } = await open(place, `f_each_${Object.keys(own).join("")}`);
      await place.changeActivity(opening.post.key, own);
      await recallAndRecord(place.crm, [toEdit(opening, HARMLESS)]);
      const activity = await place.activity(opening.post.key);
      expect(activity).not.toContain("hunter2");
      expect(activity).toContain(Object.values(own)[0]);
    }
  });

  promise("drafts lose what they quote of the former words; what the post still says stays quoted", async (place) => {
    const kept = "Nobody picks up the phone in Hamburg.";
    const { opening, caseId } = await open(place, "f_kept", `${kept} ${SECRET}`);
    await place.changeCase(caseId, { description: `She said: ${kept} ${SECRET}` });
    const quoting = (text: string) => place.addReply({ post: opening.post.key, text, isDraft: true });
    const draft = await quoting(`You wrote “${kept} ${SECRET}”. Sorry!`);
    const harmless = await quoting(`You wrote “${kept}”. Sorry!`);
    await recallAndRecord(place.crm, [toEdit(opening, `${kept} Please call me.`)]);
    expect((await subjectAndDescription(place, opening)).description).toMatch(/^She said: .*Hamburg\. \[[^\]]+\]$/u);
    expect((await place.reply(draft)).text).toMatch(/^You wrote “.*Hamburg\. \[[^\]]+\]”\. Sorry!$/u);
    expect((await place.reply(harmless)).text).toBe(`You wrote “${kept}”. Sorry!`);

    await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    expect((await subjectAndDescription(place, opening)).description).not.toContain("Hamburg");
    for (const row of [draft, harmless]) expect((await place.reply(row)).text).not.toContain("Hamburg");
  });

  promise("a draft that quotes two posts loses what both said before, at once", async (place) => {
    const { opening, caseId } = await open(place, "f_two");
    const other = "Your colleague in Hamburg laughed at me";
    const home = onKnownCase("open");
    const second = toDraft({ ...opening.post, key: "test:social.example/f_two_2", text: other });
    await recallAndRecord(place.crm, [second], home);
    const text = `“${SECRET}” and “${other}”: sorry!`;
    const row = await place.addReply({ post: opening.post.key, text, isDraft: true, caseId });
    await recallAndRecord(place.crm, [toEdit(opening, HARMLESS), toEdit(second, HARMLESS)], home);
    expect((await place.reply(row)).text).toMatch(/^“\[[^\]]+\]” and “\[[^\]]+\]”: sorry!$/u);
  });

  promise("a post that its author hides leaves what people wrote, though its words are the same", async (place) => {
    const { opening, caseId } = await open(place, "f_hidden");
    await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
    await place.changeActivity(opening.post.key, { note: `${SECRET}\nCalled her.` });
    const edit = toEdit(opening, SECRET);
    const caseText = { subject: "Private message", description: "In private." };
    await recallAndRecord(place.crm, [{ ...edit, post: { ...edit.post, visibility: "private" }, caseText }]);
    const shown = [await place.casesOf(opening.post.author.key), await place.activity(opening.post.key)];
    expect(JSON.stringify(shown)).not.toContain("hunter2");
    expect(await place.post(opening.post.key)).toMatchObject({ visibility: "private", text: SECRET });
  });

  promise("an edit that was cut off is made whole when it comes again, wherever it was cut", async (place) => {
    for (const skip of [WORDS, POST]) {
      const { opening, caseId } = await open(place, `f_cut_${skip}`);
      await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
      await place.trouble("unavailable", skip);
      await expect(recallAndRecord(place.crm, [toEdit(opening, HARMLESS)])).rejects.toMatchObject({
        name: "Unavailable",
      });
      await place.endTrouble();
      expect(await place.post(opening.post.key)).toMatchObject({ text: SECRET });
      await place.changeCase(caseId, { description: `${SECRET}\nRefund promised.` });
      expect(await recallAndRecord(place.crm, [toEdit(opening, HARMLESS)])).toEqual([undefined]);
      const after = await read(place, opening);
      expect(after).not.toContain("hunter2");
      expect(after).toContain("Refund promised.");
    }
  });

  promise("an edit in between that never came to the post leaves none of its words", async (place) => {
    const { opening, caseId } = await open(place, "f_between", "old words of hers");
    const between = toEdit(opening, SECRET, 3);
    await place.trouble("unavailable", POST);
    await expect(recallAndRecord(place.crm, [between])).rejects.toMatchObject({ name: "Unavailable" });
    await place.endTrouble();
    expect((await subjectAndDescription(place, opening)).description).toBe(SECRET);
    await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
    await recallAndRecord(place.crm, [between, toEdit(opening, HARMLESS)]);
    const after = await read(place, opening);
    expect(after).not.toContain("hunter2");
    expect(after).toContain("Called her.");
  });

  promise("words of an edit that was deleted before it came to the post go from what people wrote", async (place) => {
    const { opening, caseId } = await open(place, "f_deleted", "old words of hers");
    const edit = toEdit(opening, SECRET);
    await place.trouble("unavailable", POST);
    await expect(recallAndRecord(place.crm, [edit])).rejects.toMatchObject({ name: "Unavailable" });
    await place.endTrouble();
    expect((await subjectAndDescription(place, opening)).description).toBe(SECRET);
    await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
    await recallAndRecord(place.crm, [{ ...edit, gone: AT }]);
    const after = await read(place, opening);
    expect(after).not.toContain("hunter2");
    expect(after).toContain("Called her.");
  });

  promise("what people write while an edit is on its way is read before words are cut out of it", async (place) => {
    const { opening, caseId } = await open(place, "f_meanwhile");
    await place.changeCase(caseId, { subject: `Hers: ${SECRET}`, description: `${SECRET}\nCalled her.` });
    await place.changeActivity(opening.post.key, { note: `${SECRET}\nCalled her.` });
    const release = await holdEdit(place, toEdit(opening, HARMLESS), WORDS);
    const newer = { subject: `Seat 12C, ${SECRET}`, description: `Refund promised.\n${SECRET}` };
    await place.changeCase(caseId, newer);
    await place.changeActivity(opening.post.key, { subject: "Refund", note: `Refund promised. ${SECRET}` });
    expect(await release()).toEqual([undefined]);
    const after = await read(place, opening);
    expect(after).not.toContain("hunter2");
    expect(await subjectAndDescription(place, opening)).toMatchObject({
      subject: expect.stringContaining("Seat 12C") as string,
      description: expect.stringContaining("Refund promised.") as string,
    });
    expect(await place.activity(opening.post.key)).toMatch(/^Refund\nRefund promised\./u);
  });

  promise("what was ours when we looked and a person's when we wrote loses the former words, too", async (place) => {
    const { opening, caseId } = await open(place, "f_since");
    const release = await holdEdit(place, toEdit(opening, HARMLESS), WORDS);
    await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
    await place.changeActivity(opening.post.key, { note: `${SECRET}\nCalled her.` });
    expect(await release()).toEqual([undefined]);
    const after = await read(place, opening);
    expect(after).not.toContain("hunter2");
    expect(after.match(/Called her/gu)).toHaveLength(2);
  });

  promise("a draft that is begun while an edit is on its way loses the former words, too", async (place) => {
    const { opening, caseId } = await open(place, "f_begun");
    const second = toDraft({ ...opening.post, key: "test:social.example/f_begun_2", text: "Hello?" });
    await recallAndRecord(place.crm, [second], onKnownCase("open"));
    const release = await holdEdit(place, toEdit(opening, HARMLESS), POST);
    const text = `You wrote “${SECRET}”. Sorry!`;
    const answer = await place.addReply({ post: opening.post.key, text, isDraft: true });
    const beside = await place.addReply({ post: second.post.key, text, isDraft: true, caseId });
    expect(await release()).toEqual([undefined]);
    for (const row of [answer, beside])
      expect((await place.reply(row)).text).toMatch(/^You wrote “\[[^\]]+\]”\. Sorry!$/u);
  });

  promise("a draft that is begun while a post is erased loses its words, too", async (place) => {
    const { opening, caseId } = await open(place, "f_begun_gone");
    const second = toDraft({ ...opening.post, key: "test:social.example/f_begun_gone_2", text: "Hello?" });
    await recallAndRecord(place.crm, [second], onKnownCase("open"));
    await place.trouble("hold", 1);
    const erased = place.crm.erase([{ key: opening.post.key, at: AT }], never);
    await place.untilHeld();
    const text = `You wrote “${SECRET}”. Sorry!`;
    const answer = await place.addReply({ post: opening.post.key, text, isDraft: true });
    const beside = await place.addReply({ post: second.post.key, text, isDraft: true, caseId });
    await place.endTrouble();
    await erased;
    for (const row of [answer, beside])
      expect((await place.reply(row)).text).toMatch(/^You wrote “\[[^\]]+\]”\. Sorry!$/u);
  });

  promise("an edit that nobody quotes costs no call more, nor does a deletion", async (place) => {
    const { opening } = await open(place, "f_few_calls");
    await place.addReply({ post: opening.post.key, text: "We look into it.", isDraft: true });
    await place.calls();
    await recallAndRecord(place.crm, [toEdit(opening, HARMLESS)]);
    expect(await place.calls()).toBeLessThanOrEqual(6);
    await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    expect(await place.calls()).toBeLessThanOrEqual(3);
  });

  promise("an edit that comes late takes nothing that people wrote since", async (place) => {
    for (const skip of [WORDS, POST]) {
      const { opening, caseId } = await open(place, `f_late_${skip}`);
      await place.changeCase(caseId, { subject: `Hers: ${SECRET}`, description: `${SECRET}\nCalled her.` });
      await place.changeActivity(opening.post.key, { note: `${SECRET}\nCalled her.` });
      const release = await holdEdit(place, toEdit(opening, HARMLESS), skip);
      await recallAndRecord(place.crm, [toEdit(opening, "third words", 6)]);
      const own = { subject: "Seat 12C", description: "Refund promised." };
      await place.changeCase(caseId, own);
      await place.changeActivity(opening.post.key, { subject: "Refund", note: "Refund promised." });
      expect(await release()).toEqual([undefined]);
      expect(await subjectAndDescription(place, opening)).toEqual(own);
      expect(await place.activity(opening.post.key)).toBe("Refund\nRefund promised.");
      expect(await place.post(opening.post.key)).toMatchObject({ version: 6, text: "third words" });
    }
  });

  promise("a deletion that overtakes an edit finds what the edit brings", async (place) => {
    for (const skip of [WORDS, POST]) {
      const { opening, caseId } = await open(place, `f_overtaken_${skip}`);
      await place.changeCase(caseId, { description: `${SECRET}\nCalled her.` });
      const release = await holdEdit(place, toEdit(opening, HARMLESS), skip);
      await place.crm.erase([{ key: opening.post.key, at: AT }], never);
      await release();
      const after = await read(place, opening);
      expect(after).not.toMatch(/hunter2|solved it for me/u);
      expect(after).toContain("Called her.");
      expect(await place.post(opening.post.key)).toMatchObject({ gone: true, text: undefined });
    }
  });

  promise("posts that nobody edited cost no call more", async (place) => {
    const opening = toOpening("f_calls", "f_calls");
    await recallAndRecord(place.crm, [opening]);
    await place.calls();
    await recallAndRecord(place.crm, [opening]);
    expect(await place.calls()).toBeLessThanOrEqual(2);
  });
}
