/**
 * How well the default rules and the lexicons do on labelled posts: `node scripts/measure-triage.ts <file.jsonl>`.
 * Each line is `{ text, sentiment: "negative" | "neutral" | "positive", reason }`, said to a company. Prints JSON.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Post } from "../connector/model/post.ts";
import { defaultRules } from "../connector/rules/defaults.ts";
import { toTriage } from "../connector/rules/to-triage.ts";
import { openReader } from "../connector/understanding/reader.ts";

const CLASSES = ["negative", "neutral", "positive"] as const;
const Line = z.object({ text: z.string(), sentiment: z.enum(CLASSES), reason: z.string() });
const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

function toPost(text: string): Post {
  const at = "2026-01-01T00:00:00.000Z";
  const author = { key: "x:h/1", network: "x", handle: "customer", displayName: "Customer" };
  return {
    key: "x:h/2",
    network: "x",
    account: "x:h/0",
    sourceClass: "microblog",
    kind: "mention",
    visibility: "public",
    direction: "inbound",
    author,
    text: text.replace(/&(?:amp|lt|gt|quot);/gu, (entity) => ENTITIES[entity] ?? entity),
    version: 0,
    postedAt: at,
    detectedAt: at,
  };
}

function toShare(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000;
}

const file = process.argv[2];
if (file === undefined) throw new Error("Name the file: node scripts/measure-triage.ts <file.jsonl>");
const lines = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => Line.parse(JSON.parse(line)));
const posts = lines.map(({ text }) => toPost(text));

const read = await openReader();
const startedMs = performance.now();
const readings = posts.map((post) => read(post));
const seconds = (performance.now() - startedMs) / 1000;

const results = lines.map((line, at) => {
  const [post, reading] = [posts[at], readings[at]];
  if (post === undefined || reading === undefined) throw new Error("A post was not read");
  const label = reading.sentiment === "mixed" ? "negative" : reading.sentiment;
  const triage = toTriage(defaultRules, { post, reading, linked: false, bond: undefined });
  const expected = line.sentiment === "negative" || line.reason !== "" || line.text.includes("?");
  return { ...line, expected, label, reading, triage };
});

const asked = results.filter(({ triage }) => triage.needsResponse);
const expected = results.filter((result) => result.expected);
const hits = asked.filter((result) => result.expected);
const negative = results.filter(({ sentiment }) => sentiment === "negative");
const table = Object.fromEntries(
  CLASSES.map((actual) => {
    const rows = results.filter(({ sentiment }) => sentiment === actual);
    const counts = CLASSES.map((label) => [label, rows.filter((row) => row.label === label).length] as const);
    const right = rows.filter((row) => row.label === actual).length;
    const named = results.filter((row) => row.label === actual).length;
    const figures = { recall: toShare(right, rows.length), precision: toShare(right, named) };
    return [actual, { posts: rows.length, ...figures, called: Object.fromEntries(counts) }];
  }),
);

console.log(
  JSON.stringify(
    {
      posts: results.length,
      needsResponse: {
        expected: expected.length,
        called: asked.length,
        recall: toShare(hits.length, expected.length),
        precision: toShare(hits.length, asked.length),
        recallOfNegative: toShare(negative.filter(({ triage }) => triage.needsResponse).length, negative.length),
        highPriority: toShare(results.filter(({ triage }) => triage.priority === "High").length, results.length),
      },
      sentiment: {
        macroRecall: toShare(
          CLASSES.reduce((total, name) => total + (table[name]?.recall ?? 0), 0),
          CLASSES.length,
        ),
        classes: table,
      },
      calledEnglish: toShare(readings.filter(({ language }) => language === "en").length, readings.length),
      textsPerSecond: Math.round(results.length / seconds),
    },
    null,
    2,
  ),
);
