import fc from "fast-check";
import { toDeletedEvent, toPostEvent, type Post, type PostEvent } from "../../connector/model/post.ts";
import { HOST, toTestMessage, toTestPost } from "../fakes/posts.ts";

/** What happens, told without names: numbers choose among what there is by then. */
type Told = Readonly<Record<"what" | "by" | "text" | "which" | "lateness", number>>;

const PEOPLE = ["anna", "ben", "carl", "nordwind"];
const TEXTS = [
  "@nordwind my suitcase never arrived and nobody answers",
  "@nordwind thank you, great service!",
  "@nordwind when does the next flight leave?",
  "I had the same last year",
  "Nice weather in Oslo",
  "@nordwind the worst airline, I will sue you",
  "https://social.example/picture #a #b",
];

/** Of 20 happenings about 8 are posts, 4 answers, 2 private, 3 edits and 3 deletions. */
export const tellings: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.record({
    what: fc.nat(19),
    by: fc.nat(PEOPLE.length - 1),
    text: fc.nat(TEXTS.length - 1),
    which: fc.nat(99),
    lateness: fc.nat(40),
  }),
  { minLength: 3, maxLength: 16 },
);

/** The events of a telling, as the networks bring them. `run`: in every name, so that no two runs meet. */
export function toStory(telling: readonly Told[], run: string): readonly PostEvent[] {
  const posts: Post[] = [];
  return telling.map(({ what, by, text, which, lateness }, index): PostEvent => {
    const earlier = posts[which % Math.max(1, posts.length)];
    const words = `${TEXTS[text] ?? ""} (${index})`;
    if (what >= 17 && earlier !== undefined) return toDeletedEvent(earlier.key, toHour(index * 12));
    if (what >= 14 && earlier !== undefined) return toPostEvent({ ...earlier, version: index + 1, text: words });
    const who = PEOPLE[by] === "nordwind" ? "nordwind" : `${run}_${PEOPLE[by] ?? ""}`;
    const at = { postedAt: toHour(index * 12 - lateness), detectedAt: toHour(index * 12) };
    const post =
      what >= 12
        ? toTestMessage(`${run}-${index}`, who, { ...at, text: words })
        : toTestPost(`${run}-${index}`, who, {
            ...at,
            text: words,
            ...toPlace(words, what >= 8 ? earlier : undefined),
          });
    posts.push(post);
    return toPostEvent(post);
  });
}

/** The customer whose handle is on record. */
export function toKnownHandle(run: string): string {
  return `${run}_ben@${HOST}`;
}

function toPlace(words: string, parent: Post | undefined): Pick<Post, "kind" | "parent"> {
  if (parent === undefined || parent.visibility === "private")
    return { kind: words.startsWith("@nordwind") ? "mention" : "post" };
  const kind = parent.direction === "outbound" ? "reply" : words.startsWith("@nordwind") ? "mention" : "comment";
  return { kind, parent: parent.key };
}

function toHour(hour: number): string {
  return new Date(Date.UTC(2026, 2, 1) + hour * 3_600_000).toISOString();
}
