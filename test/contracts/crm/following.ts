import type { Crm, Written } from "../../../connector/crm/crm.ts";
import { Unavailable } from "../../../connector/errors.ts";
import type { CrmChange, FollowedChange } from "../../../connector/model/change.ts";
import type { Draft, Identity } from "../../../connector/model/draft.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import type { Link } from "../../../connector/model/memory.ts";
import type { Post } from "../../../connector/model/post.ts";
import { toTestPost } from "../../fakes/posts.ts";
import { onKnownCase, recallAndRecord, toDraft, toOpening } from "./drafts.ts";
import { company, never, type CrmPlace, type Promised } from "./place.ts";

/** What every CRM promises to tell of what people did, and to let follow it. */
export function followingContract(promise: Promised): void {
  promise("a link that a person corrects is told once, with what it was and what it is", async (place) => {
    const [wrong, right] = await customers(place, "f_told");
    const opening = await recordLinked(place.crm, "f-told", "f_told", { contact: wrong });
    await place.link(opening.post.author.key, { contact: right });
    const told = identitiesOf(await place.allChanges(), opening.post.author.key);
    expect(told).toMatchObject([
      { state: "Linked", link: { contact: right }, before: { contact: wrong }, by: expect.any(String) as string },
    ]);
    expect(identitiesOf(await place.allChanges(), opening.post.author.key)).toEqual(told);
  });

  promise("what the connector itself writes is not told", async (place) => {
    const [contact] = await customers(place, "f_own");
    const opening = await recordLinked(place.crm, "f-own", "f_own", { contact });
    await recallAndRecord(place.crm, [toAnswering(opening, "f-own-2")], onKnownCase("open"));
    expect(identitiesOf(await place.allChanges(), opening.post.author.key)).toEqual([]);
  });

  promise(
    "posts, activities and open Cases go to whom a person says it is; to whom they went stays so",
    async (place) => {
      const [wrong, right] = await customers(place, "f_moved");
      const opening = await recordLinked(place.crm, "f-moved", "f_moved", { contact: wrong });
      const stranger = toOpening("f-moved-2", "f_moved");
      await recallAndRecord(place.crm, [stranger]);
      await place.link(opening.post.author.key, { contact: right });
      await followAll(place, opening.post.author.key);
      for (const { post } of [opening, stranger]) expect(await place.linkOf(post.key)).toEqual({ contact: right });
      expect(await place.whoOf(opening.post.key)).toBe(right);
      expect(await place.activity(opening.post.key)).toContain(opening.post.text);
      const contacts = (await place.casesOf(opening.post.author.key)).map(({ contact }) => contact);
      // Somebody put the first one on the Case: whose it is, is not ours to change.
      expect(contacts).toEqual([wrong, right]);
    },
  );

  promise("of whom a person says that it is nobody on record, nothing stays on another's timeline", async (place) => {
    const [wrong] = await customers(place, "f_nobody");
    const opening = await recordLinked(place.crm, "f-nobody", "f_nobody", { contact: wrong });
    await place.link(opening.post.author.key, {});
    await followAll(place, opening.post.author.key);
    expect(await place.linkOf(opening.post.key)).toEqual({});
    expect(await place.whoOf(opening.post.key)).toBeNull();
    expect(await place.activity(opening.post.key)).not.toContain("suitcase");
  });

  promise("a customer whom a person gave a post of their own choice keeps it", async (place) => {
    const [wrong, right, third] = await customers(place, "f_chosen");
    const opening = await recordLinked(place.crm, "f-chosen", "f_chosen", { contact: third });
    await place.link(opening.post.author.key, { contact: right });
    const change = identitiesOf(await place.allChanges(), opening.post.author.key)[0];
    if (change === undefined) throw new Error("nothing was told");
    expect(await place.crm.follow([{ ...change, before: { contact: wrong } }], never)).toEqual([undefined]);
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: third });
  });

  promise("a change that comes late does what the CRM says by then", async (place) => {
    const [first, second, third] = await customers(place, "f_late");
    const opening = await recordLinked(place.crm, "f-late", "f_late", { contact: first });
    await place.link(opening.post.author.key, { contact: second });
    const late = identitiesOf(await place.allChanges(), opening.post.author.key);
    await place.link(opening.post.author.key, { contact: third });
    await followAll(place, opening.post.author.key);
    expect(await place.crm.follow(late, never)).toEqual([undefined]);
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: third });
    expect(await place.whoOf(opening.post.key)).toBe(third);
  });

  promise("what followed half-way goes on to whom the person decided on since", async (place) => {
    const [first, second, third] = await customers(place, "f_half");
    const opening = await recordLinked(place.crm, "f-half", "f_half", { contact: first });
    const { key } = opening.post.author;
    await place.link(key, { contact: second });
    const half = identitiesOf(await place.allChanges(), key);
    await place.trouble("unavailable", 1);
    await expect(place.crm.follow(half, never)).rejects.toThrow(Unavailable);
    expect(await place.whoOf(opening.post.key)).toBe(second);
    await place.link(key, { contact: third });
    const since = identitiesOf(await place.allChanges(), key).filter((one) => one.key !== half[0]?.key);
    for (const change of [...half, ...since]) expect(await place.crm.follow([change], never)).toEqual([undefined]);
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: third });
    expect(await place.whoOf(opening.post.key)).toBe(third);
  });

  promise("labels that a person corrects are told, and written by nobody else", async (place) => {
    const opening = toOpening("f-label", "f_label");
    await recallAndRecord(place.crm, [{ ...opening, reading }]);
    await place.relabel(opening.post.key, { sentiment: "positive", topics: "seats;meals", needsResponse: false });
    expect(
      (await place.allChanges()).filter((one) => one.type === "labels" && one.post === opening.post.key),
    ).toMatchObject([{ sentiment: "positive", topics: ["seats", "meals"], needsResponse: false, version: 0 }]);
    const edit = { ...opening, reading, post: { ...opening.post, version: 7, text: "@nordwind worse and worse" } };
    await recallAndRecord(place.crm, [{ ...opening, reading }, edit]);
    await place.crm.record([{ ...opening, reading }], never);
    expect(await place.sentimentOf(opening.post.key)).toBe("positive");
    const [memory] = await place.crm.recall([opening], never);
    expect(memory?.post?.decided).toEqual({ needsResponse: false });
  });

  promise(
    "a Case that a person made for a post becomes the customer's, and takes the other posts along",
    async (place) => {
      const first = toDraft(toTestPost("f-made", "f_made", { postedAt: "2026-03-01T10:00:00.000Z" }));
      const second = toAnswering(first, "f-made-2", { postedAt: "2026-03-01T11:00:00.000Z" });
      const taken = toAnswering(first, "f-made-3", { postedAt: "2026-03-01T12:00:00.000Z" });
      await recallAndRecord(place.crm, [first, second, taken]);
      const [made, other] = [await place.makeCase("By hand"), await place.makeCase("Another one")];
      await place.put(taken.post.key, other);
      await place.put(taken.post.key, undefined);
      await place.put(first.post.key, made);
      expect(await follow(place, (one) => one.type === "case" && one.post === first.post.key)).toEqual([undefined]);
      expect(await place.placeOf(made)).toMatchObject({
        conversation: first.post.key,
        persona: first.post.author.key,
        account: company.key,
        lastInboundAt: "2026-03-01T11:00:00.000Z",
      });
      expect((await place.post(second.post.key))?.caseId).toBe(made);
      expect((await place.post(taken.post.key))?.caseId).toBeUndefined();
      const [memory] = await place.crm.recall([toAnswering(first, "f-made-4")], never);
      expect(memory?.latestCaseId).toBe(made);
    },
  );

  promise(
    "posts and replies of a merged Case stand on its master, which is the conversation's Case then",
    async (place) => {
      const opening = toOpening("f-merged", "f_merged");
      await recallAndRecord(place.crm, [opening]);
      const [loser] = await place.casesOf(opening.post.author.key);
      const reply = await place.addReply({ post: opening.post.key });
      const master = await place.makeCase("By phone");
      await place.merge("Case", master, loser?.id ?? "");
      expect(await follow(place, (one) => one.type === "merged" && one.from === loser?.id)).toEqual([undefined]);
      expect((await place.post(opening.post.key))?.caseId).toBe(master);
      expect(await place.placeOf(master)).toMatchObject({
        conversation: opening.post.key,
        persona: opening.post.author.key,
      });
      const [memory] = await place.crm.recall([toAnswering(opening, "f-merged-2")], never);
      expect(memory?.latestCaseId).toBe(master);
      expect((await place.allChanges()).some((one) => one.type === "reply" && one.reply.row === reply)).toBe(true);
    },
  );

  promise("posts of merged Contacts stand with the one that is left", async (place) => {
    const [loser, master] = await customers(place, "f_people");
    const opening = await recordLinked(place.crm, "f-people", "f_people", { contact: loser });
    await place.merge("Contact", master, loser);
    expect(await follow(place, (one) => one.type === "merged" && one.from === loser)).toEqual([undefined]);
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: master });
    expect(await place.linkOf(opening.post.author.key)).toEqual({ contact: master });
  });

  for (const by of ["us", "a person"] as const) {
    promise(
      `a Lead linked by ${by} that was converted stands for its Contact and Account, in posts and open Cases`,
      async (place) => {
        const id = `f-converted-${by === "us" ? 1 : 2}`;
        const handle = id.replaceAll("-", "_");
        const lead = await place.addCustomer("Lead", `${handle}@elsewhere.example`);
        const opening = toOpening(id, handle);
        const persona = opening.post.author.key;
        await recallAndRecord(place.crm, [by === "us" ? { ...opening, identity: linked({ lead }) } : opening]);
        if (by === "a person") {
          await place.link(persona, { lead });
          await followAll(place, persona);
        }
        const became = await place.convert(lead);
        const [memory] = await place.crm.recall([toAnswering(opening, `${id}-2`)], never);
        expect(memory?.persona?.link).toEqual({ lead, ...became });
        expect(await follow(place, (one) => one.type === "converted" && one.lead === lead)).toEqual([undefined]);
        for (const key of [persona, opening.post.key]) expect(await place.linkOf(key)).toEqual({ lead, ...became });
        expect(await place.casesOf(persona)).toMatchObject([{ contact: became.contact }]);
      },
    );
  }

  promise(
    "nothing stays with the Contact that a Lead became, of whom a person says that it was nobody",
    async (place) => {
      const lead = await place.addCustomer("Lead", "f_became@elsewhere.example");
      const opening = await recordLinked(place.crm, "f-became", "f_became", { lead });
      const { contact } = await place.convert(lead);
      expect(await place.whoOf(opening.post.key)).toBe(contact);
      await place.link(opening.post.author.key, {});
      await followAll(place, opening.post.author.key);
      expect(await place.linkOf(opening.post.key)).toEqual({});
      expect(await place.whoOf(opening.post.key)).toBeNull();
    },
  );

  promise("a row that is locked is followed when it is free", async (place) => {
    const [wrong, right] = await customers(place, "f_locked");
    const opening = await recordLinked(place.crm, "f-locked", "f_locked", { contact: wrong });
    await place.link(opening.post.author.key, { contact: right });
    const told = identitiesOf(await place.allChanges(), opening.post.author.key);
    await place.trouble("lock");
    expect(await place.crm.follow(told, never)).toEqual(["again"]);
    expect(await place.crm.follow(told, never)).toEqual([undefined]);
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: right });
    expect(await place.whoOf(opening.post.key)).toBe(right);
  });

  promise("a call that comes back late gives nothing to whom it was taken from", async (place) => {
    const [first, second, third] = await customers(place, "f_held");
    const opening = await recordLinked(place.crm, "f-held", "f_held", { contact: first });
    await place.link(opening.post.author.key, { contact: second });
    const told = identitiesOf(await place.allChanges(), opening.post.author.key);
    await place.trouble("hold");
    const held = place.crm.follow(told, never);
    await place.link(opening.post.author.key, { contact: third });
    await followAll(place, opening.post.author.key);
    await place.endTrouble();
    await held;
    expect(await place.linkOf(opening.post.key)).toEqual({ contact: third });
    expect(await place.whoOf(opening.post.key)).toBe(third);
  });
}

