import type { Crm } from "../../../connector/crm/crm.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import { toTestPost } from "../../fakes/posts.ts";
import { recallAndRecord, toOpening } from "./drafts.ts";
import { company, never, type CrmPlace, type Promised } from "./place.ts";

/** The replies that wait, as the next look at the changes finds them. */
async function waiting(crm: Crm): Promise<readonly Reply[]> {
  const stop = new AbortController();
  for await (const page of crm.changes(undefined, stop.signal)) {
    stop.abort();
    return page.items.flatMap((item) => (item.type === "reply" ? [item.reply] : []));
  }
  throw new Error("the feed of changes ended");
}

async function waitingFor(crm: Crm, row: string): Promise<Reply> {
  const found = (await waiting(crm)).find((reply) => reply.row === row);
  if (found === undefined) throw new Error("the reply does not wait");
  return found;
}

async function toQuestion(crm: Crm, id: string): Promise<string> {
  const opening = toOpening(`a-${id}`, `a_${id}`);
  expect(await recallAndRecord(crm, [opening])).toEqual([undefined]);
  return opening.post.key;
}

const failed = { status: "Failed", detail: "The network refused it." } as const;
const checking = { status: "Checking", detail: "Nobody knows." } as const;

async function toFailed(place: CrmPlace, id: string, verdict: typeof failed | typeof checking): Promise<string> {
  const row = await place.addReply({ post: await toQuestion(place.crm, id) });
  const reply = await waitingFor(place.crm, row);
  await place.crm.claim([reply], never);
  await place.crm.settle(reply, verdict, never);
  return row;
}

/** What every CRM promises of replies: changes, claim and settle. */
export function replyingContract(promise: Promised): void {
  promise("a queued reply is heard, claimed with what it answers, and settled", async ({ crm, ...place }) => {
    const post = await toQuestion(crm, "sent");
    const row = await place.addReply({ post, text: "We found it." });
    const reply = await waitingFor(crm, row);
    expect(reply).toEqual({ key: `${row}/1`, row, attempt: 1, order: "send", account: company.key });
    const [claimed] = await crm.claim([reply], never);
    expect(claimed).toMatchObject({
      ...reply,
      route: "Public reply",
      text: "We found it.",
      answered: { key: post, visibility: "public", authorHandle: "a_sent@social.example" },
    });
    expect(await place.reply(row)).toMatchObject({ status: "Sending" });
    const sent = toTestPost("a-sent-answer", "nordwind");
    for (let time = 0; time < 2; time++)
      await crm.settle(reply, { status: "Sent", post: sent.key, at: sent.postedAt }, never);
    expect(await place.reply(row)).toMatchObject({ status: "Sent", sentPostKey: sent.key });
    expect((await waiting(crm)).map((one) => one.row)).not.toContain(row);
  });

  promise("what is a draft, or is to be sent later, does not wait yet", async ({ crm, addReply }) => {
    const post = await toQuestion(crm, "later");
    const rows = [
      await addReply({ post, isDraft: true }),
      await addReply({ post, sendAfter: new Date(Date.now() + 3_600_000).toISOString() }),
    ];
    const due = await addReply({ post, sendAfter: new Date(Date.now() - 1000).toISOString() });
    const heard = (await waiting(crm)).map(({ row }) => row);
    expect(heard).toContain(due);
    expect(heard).not.toEqual(expect.arrayContaining([rows[0]]));
    expect(heard).not.toEqual(expect.arrayContaining([rows[1]]));
  });

  promise("a claim may be repeated until there is a verdict", async ({ crm, addReply }) => {
    const reply = await waitingFor(crm, await addReply({ post: await toQuestion(crm, "claim") }));
    expect(await crm.claim([reply], never)).toHaveLength(1);
    expect(await crm.claim([reply], never)).toHaveLength(1);
    await crm.settle(reply, failed, never);
    expect(await crm.claim([reply], never)).toEqual([]);
  });

  promise("of several replies those are claimed that are still queued", async ({ crm, addReply, removeReply }) => {
    const post = await toQuestion(crm, "several");
    const [kept, gone] = [await addReply({ post }), await addReply({ post })];
    const asked = [await waitingFor(crm, gone), await waitingFor(crm, kept)];
    await removeReply(gone);
    expect((await crm.claim(asked, never)).map(({ row }) => row)).toEqual([kept]);
    for (const reply of asked) await crm.settle(reply, failed, never);
  });

  promise("an answer in several lines is claimed as it was written", async ({ crm, addReply }) => {
    const text = "We are on it.\n\nSorry!\nNordwind";
    const reply = await waitingFor(crm, await addReply({ post: await toQuestion(crm, "lines"), text }));
    expect(await crm.claim([reply], never)).toMatchObject([{ text }]);
    await crm.settle(reply, failed, never);
  });

  promise("a lock is waited for: the reply is not lost", async ({ crm, addReply, trouble, endTrouble }) => {
    const reply = await waitingFor(crm, await addReply({ post: await toQuestion(crm, "lock") }));
    await trouble("lock");
    await expect(crm.claim([reply], never)).rejects.toMatchObject({ name: "Unavailable" });
    await endTrouble();
    expect(await crm.claim([reply], never)).toHaveLength(1);
    await trouble("lock");
    await expect(crm.settle(reply, failed, never)).rejects.toMatchObject({ name: "Unavailable" });
    await endTrouble();
  });

  promise("Retry makes a new attempt, and the old one's verdict comes too late", async (place) => {
    const { crm } = place;
    const row = await toFailed(place, "retry", failed);
    expect(await place.reply(row)).toMatchObject(failed);
    expect((await waiting(crm)).map((one) => one.row)).not.toContain(row);
    await place.decideReply(row, "Retry");
    const again = await waitingFor(crm, row);
    expect(again).toMatchObject({ key: `${row}/2`, attempt: 2, order: "retry" });
    expect(await crm.claim([again], never)).toHaveLength(1);
    const first = { ...again, key: `${row}/1`, attempt: 1, order: "send" } as const;
    expect(await crm.claim([first], never)).toEqual([]);
    await crm.settle(first, failed, never);
    expect(await place.reply(row)).toMatchObject({
      status: "Sending",
      attempt: 2,
      decision: undefined,
      detail: undefined,
    });
  });

  promise("“Was sent” settles the attempt that hangs", async (place) => {
    const row = await toFailed(place, "was-sent", checking);
    await place.decideReply(row, "Was sent");
    const order = await waitingFor(place.crm, row);
    expect(order).toMatchObject({ key: `${row}/1/was-sent`, attempt: 1, order: "was-sent" });
    expect(await place.crm.claim([order], never)).toHaveLength(1);
    expect(await place.crm.claim([order], never)).toHaveLength(1);
    await place.crm.settle(order, { status: "Sent", post: undefined, at: new Date().toISOString() }, never);
    expect(await place.reply(row)).toMatchObject({ status: "Sent", attempt: 1, decision: undefined });
  });

  promise("“Send again” makes a new attempt", async (place) => {
    const row = await toFailed(place, "send-again", checking);
    await place.decideReply(row, "Send again");
    const order = await waitingFor(place.crm, row);
    expect(order).toMatchObject({ key: `${row}/2`, attempt: 2, order: "send-again" });
    expect(await place.crm.claim([order], never)).toHaveLength(1);
    expect(await place.reply(row)).toMatchObject({ status: "Sending", attempt: 2, decision: undefined });
  });
}
