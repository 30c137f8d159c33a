import { COMPANY, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import type { Post } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";
import { defaultRules } from "./defaults.ts";
import { toTriage } from "./to-triage.ts";
import type { Facts } from "./rule.ts";

const neutral: Reading = {
  language: "en",
  sentiment: "neutral",
  sentimentScore: 0,
  intent: "other",
  topics: ["other"],
};
const complaint: Reading = { ...neutral, sentiment: "negative", sentimentScore: -0.5, intent: "complaint" };
const praise: Reading = { ...neutral, sentiment: "positive", sentimentScore: 0.7, intent: "praise" };

const facts = (post: Post, reading: Reading, change: Partial<Facts> = {}): Facts => ({
  post,
  reading,
  linked: false,
  bond: undefined,
  ...change,
});
const mention = toTestPost("1", "anna", { text: "@nordwind at the airport now" });
const dayBefore = new Date(Date.parse(mention.detectedAt) - 24 * 3_600_000).toISOString();
const long = toTestPost("1", "anna", { text: "@nordwind one two three four five six seven eight nine ten" });
const stray = toTestPost("1", "anna", { kind: "post" });
const comment = toTestPost("1", "anna", { kind: "comment" });
const message = toTestMessage("1", "anna");
const ours = toTestPost("1", "nordwind", { kind: "post" });
const review = toTestPost("1", "anna", { kind: "review", sourceClass: "review" });
const survey = toTestMessage("1", "anna", { kind: "review", sourceClass: "offline" });
const letter = toTestPost("1", "anna", { kind: "post", sourceClass: "offline" });
const cart = toTestPost("1", "anna", { kind: "signal", sourceClass: "signal" });
const article = toTestPost("1", "anna", { kind: "article", sourceClass: "news" });

describe("the default rules", () => {
  test.each<[string, Post, Reading, string, boolean]>([
    ["a mention that complains", mention, complaint, "complaint", true],
    ["a mention that asks", mention, { ...neutral, intent: "question" }, "question", true],
    ["a reply that requests", { ...mention, kind: "reply" }, { ...neutral, intent: "request" }, "request", true],
    ["a mention that is sad and says nothing more", mention, { ...neutral, sentiment: "negative" }, "unhappy", true],
    ["a mention that is of two minds", mention, { ...neutral, sentiment: "mixed" }, "unhappy", true],
    ["a mention of smoke", mention, { ...praise, topics: ["safety"] }, "grave-topic", true],
    ["praise", mention, praise, "praise", false],
    ["long words of no clear praise", long, neutral, "unclear", true],
    ["long words of praise", long, praise, "praise", false],
    ["small talk", mention, neutral, "small-talk", false],
    ["a mention in Finnish", mention, { ...neutral, language: "fi" }, "foreign-language", true],
    ["a mention in Swiss German", mention, { ...neutral, language: "de-CH" }, "small-talk", false],
    ["a private message", message, neutral, "private-message", true],
    ["private thanks", message, praise, "praise", false],
    ["a complaint that is not said to us", stray, complaint, "not-addressed", false],
    ["a complaint among others", comment, complaint, "not-addressed", false],
    ["a comment that names us", { ...comment, mentions: [COMPANY] }, complaint, "complaint", true],
    [
      "an old complaint that was fetched",
      { ...mention, context: true, postedAt: dayBefore },
      complaint,
      "background",
      false,
    ],
    ["a complaint that was fetched, of today", { ...mention, context: true }, complaint, "complaint", true],
    ["a stranger's complaint that was fetched", { ...stray, context: true }, complaint, "background", false],
    ["a complaint heard late", { ...mention, postedAt: dayBefore }, complaint, "complaint", true],
    ["a review that complains", review, complaint, "complaint", true],
    ["a review that praises", review, praise, "praise", false],
    ["a survey answer that is sad", survey, { ...neutral, sentiment: "negative" }, "unhappy", true],
    ["a survey answer that praises", survey, praise, "praise", false],
    ["a survey answer that says little", survey, neutral, "small-talk", false],
    ["a letter that asks", letter, { ...neutral, intent: "question" }, "question", true],
    ["an abandoned cart", cart, complaint, "signal", false],
    ["an abandoned cart that names us", { ...cart, mentions: [COMPANY] }, complaint, "signal", false],
    ["an article that complains", article, complaint, "news", false],
    ["an article that names us", { ...article, mentions: [COMPANY] }, complaint, "news", false],
    ["our own post that was fetched", { ...ours, context: true }, complaint, "own-post", false],
    ["our own post", ours, complaint, "own-post", false],
  ])("%s", (_, post, reading, rule, needsResponse) => {
    expect(toTriage(defaultRules, facts(post, reading))).toMatchObject({ rule, needsResponse });
  });

  test.each<[string, Post, Reading, string]>([
    ["strong words", mention, { ...complaint, sentimentScore: -0.9 }, "High"],
    ["a plain complaint", mention, complaint, "Medium"],
    ["the law", mention, { ...neutral, intent: "question", topics: ["legal"] }, "High"],
    ["a stolen account", mention, { ...neutral, intent: "request", topics: ["account", "security"] }, "High"],
    ["a question", mention, { ...neutral, intent: "question" }, "Medium"],
    ["a private message", message, neutral, "Medium"],
    ["praise", mention, praise, "Low"],
    ["an abandoned cart", cart, complaint, "Low"],
    ["an article of an accident", article, { ...complaint, topics: ["safety"] }, "Low"],
    [
      "a complaint that many people read",
      { ...mention, author: { ...mention.author, followers: 80_000 } },
      complaint,
      "High",
    ],
  ])("priority of %s", (_, post, reading, priority) => {
    const triage = toTriage(defaultRules, facts(post, reading));
    expect(triage.priority).toBe(priority);
    expect(triage.queue).toBe(priority === "High" ? "Social_Priority" : "Social_Service");
    expect(triage.responseMinutes).toBe(priority === "High" ? 15 : 30);
  });

  test("give every decision its reasons, and none of the post's words", () => {
    const triage = toTriage(defaultRules, facts(mention, { ...complaint, sentimentScore: -0.9 }));
    expect(triage.reason).toBe("It complains. The words are strong.");
    expect(toTriage(defaultRules, facts(comment, praise, { bond: "It answers us." })).reason).toBe(
      "It is not said to us. It answers us.",
    );
    expect(toTriage(defaultRules, facts(stray, praise)).reason).toBe(
      "It is not said to us. Its author is not on record, and it is no conversation of ours.",
    );
  });
});

describe("what enters the CRM", () => {
  test.each<[string, Facts, boolean]>([
    ["what needs a response", facts(mention, complaint), true],
    ["what we wrote", facts(ours, neutral), true],
    ["a customer on record", facts(stray, neutral, { linked: true }), true],
    ["a conversation with us", facts(comment, neutral, { bond: "It answers a post that is in the CRM." }), true],
    ["the talk of strangers", facts(stray, complaint), false],
  ])("%s", (_, given, keep) => {
    expect(toTriage(defaultRules, given).keep).toBe(keep);
  });

  test("a set of rules without an end is a bug", () => {
    expect(() =>
      toTriage(
        { ...defaultRules, deciding: { ...defaultRules.deciding, needsResponse: [] } },
        facts(mention, complaint),
      ),
    ).toThrow("No rule holds");
  });
});
