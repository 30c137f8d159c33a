import type { Draft, Identity } from "../../../connector/model/draft.ts";
import type { Post } from "../../../connector/model/post.ts";
import { toTestMessage, toTestPost } from "../../fakes/posts.ts";
import { onKnownCase, recallAndRecord, toDraft, toEdit, toNewCase, toOpening } from "./drafts.ts";
import type { Promised } from "./place.ts";

export function linked(contact: string): Identity {
  return { state: "Linked", link: { contact }, evidence: "Handle on record", found: true };
}

function toAnswer(id: string, { post }: { readonly post: Post }, postedAt: string): Draft {
  return toDraft(toTestPost(id, "nordwind", { parent: post.key, conversation: post.key, postedAt }));
}

/** What every CRM promises of a post that changes, and of the times on its Case. */
export function editingContract(promise: Promised): void {
  promise("an edit reaches the post, the Case it opened, and its activity", async (place) => {
    const contact = await place.addCustomer("Contact", "e_all@social.example");
    const opening: Draft = {
      ...toOpening("e-all", "e_all", { text: "old words" }),
      identity: linked(contact),
      task: true,
    };
    await recallAndRecord(place.crm, [opening]);
    expect(await recallAndRecord(place.crm, [toEdit(opening, "new words")])).toEqual([undefined]);
    expect(await place.post(opening.post.key)).toMatchObject({ version: 5, text: "new words" });
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([
      { subject: "Case: new words", description: "new words" },
    ]);
    expect(await place.activity(opening.post.key)).toContain("new words");
    expect(await place.activity(opening.post.key)).not.toContain("old words");
  });

  promise("an edit in the batch that opens the Case is what the Case is called by", async (place) => {
    const opening = toOpening("e-batch", "e_batch", { text: "old words" });
    const edited = { ...toEdit(opening, "new words"), home: { kind: "batch", key: toNewCase(opening).key } as const };
    expect(await recallAndRecord(place.crm, [opening, edited])).toEqual([undefined, undefined]);
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ subject: "Case: new words" }]);
  });

  promise("a subject that a person gave stays, and so does a description, each by itself", async (place) => {
    for (const own of [{ subject: "Seat 12C" }, { description: "Called her, she is fine." }]) {
      const name = `e_own_${Object.keys(own).join("")}`;
      const opening = toOpening(name, name, { text: "old words" });
      await recallAndRecord(place.crm, [opening]);
      const [born] = await place.casesOf(opening.post.author.key);
      await place.changeCase(born?.id ?? "", own);
      expect(await recallAndRecord(place.crm, [toEdit(opening, "new words")])).toEqual([undefined]);
      expect(await place.casesOf(opening.post.author.key)).toMatchObject([
        { subject: "Case: new words", description: "new words", ...own },
      ]);
    }
  });

  promise("a note on the activity stays", async (place) => {
    const contact = await place.addCustomer("Contact", "e_note@social.example");
    const opening: Draft = { ...toOpening("e-note", "e_note"), identity: linked(contact), task: true };
    await recallAndRecord(place.crm, [opening]);
    await place.changeActivity(opening.post.key, { note: "Called her." });
    expect(await recallAndRecord(place.crm, [toEdit(opening, "new words")])).toEqual([undefined]);
    expect(await place.activity(opening.post.key)).toContain("Called her.");
  });

  promise("words in several lines follow an edit, too, and a person's stay", async (place) => {
    const contact = await place.addCustomer("Contact", "e_lines@social.example");
    const text = "  one\ntwo\r\nthree \u{1F4A5}\n";
    const opening: Draft = {
      ...toOpening("e-lines", "e_lines", { text, url: "https://social.example/@e_lines/1" }),
      identity: linked(contact),
      task: true,
    };
    await recallAndRecord(place.crm, [opening]);
    expect(await recallAndRecord(place.crm, [toEdit(opening, "four\nfive\n")])).toEqual([undefined]);
    const [edited] = await place.casesOf(opening.post.author.key);
    expect([edited?.description, await place.activity(opening.post.key)].join().replace(/\s+/g, " ")).toMatch(
      /^four five.*four five/u,
    );

    await place.changeCase(edited?.id ?? "", { description: "She called.\nAll is well." });
    await place.changeActivity(opening.post.key, { note: "Called her.\nShe is fine." });
    expect(await recallAndRecord(place.crm, [toEdit(opening, "six\nseven", 6)])).toEqual([undefined]);
    expect((await place.casesOf(opening.post.author.key))[0]?.description).toContain("She called.");
    expect(await place.activity(opening.post.key)).toContain("Called her.");
  });

  promise("an edit of another post of the Case leaves the Case as it is called", async (place) => {
    const opening = toOpening("e-other", "e_other");
    await recallAndRecord(place.crm, [opening]);
    const second = toDraft({ ...opening.post, key: "test:social.example/e-other-2", conversation: opening.post.key });
    await recallAndRecord(place.crm, [second], onKnownCase("open"));
    await recallAndRecord(place.crm, [toEdit(second, "something else")], onKnownCase("open"));
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ description: opening.post.text }]);
  });

  promise("an edit writes nothing that a person corrected, and moves the post nowhere", async (place) => {
    const opening = toOpening("e-labels", "e_labels");
    await recallAndRecord(place.crm, [opening]);
    await place.correctIntent(opening.post.key, "praise");
    const caseId = await place.movePost(opening.post.key);
    expect(await recallAndRecord(place.crm, [toEdit(opening, "new words")])).toEqual([undefined]);
    expect(await place.post(opening.post.key)).toMatchObject({ text: "new words", intent: "praise", caseId });
  });

  promise("what its author no longer shows to all leaves every place that all may read", async (place) => {
    const contact = await place.addCustomer("Contact", "e_hidden@social.example");
    const opening = {
      ...toOpening("e-hidden", "e_hidden", { text: "my booking is QX7PLM" }),
      identity: linked(contact),
    };
    await recallAndRecord(place.crm, [{ ...opening, task: true }]);
    const edit = toEdit(opening, "my booking is QX7PLM");
    const caseText = { subject: "Private message", description: "In private." };
    const hidden: Draft = { ...edit, post: { ...edit.post, visibility: "private" }, caseText };
    expect(await recallAndRecord(place.crm, [hidden])).toEqual([undefined]);
    expect(await place.activity(opening.post.key)).not.toContain("QX7PLM");
    expect(JSON.stringify(await place.casesOf(opening.post.author.key))).not.toContain("QX7PLM");
    expect(await place.post(opening.post.key)).toMatchObject({ visibility: "private", text: "my booking is QX7PLM" });
  });

  promise("an edit of a private message changes no word of the Case", async (place) => {
    const message = toDraft(toTestMessage("e-private", "e_private"));
    const home = { ...toNewCase(message), subject: "Private message", description: "In private." };
    await recallAndRecord(place.crm, [{ ...message, home }]);
    const caseText = { subject: "Private message", description: "In private." };
    await recallAndRecord(place.crm, [{ ...toEdit(message, "my booking is QX7PLM"), caseText }]);
    expect(await place.post(message.post.key)).toMatchObject({ text: "my booking is QX7PLM" });
    expect(JSON.stringify(await place.casesOf(message.post.author.key))).not.toContain("QX7PLM");
  });

  promise("a Case tells when it was posted, heard, decided and answered", async (place) => {
    const opening = toOpening("t-four", "t_four", { detectedAt: "2026-03-01T10:00:04.000Z" });
    await recallAndRecord(place.crm, [opening]);
    const answered = "2026-03-01T10:20:00.000Z";
    await recallAndRecord(place.crm, [toAnswer("t-four-2", opening, answered)], onKnownCase("open"));
    const times = {
      postedAt: opening.post.postedAt,
      detectedAt: "2026-03-01T10:00:04.000Z",
      triagedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      firstResponseAt: answered,
    };
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([times]);

    const later = toAnswer("t-four-3", opening, "2026-03-01T11:00:00.000Z");
    await recallAndRecord(place.crm, [later, toEdit(opening, "edited")], onKnownCase("open"));
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([times]);
  });

  promise("what we said before the customer asked is no answer", async (place) => {
    const opening = toOpening("t-before", "t_before");
    await recallAndRecord(place.crm, [opening]);
    const before = toAnswer("t-before-0", opening, "2026-03-01T09:00:00.000Z");
    await recallAndRecord(place.crm, [before], onKnownCase("open"));
    expect(await place.casesOf(opening.post.author.key)).toMatchObject([{ firstResponseAt: undefined }]);
  });
}
