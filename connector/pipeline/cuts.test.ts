import { toMemoryCrm, type MemoryCrm } from "../../test/fakes/memory-crm.ts";
import { openPlay } from "../../test/fakes/played-pipeline.ts";
import { HOST, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import { isBackground, type Post } from "../model/post.ts";

/** What happens in a story: posts are heard, and people close or merge a customer's oldest open Cases. */
type Happening =
  { readonly heard: Post } | { readonly closes: string; readonly at: string } | { readonly merges: string };

const STORIES = 120;
const PEOPLE = ["anna", "ben", "carl"];
const TEXTS = [
  "@nordwind my suitcase never arrived and nobody answers",
  "@nordwind thank you, great service!",
  "@nordwind when does the next flight leave?",
  "I had the same last year",
  "Nice weather in Oslo",
  "@nordwind the worst airline, I will sue you",
  "https://social.example/picture #a #b",
];

/** Numbers from 0 up to 1, the same for the same seed (mulberry32's scheme). */
function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function toStory(seed: number): readonly Happening[] {
  const random = toRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const posts: Post[] = [];
  const story: Happening[] = [];
  for (let n = 1; n <= 24; n += 1) {
    const detectedAt = toHour(n * 12);
    const postedAt = toHour(n * 12 - Math.floor(random() * 40));
    const by = pick([...PEOPLE, ...PEOPLE, "nordwind"]) ?? "anna";
    const earlier = pick(posts);
    const dice = random();
    if (dice < 0.1) story.push({ closes: by, at: detectedAt });
    else if (dice < 0.13) story.push({ merges: by });
    else if (dice < 0.22 && earlier !== undefined) story.push({ heard: toEdited(earlier, n, pick(TEXTS) ?? "") });
    else {
      const said = toPost(`${n}`, by, postedAt, pick(TEXTS) ?? "", random() < 0.6 ? earlier : undefined);
      const isFetched = random() < 0.15 && said.visibility === "public";
      const post: Post = { ...said, detectedAt, ...(isFetched ? { context: true } : {}) };
      posts.push(post);
      story.push({ heard: post });
    }
  }
  return story;
}

function toHour(hour: number): string {
  return new Date(Date.UTC(2026, 2, 1) + hour * 3_600_000).toISOString();
}

function toPost(id: string, by: string, postedAt: string, text: string, parent: Post | undefined): Post {
  if (Number(id) % 5 === 0) return toTestMessage(id, by, { postedAt, text });
  const named = text.startsWith("@nordwind");
  const open = parent?.visibility === "public" ? parent : undefined;
  const answersUs = open?.direction === "outbound";
  const kind = answersUs ? "reply" : named ? "mention" : open === undefined ? "post" : "comment";
  return toTestPost(id, by, { postedAt, text, kind, ...(open === undefined ? {} : { parent: open.key }) });
}

function toEdited(post: Post, version: number, text: string): Post {
  return version % 2 === 0 ? post : { ...post, version, text };
}

/** Plays the story, ending a batch after each heard post with this chance. What people do always ends a batch. */
async function play(story: readonly Happening[], cut: () => boolean): Promise<string> {
  const crm = toMemoryCrm({ [`ben@${HOST}`]: [{ link: { lead: "00QB" }, field: "Lead.Mastodon__c" }] });
  const playBatch = await openPlay(
    crm,
    story.flatMap((one) => ("heard" in one ? [one.heard] : [])),
  );
  const reasons: string[] = [];
  let batch: Post[] = [];
  const flush = async (): Promise<void> => {
    const drafts = await playBatch(batch);
    reasons.push(...drafts.map(({ ignored, triage }) => `${ignored?.reason ?? ""}|${triage?.reason ?? ""}`));
    batch = [];
  };
  for (const happening of story) {
    if ("heard" in happening) {
      batch.push(happening.heard);
      if (cut()) await flush();
    } else {
      await flush();
      interfere(crm, happening);
    }
  }
  await flush();
  return JSON.stringify({ reasons, posts: [...crm.posts], cases: [...crm.cases], tasks: [...crm.tasks] }, null, 1);
}

function interfere(crm: MemoryCrm, happening: Exclude<Happening, { readonly heard: Post }>): void {
  const by = "closes" in happening ? happening.closes : happening.merges;
  const [oldest, next] = [...crm.cases.values()].filter(
    (one) => one.closedAt === undefined && one.persona?.endsWith(by),
  );
  if (oldest === undefined) return;
  if ("closes" in happening) crm.close(oldest.id, happening.at);
  else if (next !== undefined) crm.merge(oldest.id, next.id);
}

test.each(Array.from({ length: STORIES }, (_, seed) => seed))(
  "story %i ends the same however its batches are cut",
  async (seed) => {
    const story = toStory(seed);
    const whole = await play(story, () => false);
    const single = await play(story, () => true);
    const random = toRandom(seed + 1_000);
    const cut = await play(story, () => random() < 0.3);
    expect(single).toBe(whole);
    expect(cut).toBe(whole);
  },
);

test("the stories hold what they are about", () => {
  const happenings = Array.from({ length: STORIES }, (_, seed) => toStory(seed)).flat();
  const heard = happenings.flatMap((one) => ("heard" in one ? [one.heard] : []));
  expect(happenings.filter((one) => "closes" in one).length).toBeGreaterThan(100);
  for (const kind of ["mention", "reply", "comment", "post", "message"]) {
    expect(heard.filter((post) => post.kind === kind).length).toBeGreaterThan(50);
  }
  const fetched = heard.filter(({ context }) => context === true);
  expect(fetched.filter(isBackground).length).toBeGreaterThan(50);
  expect(fetched.filter((post) => !isBackground(post)).length).toBeGreaterThan(50);
  expect(heard.filter(({ version }) => version > 0).length).toBeGreaterThan(50);
});
