import { Refused } from "../crm-user.ts";
import { mergeRecords } from "../record-acts.ts";
import { pickSaid } from "./speaking.ts";
import { findRow, note, type Said, type Town } from "./town.ts";

const isCustomers = ({ by }: Said): boolean => by.kind !== "company";

/** A post that stands in the CRM, with its row; undefined where the one that chance picked is not there yet. */
async function pickRow(town: Town, fits: (said: Said) => boolean = isCustomers) {
  const said = pickSaid(town, (one) => fits(one) && one.isForUs);
  const row = said === undefined ? undefined : await findRow(town, said);
  if (said === undefined || row === undefined || row["Deleted_At__c"] !== null) return undefined;
  return { said, row, caseId: typeof row["Case__c"] === "string" ? row["Case__c"] : undefined };
}

/** What Salesforce refuses a person, the person leaves. */
async function unlessRefused<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

async function decide(
  town: Town,
  object: string,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const isDone = await unlessRefused(async () => {
    await town.rita.update(object, id, fields);
    return true;
  });
  if (isDone !== true) return;
  note(town, `${object} ${id} becomes ${JSON.stringify(fields)}`);
  for (const [field, value] of Object.entries(fields))
    town.decisions.set(`${id}.${field}`, { object, id, field, value, during: town.during });
}

export async function reply(town: Town): Promise<void> {
  const found = await pickRow(town);
  if (found === undefined) return;
  const { said, row } = found;
  const word = town.newWord();
  const id = await unlessRefused(() =>
    town.rita.create("Social_Reply__c", {
      Post__c: row.Id,
      Case__c: row["Case__c"],
      Social_Account__c: row["Social_Account__c"],
      [said.isPrivate ? "Private_Text__c" : "Text__c"]: `We look into it and write again. ${word}`,
      Route__c: said.isPrivate ? "Private message" : "Public reply",
      Status__c: "Queued",
    }),
  );
  note(town, `${said.key} is answered by ${id} ${word}`);
  if (id !== undefined) town.answers.push({ id, word, to: said, during: new Set([town.during]) });
}

/**
 * A draft that quotes the customer: what is quoted goes with the post. Every other one quotes what was read the time before,
 * whatever has become of it since.
 */
export async function draftWithQuote(town: Town): Promise<void> {
  const found = await pickRow(town, (said) => isCustomers(said) && !said.isPrivate);
  if (found === undefined) return;
  const { row } = found;
  const [post] = await town.rita.query(`SELECT Text__c FROM Social_Post__c WHERE Id = '${row.Id}'`);
  town.readings.push({ row, text: String(post?.["Text__c"]) });
  const read = town.readings.at(town.readings.length % 2 === 0 ? -2 : -1);
  await unlessRefused(() =>
    town.rita.create("Social_Reply__c", {
      Post__c: read?.row.Id,
      Social_Account__c: read?.row["Social_Account__c"],
      Text__c: `You wrote: ${read?.text}`,
      Route__c: "Public reply",
      Status__c: "Draft",
    }),
  );
}

/** Looks at the network, as the detail of the reply says, and decides truly. */
export async function decideOnReplies(town: Town): Promise<void> {
  const rows = await town.rita.query(
    "SELECT Id, Status__c FROM Social_Reply__c WHERE Status__c IN ('Failed', 'Checking') AND Decision__c = null",
  );
  for (const row of rows) {
    const answer = town.answers.find(({ id }) => id === row.Id);
    if (answer === undefined) continue;
    answer.during.add(town.during);
    const below = answer.to.isGone ? [] : await answer.to.by.person.answersTo(answer.to.shown);
    const isThere = below.some(({ content }) => content.includes(answer.word));
    const hanging = isThere ? "Was sent" : "Send again";
    const decision = row["Status__c"] === "Failed" ? "Retry" : hanging;
    if (answer.to.isGone) continue;
    await unlessRefused(() => town.rita.update("Social_Reply__c", row.Id, { Decision__c: decision }));
  }
}

export async function takeCase(town: Town): Promise<void> {
  const { caseId } = (await pickRow(town)) ?? {};
  if (caseId !== undefined) await decide(town, "Case", caseId, { OwnerId: town.ritasId });
}

export async function prioritise(town: Town): Promise<void> {
  const priority = town.chance.pick(["High", "Low"]);
  const { caseId } = (await pickRow(town)) ?? {};
  if (caseId !== undefined) await decide(town, "Case", caseId, { Priority: priority });
}

export async function nameCase(town: Town): Promise<void> {
  const { caseId } = (await pickRow(town)) ?? {};
  if (caseId !== undefined) await decide(town, "Case", caseId, { Subject: `Call back ${town.newWord()}` });
}

export async function describeCase(town: Town): Promise<void> {
  const { caseId } = (await pickRow(town)) ?? {};
  if (caseId !== undefined) await decide(town, "Case", caseId, { Description: `By phone ${town.newWord()}` });
}

export async function closeCase(town: Town): Promise<void> {
  const { said, caseId } = (await pickRow(town)) ?? {};
  if (said === undefined || caseId === undefined) return;
  const isDone = await unlessRefused(async () => {
    await town.rita.update("Case", caseId, { Status: "Closed" });
    return true;
  });
  if (isDone !== true) return;
  note(town, `Case ${caseId} with ${said.key} is closed`);
  town.closings.set(caseId, { caseId, atMs: town.nowMs(), during: town.during });
}

export async function mergeCases(town: Town): Promise<void> {
  const [one, other] = [await pickRow(town), await pickRow(town)];
  if (one?.caseId === undefined || other?.caseId === undefined || one.caseId === other.caseId) return;
  if (one.said.by !== other.said.by) return;
  const [master, loser] = [one.caseId, other.caseId];
  await mergeRecords(town.orgUrl, { object: "Case", master, losers: [loser] });
  town.merged.set(loser, master);
  note(town, `Case ${loser} with ${other.said.key} is merged into ${master} with ${one.said.key}`);
  for (const id of [master, loser]) town.closings.delete(id);
  for (const [key, { id }] of town.decisions) if (id === loser) town.decisions.delete(key);
}

async function link(
  town: Town,
  kinds: readonly string[],
  fields: (contacts: readonly string[]) => object,
): Promise<void> {
  const { said, row } = (await pickRow(town, ({ by }) => kinds.includes(by.kind))) ?? {};
  if (said === undefined || typeof row?.["Persona__c"] !== "string") return;
  const signed = { Identity_Decided_By__c: "Rita Rep", ...fields(said.by.contacts) };
  await decide(town, "Social_Persona__c", row["Persona__c"], signed);
}

export async function confirmMatch(town: Town): Promise<void> {
  const which = town.chance.below(2);
  await link(town, ["twofold", "stranger", "private"], (contacts) => ({
    Contact__c: contacts[which % contacts.length],
    Identity__c: "Linked",
  }));
}

export async function refuseMatch(town: Town): Promise<void> {
  await link(town, ["twofold"], () => ({ Contact__c: null, Identity__c: "Anonymous" }));
}

export async function correctLabel(town: Town): Promise<void> {
  const sentiment = town.chance.pick(["negative", "positive", "neutral"]);
  const { row } = (await pickRow(town)) ?? {};
  if (row !== undefined) await decide(town, "Social_Post__c", row.Id, { Sentiment__c: sentiment });
}

export async function dismiss(town: Town): Promise<void> {
  const { row } = (await pickRow(town)) ?? {};
  if (row !== undefined) await decide(town, "Social_Post__c", row.Id, { Needs_Response__c: false });
}
