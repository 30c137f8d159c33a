import { readFileSync } from "node:fs";
import path from "node:path";
import { COMPANY, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import type { Priority } from "../model/draft.ts";
import type { Post } from "../model/post.ts";
import type { RuleRow } from "../model/settings.ts";
import { defaultRows } from "./default-rows.ts";
import type { Facts } from "./rule.ts";
import { toRuleSet, type Known } from "./to-rule-set.ts";
import { toTriage } from "./to-triage.ts";

const LAST = toRow(
  "otherwise",
  "",
  { needsResponse: false, priority: "Low", queue: "Service", responseMinutes: 30 },
  999,
);

function toRow(name: string, condition: string, change: Partial<RuleRow> = {}, order = 10): RuleRow {
  const says = { needsResponse: undefined, priority: undefined, queue: undefined, responseMinutes: undefined };
  return { id: `id of ${name}`, name, active: true, order, condition, ...says, reason: "", ...change };
}

function readSet(...rows: readonly RuleRow[]) {
  const read = toRuleSet([...rows, LAST]);
  if ("faults" in read) throw new Error(read.faults.map(({ detail }) => detail).join(" "));
  return read.set;
}

function readFaults(rows: readonly RuleRow[], known?: Known) {
  const read = toRuleSet(rows, known);
  if ("set" in read) throw new Error("Nothing is wrong with these rows");
  return read.faults;
}

const post = toTestPost("1", "anna", {
  text: "@nordwind Where is my REFUND for flight LX 1234?",
  matched: ["nordwind"],
});
const reading = {
  language: "de-CH",
  sentiment: "negative",
  sentimentScore: -0.5,
  intent: "question",
  topics: ["billing", "delay"],
} as const;
const toFacts = (change: Partial<Facts> = {}): Facts => ({ post, reading, linked: false, bond: undefined, ...change });
const from = (author: Partial<Post["author"]>): Facts =>
  toFacts({ post: { ...post, author: { ...post.author, ...author } } });
const message = toFacts({ post: toTestMessage("1", "anna") });

/** Does a rule of this condition hold? */
function holds(condition: string, facts: Facts): boolean {
  return toTriage(readSet(toRow("asked", condition, { needsResponse: true })), facts).needsResponse;
}

describe("a condition asks", () => {
  test.each<[string, Facts, boolean]>([
    ['network == "test"', toFacts(), true],
    [`account == "${COMPANY}"`, toFacts(), true],
    ['account == "nordwind.de"', toFacts({ handle: "nordwind.de" }), true],
    ['author in ["anna@social.example", "ben@social.example"]', toFacts(), true],
    ["followers >= 10000", from({ followers: 10_000 }), true],
    ["followers >= 10000", from({ followers: 9999 }), false],
    ["followers == 0", toFacts(), true],
    ["linked", toFacts({ linked: true }), true],
    ['source == "microblog" && kind == "mention" && visibility == "public"', toFacts(), true],
    ['visibility == "private"', message, true],
    ["addressed && !outbound && !background", toFacts(), true],
    ["words > 7 && words < 10", toFacts(), true],
    ['"nordwind" in matched', toFacts(), true],
    ['language == "de"', toFacts(), true],
    ['language == ""', toFacts({ reading: undefined }), true],
    ['intent == "question" || intent == "request"', toFacts(), true],
    ['sentiment != "positive" && score < -0.4 && score <= -0.5 && score > -1', toFacts(), true],
    ['"billing" in topics && !("safety" in topics) && size(topics) == 2', toFacts(), true],
    ['text.says("refund")', toFacts(), true],
    ['text.says("fund")', toFacts(), false],
    ['text.says(["voucher", "my refund"])', toFacts(), true],
    ['text.contains("refund")', toFacts(), false],
    ['text.contains("REFUND") && text.startsWith("@") && text.endsWith("?")', toFacts(), true],
    ['text.matches("(?i)\\\\blx ?[0-9]{3,4}\\\\b")', toFacts(), true],
    ['size(text) > 500 || (kind == "reply")', toFacts(), false],
    ["// VIPs\nauthor.startsWith('anna')", toFacts(), true],
    ['intent == "question" // They wait.', toFacts(), true],
    ['text.says("https://x.example") // as it is', toFacts(), false],
    ["", toFacts(), true],
    ["true", toFacts(), true],
    ["false", toFacts(), false],
  ])("%s", (condition, facts, expected) => expect(holds(condition, facts)).toBe(expected));
});

describe("what people write wrong is named, with how it is mended", () => {
  test.each<[string, RegExp]>([
    ['sentimant == "negative"', /There is no name "sentimant"\. The names are network, account, .*sentiment/],
    ["intent ==", /cannot be read from character \d+ of line 1 on/],
    ["linked\u00a0&& addressed", /cannot be read from character 7 of line 1 on\. A blank there is none/],
    ["linked\u200b", /A blank there is none, though it looks like one/],
    ['intent = "question"', /cannot be read from character 8 of line 1 on\. Two equals signs compare/],
    ['intent == "question" and linked', /Write && for and/],
    ["intent == “question”", /straight quotes/],
    ['intent == "question', /A quote is opened and not closed/],
    ['(intent == "question"', /Brackets do not match/],
    ["intent ==", /It is written such as/],
    ['intent == "complain"', /"intent" is never "complain": it is always one of "complaint", "question"/],
    ['kind in ["mention", "tweet"]', /"kind" is never "tweet"/],
    ['language == "de-CH"', /"language" is never "de-CH": it is always a code of two or three small letters/],
    ['"refunds" in topics', /A topic is never "refunds": it is always one of "billing", "safety"/],
    ['followers == "many"', /"==" compares like with like, and here are a number and a text/],
    ['followers > "10"', /">" compares two numbers/],
    ["followers", /The condition is a number, and no yes or no: compare it with something, such as followers >= 10/],
    ["linked && followers", /"&&" takes a yes or no, and not "followers", which is a number: compare it/],
    ["!topics", /"!" takes a yes or no/],
    ['topics == ["billing"]', /A list cannot be compared/],
    ['"de" in language', /"in" asks whether a text stands in a list of texts/],
    ['topics.contains("billing")', /"\.contains\( \)" asks a text for one text/],
    ['text.shouts("x")', /Rules do not have "\.shouts\( \)"/],
    ["text.says(text)", /written out/],
    ['text.says([" "])', /written out/],
    ["text.matches(author)", /a pattern that is written out/],
    ['text.matches("(a")', /not one of RE2/],
    ['text.matches("(?<=a)b")', /neither look-behind/],
    ["post.text == 'x'", /names have no dots/],
    ['topics.exists(t, t == "x")', /a part of CEL that rules do not have/],
    ["linked ? true : false", /Rules do not have "\? :"/],
    ["followers + 1 > 2", /Rules do not have "\+"/],
    ["now() > 5", /Rules do not have "now"/],
    ["author == null", /a value that rules do not know/],
    ['author in ["a", 1]', /texts only or numbers only/],
    ['priority == "High"', /"priority" can be asked only by a rule that says nothing of response and priority/],
    [`${"(".repeat(1500)}true${")".repeat(1500)}`, /too many brackets/],
    [`text.says("${"x".repeat(5000)}")`, /more than 4000 characters/],
  ])("%s", (condition, sentence) => {
    const broken = toRow("broken", condition, { needsResponse: true });
    const [fault] = readFaults([broken, LAST], { topics: ["billing", "safety"] });
    expect(fault).toMatchObject({ on: "rule", id: broken.id, state: "Broken" });
    expect(fault?.detail).toMatch(sentence);
    expect(fault?.detail.length).toBeLessThan(600);
  });

  test.each<[string, Partial<RuleRow>, RegExp]>([
    ["no order", { order: undefined }, /It has no order/],
    ["nothing to say", { needsResponse: undefined }, /It decides nothing/],
    ["a priority of the org's own", { priority: "Urgent" as Priority }, /"Urgent" is no priority: choose High/],
    ["a queue that is not there", { queue: "Nobody" }, /The org has no queue "Nobody"/],
    ["no minutes", { responseMinutes: 0 }, /0 minutes will not do/],
    ["half a minute", { responseMinutes: 0.5 }, /whole number from 1 to 10080/],
    ["more than a week", { responseMinutes: 10_081 }, /10081 minutes will not do/],
  ])("%s", (_, change, sentence) => {
    const faults = readFaults([toRow("broken", "linked", { needsResponse: true, ...change }), LAST], {
      queues: new Set(["Service"]),
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.detail).toMatch(sentence);
  });

  test("each broken row by itself, with all that is wrong with it", () => {
    const one = toRow("one", "folowers > 1", { needsResponse: true, order: undefined });
    const faults = readFaults([toRow("two", "true"), LAST, one]);
    expect(faults.map(({ id }) => id)).toEqual([expect.stringContaining("two"), expect.stringContaining("one")]);
    expect(faults[1]?.detail).toMatch(/It has no order.*There is no name "folowers"/);
  });

  test("rows that may come to no decision: the last one says what is open", () => {
    const last = toRow("last", "", { needsResponse: false, queue: "Service" }, 20);
    const [fault] = readFaults([last, toRow("vip", "linked", { priority: "High" })]);
    expect(fault?.id).toBe(last.id);
    expect(fault?.detail).toMatch(/nothing decides the priority, the minutes: add a last rule with an empty condition/);
  });

  test("rows that are switched off are not looked at, and alone they are no set", () => {
    const off = toRow("off", "nonsense (", { active: false });
    expect(toRuleSet([off, LAST])).toHaveProperty("set");
    expect(readFaults([off])).toEqual([]);
  });
});

describe("of each part", () => {
  test("the first rule that says something about it and holds decides; order counts, then the name", () => {
    const set = readSet(
      toRow("b", "linked", { priority: "Medium" }, 20),
      toRow("a", "linked", { priority: "High", reason: "A customer wrote" }, 20),
      toRow("first", 'intent == "question"', { needsResponse: true, reason: "It asks." }, 3),
      toRow("never", "outbound", { queue: "Others" }, 1),
    );
    expect(toTriage(set, toFacts({ linked: true }))).toMatchObject({
      rule: "first",
      needsResponse: true,
      priority: "High",
      reason: "It asks. A customer wrote.",
      queue: "Service",
      responseMinutes: 30,
      ruleSet: set.version,
    });
  });

  test("queue and minutes may hang on the priority that was decided", () => {
    const set = readSet(
      toRow("vip", "linked", { priority: "High" }),
      toRow("quick", 'priority == "High"', { queue: "Quick", responseMinutes: 5 }),
    );
    expect(toTriage(set, toFacts({ linked: true }))).toMatchObject({ queue: "Quick", responseMinutes: 5 });
    expect(toTriage(set, toFacts())).toMatchObject({ queue: "Service", responseMinutes: 30 });
  });

  test("a rule without a reason is named instead", () => {
    const set = readSet(toRow("vip", "linked", { needsResponse: true }));
    expect(toTriage(set, toFacts({ linked: true })).reason).toBe("By the rule vip.");
  });
});

test("the version is that of what the rules say, not of where they stand", () => {
  const rows = [toRow("a", "linked", { priority: "High" }, 1), toRow("b", "", { queue: "Service" }, 2)];
  const { version } = readSet(...rows);
  expect(readSet(...rows.map((row) => ({ ...row, id: `new ${row.id}`, order: (row.order ?? 0) + 5 }))).version).toBe(
    version,
  );
  expect(readSet(...rows.map((row) => ({ ...row, condition: "outbound" }))).version).not.toBe(version);
  expect(readSet(...rows.toReversed().map((row, order) => ({ ...row, order }))).version).not.toBe(version);
});

test("a pattern costs time by the length of the text only", () => {
  const text = `${"a".repeat(20_000)}!`;
  expect(holds('text.matches("(a+)+$")', toFacts({ post: { ...post, text } }))).toBe(false);
});

test("the default rows have names of their own, orders with room between, and reasons where they decide the response", () => {
  expect(new Set(defaultRows.map(({ name }) => name)).size).toBe(defaultRows.length);
  expect(defaultRows.map(({ order }) => order)).toEqual(defaultRows.map((_, index) => (index + 1) * 10));
  for (const { needsResponse, reason } of defaultRows) expect(needsResponse === undefined || reason !== "").toBe(true);
});

test("the examples for coordinators are rules", () => {
  const page = readFileSync(path.join(import.meta.dirname, "../../docs/rules.md"), "utf8");
  const table = page.slice(page.indexOf("## Ten examples"), page.indexOf("What only a listener"));
  const examples = [...table.matchAll(/^\| (.+?) +\| (\d+) +\| `(.+?)` +\| (.+?) +\|$/gm)];
  expect(examples).toHaveLength(10);
  for (const [, name = "", order, condition = "", says = ""] of examples) {
    const isEarly = /High|Low|Response/.test(says);
    const change = isEarly ? { needsResponse: true } : { queue: "Service" };
    expect(readSet(toRow(name, condition, change, Number(order)))).toHaveProperty("version");
  }
});
