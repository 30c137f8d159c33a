import {
  always,
  both,
  either,
  hasFollowers,
  hasIntent,
  hasWords,
  isAbout,
  isForeignTo,
  isNews,
  isOnlyToRead,
  isOutbound,
  isPrivate,
  isScoredBelow,
  isSignal,
  isUnaddressed,
  isUnhappy,
} from "./conditions.ts";
import type { RuleSet } from "./rule.ts";

/** Languages whose tone the connector can tell. In any other a person has to look. */
const READABLE = ["en", "de", "es", "fr"];

const isComplaint = hasIntent("complaint");

/** What a company gets that set up nothing. In doubt somebody looks: a missed complaint costs more than a glance. */
export const defaultRules: RuleSet = {
  response: [
    { name: "own-post", when: isOutbound, needsResponse: false, reason: "We wrote it." },
    {
      name: "background",
      when: isOnlyToRead,
      needsResponse: false,
      reason: "It was fetched to show what led to a later post, and is not said to us or is more than a day old.",
    },
    { name: "signal", when: isSignal, needsResponse: false, reason: "Somebody did something, and wrote nothing." },
    { name: "news", when: isNews, needsResponse: false, reason: "It is an article, which expects no answer." },
    { name: "not-addressed", when: isUnaddressed, needsResponse: false, reason: "It is not said to us." },
    { name: "complaint", when: isComplaint, needsResponse: true, reason: "It complains." },
    { name: "question", when: hasIntent("question"), needsResponse: true, reason: "It asks." },
    { name: "request", when: hasIntent("request"), needsResponse: true, reason: "It requests something." },
    { name: "unhappy", when: isUnhappy, needsResponse: true, reason: "It sounds unhappy." },
    {
      name: "grave-topic",
      when: isAbout("safety", "security", "legal"),
      needsResponse: true,
      reason: "It speaks of safety, security or the law.",
    },
    {
      name: "unclear",
      when: both(hasWords(10), isScoredBelow(0.5)),
      needsResponse: true,
      reason: "It has much to say, and no clear praise.",
    },
    { name: "praise", when: hasIntent("praise"), needsResponse: false, reason: "It praises or thanks." },
    { name: "private-message", when: isPrivate, needsResponse: true, reason: "It is a private message." },
    {
      name: "foreign-language",
      when: isForeignTo(READABLE),
      needsResponse: true,
      reason: "It is in a language whose tone we cannot tell.",
    },
    { name: "small-talk", when: always, needsResponse: false, reason: "It neither asks, requests nor complains." },
  ],
  priority: [
    { when: either(isOutbound, either(isSignal, isNews)), priority: "Low" },
    {
      when: isAbout("safety", "security", "legal"),
      priority: "High",
      reason: "Safety, security or the law is at stake.",
    },
    { when: both(isComplaint, isScoredBelow(-0.6)), priority: "High", reason: "The words are strong." },
    { when: both(isUnhappy, hasFollowers(50_000)), priority: "High", reason: "Many people follow the author." },
    { when: either(isUnhappy, isComplaint), priority: "Medium" },
    { when: either(hasIntent("question"), hasIntent("request")), priority: "Medium" },
    { when: isPrivate, priority: "Medium" },
    { when: always, priority: "Low" },
  ],
  queues: { High: "Social_Priority", Medium: "Social_Service", Low: "Social_Service" },
  responseMinutes: { High: 15, Medium: 30, Low: 30 },
};
