import type { Crm } from "../../../connector/crm/crm.ts";
import type { Draft } from "../../../connector/model/draft.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import { onKnownCase, recallAndRecord, toDraft, toOpening } from "./drafts.ts";
import { linked } from "./editing.ts";
import { company, never, type CrmPlace, type Promised } from "./place.ts";

const AT = "2026-03-01T12:00:00.000Z";
const SECRET = "my password is hunter2, do not tell anybody";

function toReply(row: string): Reply {
  return { key: `${row}/1`, row, attempt: 1, order: "send", account: company.key };
}

async function holding(crm: Crm, post: Key): Promise<readonly string[]> {
  const places = await crm.inspect(post, never);
  return places.filter(({ holds }) => holds === "words").map(({ where }) => where.split(" ")[0] ?? "");
}

async function toSent(place: CrmPlace, post: Key, published: Key): Promise<string> {
  const row = await place.addReply({ post, text: SECRET });
  await place.crm.claim([toReply(row)], never);
  await place.crm.settle(toReply(row), { status: "Sent", post: published, publicText: SECRET, at: AT }, never);
  return row;
}

/** What every CRM promises of words that their author took back. */
export function erasingContract(promise: Promised): void {
  promise("words that a person wrote over ours stay, without what they quote", async (place) => {
    const contact = await place.addCustomer("Contact", "d_over@social.example");
    const opening: Draft = {
      ...toOpening("d-over", "d_over", { text: SECRET }),
      identity: linked(contact),
      task: true,
    };
    await recallAndRecord(place.crm, [opening]);
    const [born] = await place.casesOf(opening.post.author.key);
    await place.changeCase(born?.id ?? "", { subject: "Seat 12C", description: `She said: ${SECRET}. Called her.` });
    await place.changeActivity(opening.post.key, { note: `${SECRET} — called her.` });
    for (let time = 0; time < 2; time++) await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    const [erased] = await place.casesOf(opening.post.author.key);
    expect(erased).toMatchObject({
      subject: "Seat 12C",
      description: expect.stringMatching(/^She said: .*Called her/) as string,
    });
    const all = JSON.stringify([erased, await place.activity(opening.post.key), await place.post(opening.post.key)]);
    expect(all).toContain("called her");
    expect(all).not.toContain("hunter2");
    expect(await holding(place.crm, opening.post.key)).toEqual([]);
  });

  promise("an erasing that was cut off anywhere knows the words when it comes again", async (place) => {
    // Longer than what the subject shows of it.
    const text = `${"I have waited at your desk for hours and nobody came. ".repeat(6)}${SECRET}`;
    for (const troubles of [["unavailable"], ["lock", "unavailable"], ["lock", "lock", "lock", "lock"]] as const) {
      const opening = toOpening(`d-cut-${troubles.length}`, `d_cut_${troubles.length}`, { text });
      await recallAndRecord(place.crm, [opening]);
      const [born] = await place.casesOf(opening.post.author.key);
      await place.changeCase(born?.id ?? "", { description: `She said: ${text}. Called her.` });
      for (const trouble of troubles) await place.trouble(trouble);
      const gone = [{ key: opening.post.key, at: AT }];
      await expect(place.crm.erase(gone, never)).rejects.toMatchObject({ name: "Unavailable" });
      await place.endTrouble();
      await place.crm.erase(gone, never);
      const [erased] = await place.casesOf(opening.post.author.key);
      expect(erased?.description).toMatch(/^She said: .*Called her/);
      expect(JSON.stringify(erased)).not.toContain("hunter2");
    }
  });

  promise("drafts lose what they quote, those on the same Case too; what is queued stays", async (place) => {
    const opening = toOpening("d-quote", "d_quote", { text: SECRET });
    await recallAndRecord(place.crm, [opening]);
    const second = toDraft({
      ...opening.post,
      key: "test:social.example/d-quote-2",
      text: "Hello?",
      conversation: opening.post.key,
    });
    await recallAndRecord(place.crm, [second], onKnownCase("open"));
    const [born] = await place.casesOf(opening.post.author.key);
    const text = `You wrote “${SECRET}”. Please change it.`;
    const draft = await place.addReply({ post: opening.post.key, text, isDraft: true });
    const beside = await place.addReply({ post: second.post.key, text, isDraft: true, caseId: born?.id ?? "" });
    const harmless = await place.addReply({ post: opening.post.key, text: "Please change it.", isDraft: true });
    const queued = await place.addReply({ post: opening.post.key, text });
    const failed = await place.addReply({ post: opening.post.key, text });
    await place.crm.claim([toReply(failed)], never);
    await place.crm.settle(toReply(failed), { status: "Failed", detail: "The network refused it." }, never);
    expect(await holding(place.crm, opening.post.key)).toHaveLength(6);

    for (let time = 0; time < 2; time++) await place.crm.erase([{ key: opening.post.key, at: AT }], never);
    for (const row of [draft, beside])
      expect((await place.reply(row)).text).toMatch(/^You wrote “\[[^\]]+\]”. Please change it.$/);
    expect((await place.reply(harmless)).text).toBe("Please change it.");
    expect((await place.reply(queued)).text).toBe(text);
    expect(await place.reply(failed)).toMatchObject({ text: "", status: "Failed" });
  });

  promise("our own words go with the post that we published them as", async (place) => {
    const opening = toOpening("d-ours", "d_ours");
    await recallAndRecord(place.crm, [opening]);
    const published = "test:social.example/d-ours-answer";
    const row = await toSent(place, opening.post.key, published);
    expect(await holding(place.crm, published)).toHaveLength(1);
    await place.crm.erase([{ key: published, at: AT }], never);
    expect(await place.reply(row)).toMatchObject({ status: "Sent", text: "" });
    expect(await holding(place.crm, published)).toEqual([]);
  });

  promise("more posts than fit into a call are erased all the same", async (place) => {
    const drafts = Array.from({ length: 200 }, (_, index) =>
      toOpening(`d-many-${index}`, `d_many_${index}`, { text: SECRET }),
    );
    await recallAndRecord(place.crm, drafts);
    await place.crm.erase(
      drafts.map(({ post }) => ({ key: post.key, at: AT })),
      never,
    );
    for (const { post } of [drafts[0], drafts[199]].filter((draft) => draft !== undefined)) {
      expect(await place.post(post.key)).toMatchObject({ gone: true, text: undefined });
      expect(JSON.stringify(await place.casesOf(post.author.key))).not.toContain("hunter2");
    }
  });

  promise("a post that is recorded as deleted leaves a tombstone, and not a word", async (place) => {
    const contact = await place.addCustomer("Contact", "d_gone@social.example");
    const opening: Draft = {
      ...toOpening("d-gone", "d_gone", { text: SECRET }),
      identity: linked(contact),
      task: true,
    };
    for (let time = 0; time < 2; time++)
      expect(await recallAndRecord(place.crm, [{ ...opening, gone: AT }])).toEqual([undefined]);
    expect(await place.post(opening.post.key)).toMatchObject({ gone: true, text: undefined });
    expect(await place.casesOf(opening.post.author.key)).toHaveLength(1);
    expect(await place.contactOf(opening.post.author.key)).toBeUndefined();
    const all = [await place.casesOf(opening.post.author.key), await place.activity(opening.post.key)];
    expect(JSON.stringify(all)).not.toContain("hunter2");
    expect(await holding(place.crm, opening.post.key)).toEqual([]);
  });

  promise("a post that stood when it was deleted is erased by recording it as deleted", async (place) => {
    const opening = toOpening("d-stood", "d_stood", { text: SECRET });
    await recallAndRecord(place.crm, [opening]);
    expect(await holding(place.crm, opening.post.key)).toEqual(expect.arrayContaining(["Case"]));
    expect(await recallAndRecord(place.crm, [{ ...opening, gone: AT }])).toEqual([undefined]);
    expect(await holding(place.crm, opening.post.key)).toEqual([]);
    expect((await place.crm.inspect(opening.post.key, never)).length).toBeGreaterThanOrEqual(2);
  });

  promise("of a post that nobody has heard of there is no place", async ({ crm }) => {
    expect(await crm.inspect("test:social.example/d-nowhere", never)).toEqual([]);
  });
}