const reading = {
  language: "en",
  sentiment: "negative",
  sentimentScore: -0.5,
  intent: "complaint",
  topics: ["baggage"],
} as const;

function linked(link: Link): Identity {
  return { state: "Linked", link, evidence: "Handle on record: Contact.Mastodon__c", found: true };
}

/** Three Contacts, none of whom has this handle on record. */
async function customers(place: CrmPlace, handle: string): Promise<readonly [string, string, string]> {
  const add = (n: number) => place.addCustomer("Contact", `${handle}_${n}@elsewhere.example`);
  return [await add(1), await add(2), await add(3)];
}

async function recordLinked(crm: Crm, id: string, by: string, link: Link): Promise<Draft> {
  const opening: Draft = { ...toOpening(id, by), identity: linked(link), task: true };
  expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
  return opening;
}

function toAnswering({ post }: Draft, id: string, change: Partial<Post> = {}): Draft {
  const { author, conversation = post.key } = post;
  return toDraft({ ...toTestPost(id, "x", { conversation, parent: post.key, ...change }), author });
}

function identitiesOf(changes: readonly CrmChange[], persona: Key) {
  return changes.filter((one) => one.type === "identity").filter((one) => one.persona === persona);
}

async function follow(place: CrmPlace, isMeant: (change: FollowedChange) => boolean): Promise<readonly Written[]> {
  const changes = (await place.allChanges()).filter((one) => one.type !== "reply").filter(isMeant);
  expect(changes).not.toEqual([]);
  const outcomes = await place.crm.follow(changes, never);
  // Repeated, they end the same.
  expect(await place.crm.follow(changes, never)).toEqual(outcomes);
  return [...new Set(outcomes)];
}

async function followAll(place: CrmPlace, persona: Key): Promise<void> {
  const outcomes = await follow(place, (one) => one.type === "identity" && one.persona === persona);
  expect(outcomes).toEqual([undefined]);
}
