import { note, type Said, type Speaker, type Town } from "./town.ts";

const QUESTIONS = [
  "where is my bag?",
  "why is my flight late?",
  "when do I get my refund?",
  "can I still change my seat?",
] as const;
const PRAISE = "thank you, best crew ever, we love you!";

interface Saying {
  readonly text: string;
  readonly replyTo?: Said;
  readonly visibility?: "public" | "direct";
  readonly isForUs: boolean;
  readonly asks: boolean;
}

async function say(town: Town, by: Speaker, { text, replyTo, visibility = "public", ...rest }: Saying): Promise<Said> {
  const word = town.newWord();
  const postedMs = town.nowMs();
  const shown = await by.person.post(`${text} ${word}`, {
    visibility,
    ...(replyTo === undefined ? {} : { replyTo: replyTo.shown }),
  });
  const isPrivate = visibility === "direct";
  const said: Said = {
    by,
    shown,
    key: `mastodon:${town.square.host}/${shown.id}`,
    conversation: isPrivate ? `private/${by.person.handle}` : (replyTo?.conversation ?? shown.id),
    parent: replyTo,
    isPrivate,
    postedMs,
    ...rest,
    words: [word],
    isGone: false,
    during: new Set([town.during]),
  };
  town.said.push(said);
  note(town, `${by.person.handle} says ${said.key} ${word} to ${replyTo?.key ?? "all"}`);
  return said;
}

export async function ask(town: Town): Promise<Said> {
  const by = pickSpeaker(town);
  const text = `@nordwind ${town.chance.pick(QUESTIONS)}`;
  const visibility = by.kind === "private" ? "direct" : "public";
  return await say(town, by, { text, visibility, isForUs: true, asks: true });
}

export async function praise(town: Town): Promise<void> {
  const by = pickSpeaker(town, true);
  await say(town, by, { text: `@nordwind ${PRAISE}`, isForUs: true, asks: false });
}

/** Nobody is addressed: it may stay in the journal. */
export async function chat(town: Town): Promise<void> {
  await say(town, pickSpeaker(town, true), {
    text: "nice clouds over nordwind country today",
    isForUs: false,
    asks: false,
  });
}

/** The same customer again, or somebody else, in the same thread. */
export async function joinIn(town: Town): Promise<void> {
  const to = pickSaid(town, (said) => said.by.kind !== "company" && !said.isPrivate && said.isForUs);
  const by = town.chance.oneIn(3) ? pickSpeaker(town, true) : (to?.by ?? pickSpeaker(town, true));
  if (to === undefined) return;
  await say(town, by, { text: "@nordwind hello, where is my answer?", replyTo: to, isForUs: true, asks: true });
}

/** The company itself, in the network's own app. */
export async function answerInApp(town: Town): Promise<void> {
  const to = pickSaid(town, (said) => said.by.kind !== "company" && !said.isPrivate && said.asks);
  if (to === undefined) return;
  const text = `@${to.by.person.handle} We look into it.`;
  await say(town, town.company, { text, replyTo: to, isForUs: true, asks: false });
}

export async function edit(town: Town): Promise<void> {
  const said = pickSaid(town, ({ by }) => by.kind !== "company");
  if (said !== undefined) await reword(town, said);
}

async function reword(town: Town, said: Said): Promise<void> {
  said.during.add(town.during);
  const word = town.newWord();
  said.words.push(word);
  note(town, `${said.key} becomes ${word}`);
  const start = said.isForUs ? "@nordwind " : "nordwind ";
  await said.by.person.edit(said.shown, `${start}${said.asks ? "please, where is my bag now?" : PRAISE} ${word}`);
}

export async function editTwice(town: Town): Promise<void> {
  const said = await ask(town);
  await reword(town, said);
  await reword(town, said);
}

export async function remove(town: Town): Promise<void> {
  const said = pickSaid(town);
  if (said !== undefined) await take(town, said);
}

export async function sayAndRemove(town: Town): Promise<void> {
  await take(town, await ask(town));
}

export async function editAndRemove(town: Town): Promise<void> {
  const said = pickSaid(town, ({ by }) => by.kind !== "company");
  if (said === undefined) return;
  await reword(town, said);
  await take(town, said);
}

async function take(town: Town, said: Said): Promise<void> {
  said.during.add(town.during);
  said.isGone = true;
  note(town, `${said.key} is deleted`);
  await said.by.person.remove(said.shown);
}

function pickSpeaker({ chance, speakers }: Town, inPublic = false): Speaker {
  const some = speakers.filter(({ kind }) => !inPublic || kind !== "private");
  const one = some[chance.below(some.length)];
  if (one === undefined) throw new Error("Nobody lives in this town");
  return one;
}

/** Mostly something recent; one draw of chance, whatever there is. */
export function pickSaid(town: Town, fits: (said: Said) => boolean = () => true): Said | undefined {
  const { chance, said, reach } = town;
  const living: Said[] = [];
  for (let at = said.length - 1; at >= 0 && living.length < reach; at--) {
    const one = said[at];
    if (one !== undefined && !one.isGone && fits(one)) living.push(one);
  }
  const fromOldest = chance.below(Math.max(1000, reach)) % Math.max(1, living.length);
  return living[living.length - 1 - fromOldest];
}
