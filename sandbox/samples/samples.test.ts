import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openNetwork } from "../network/index.ts";
import { orgRecords } from "./org.ts";
import type { FieldValue } from "./org/record.ts";
import { company, domain, people } from "./people.ts";
import { playSamples } from "./play.ts";
import { posts, samples } from "./posts.ts";
import { isPost } from "./sample.ts";

const handles = new Set([company, ...people].map(({ handle }) => handle));

test("about sixty posts by fifteen people and the company", () => {
  expect(people).toHaveLength(15);
  expect(handles.size).toBe(16);
  expect(posts.length).toBeGreaterThanOrEqual(55);
  expect(posts.length).toBeLessThanOrEqual(65);
  expect(new Set(posts.map(({ by }) => by))).toEqual(handles);
});

test("every post can be sent: by somebody, with a name of its own, after what it answers, within the limit", () => {
  const told = new Set<string>();
  for (const sample of samples) {
    expect(sample.afterMs).toBeGreaterThan(0);
    if (!isPost(sample)) {
      expect(told).toContain("edit" in sample ? sample.edit : sample.remove);
      continue;
    }
    expect(told).not.toContain(sample.ref);
    expect(handles).toContain(sample.by);
    expect(sample.text.length).toBeLessThanOrEqual(500);
    if (sample.replyTo !== undefined) expect(told).toContain(sample.replyTo);
    told.add(sample.ref);
  }
});

test("there is of everything: languages, threads, private messages, an edit, a removal", () => {
  expect(new Set(posts.map(({ language }) => language))).toEqual(new Set(["en", "de", "es", "fr", "cs", "ja"]));
  expect(posts.filter(({ replyTo }) => replyTo === "timetable").length).toBeGreaterThanOrEqual(7);
  expect(posts.filter(({ visibility }) => visibility === "direct").length).toBeGreaterThanOrEqual(3);
  expect(samples.filter((sample) => "edit" in sample)).toHaveLength(1);
  expect(samples.filter((sample) => "remove" in sample)).toHaveLength(1);
});

test("a private message follows its author's public complaint", () => {
  const order = posts.map(({ ref }) => ref);
  expect(order.indexOf("camera-private")).toBeGreaterThan(order.indexOf("camera"));
});

const isRef = (value: FieldValue): value is { ref: string } => typeof value === "object" && value !== null;

test("records refer to records that stand before them", () => {
  const told = new Set<string>();
  for (const { ref, fields } of orgRecords) {
    for (const value of Object.values(fields).filter(isRef)) expect(told).toContain(value.ref);
    expect(told).not.toContain(ref);
    told.add(ref);
  }
});

test("the handles on record are those of the people who are known, and the other way round", () => {
  const onRecord = orgRecords.flatMap(({ object, ref, fields }) =>
    typeof fields["Mastodon__c"] === "string" ? [{ handle: fields["Mastodon__c"], object, ref }] : [],
  );
  const known = people.flatMap(({ handle, known }) => (known ? [{ handle: `${handle}@${domain}`, ...known }] : []));

  expect(onRecord.sort((a, b) => a.ref.localeCompare(b.ref))).toEqual(known.sort((a, b) => a.ref.localeCompare(b.ref)));
});

test("played in two goes, with the last step forgotten, every post stands once", async () => {
  const dir = mkdtempSync(join(tmpdir(), "samples-"));
  await using network = await openNetwork({ dir: ":memory:", port: 0 });
  const options = { networkUrl: network.url, dir, pace: 0 };
  const stop = new AbortController();
  const statuses = async () => {
    const calls = (await (await fetch(`${network.url}/sandbox/calls`)).json()) as { byRoute: Record<string, number> };
    return calls.byRoute["POST /api/v1/statuses"] ?? 0;
  };

  const first = playSamples({ ...options, signal: stop.signal });
  while ((await statuses()) < 10) await new Promise(setImmediate);
  stop.abort();
  const { played: before } = await first;
  const { played: after } = await playSamples({ ...options, signal: AbortSignal.timeout(60_000) });
  const { played: again } = await playSamples({ ...options, signal: AbortSignal.timeout(60_000) });
  rmSync(dir, { recursive: true });
  await playSamples({ ...options, signal: AbortSignal.timeout(60_000) });
  rmSync(dir, { recursive: true });

  const shown = await publicTexts(network.url);
  expect(before).toBeGreaterThanOrEqual(9);
  expect([before + after, again]).toEqual([samples.length, 0]);
  expect(shown).toHaveLength(posts.filter(({ ref, visibility }) => visibility === undefined && ref !== "angry").length);
}, 60_000);

/** The texts of all public posts, through all pages. */
async function publicTexts(url: string): Promise<string[]> {
  const texts: string[] = [];
  let next: string | undefined = `${url}/api/v1/timelines/public?limit=40`;
  while (next !== undefined) {
    const response: Response = await fetch(next);
    texts.push(...((await response.json()) as { content: string }[]).map(({ content }) => content));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return texts;
}
