import { toWordSearch } from "../../matched-words.ts";
import { toUs } from "../fixtures/us.ts";
import { toSift } from "./sift.ts";

const us = toUs(toWordSearch(["Nordwind", "AT&T", 'the "big" one']));
const sift = toSift(us, true);

function toRaw(kind: string, rest: object): string {
  const payload = { $type: `network.bsky.jetstream.subscribeEvents#${kind}`, seq: 1, did: "did:plc:anna", ...rest };
  return JSON.stringify({ $type: "message", payload });
}
const post = (text: string, more: object = {}) => toRaw("commit", { operation: "create", record: { text, ...more } });

test.each([
  ["nothing of ours", post("hello"), false],
  ["a listener's word at the beginning of a line", post("hello\nNordwind!"), true],
  ["a word that travels in another spelling", post("AT&T is down").replace("&", "\\u0026"), true],
  ["a word with quotes", post('it is the "big" one'), true],
  ["a word in a link only", post("hello", { embed: { uri: "nordwind" } }), false],
  ["our name", post("hello", { facets: [{ did: "did:plc:us" }] }), true],
  ["a text that looks like a deletion", post('"operation":"delete" and #account" too'), false],
  ["a deletion", toRaw("commit", { operation: "delete" }), true],
  ["an account that stands", toRaw("account", { account: { active: true } }), false],
  ["an account that goes", toRaw("account", { account: { active: false, status: "deleted" } }), true],
  ["no JSON", "{", false],
])("%s: %#", (_, raw, isWorth) => {
  expect(sift(raw)).toBe(isWorth);
});

test("without words no text is looked at", () => {
  expect(toSift(us, false)(post("Nordwind"))).toBe(false);
});
