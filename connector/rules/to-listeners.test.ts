import { COMPANY, toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import type { Post } from "../model/post.ts";
import type { ListenerRow } from "../model/settings.ts";
import { toIsWanted } from "./is-wanted.ts";
import { toListeners } from "./to-listeners.ts";

function toRow(change: Partial<ListenerRow> = {}): ListenerRow {
  const none = { account: undefined, excluded: "", languages: "" };
  return { id: "l1", name: "Brand", active: true, words: "nordwind", ...none, ...change };
}

test("words stand on lines, languages anyhow", () => {
  const row = toRow({ words: " nordwind \r\nNord  Wind\n\nnordwind", excluded: "beer\n", languages: "de, FR;en" });
  expect(toListeners([row, toRow({ id: "l2", active: false, words: "" })])).toEqual({
    faults: [],
    listeners: [
      {
        id: "l1",
        account: undefined,
        words: ["nordwind", "Nord Wind"],
        excluded: ["beer"],
        languages: ["de", "fr", "en"],
      },
    ],
  });
});

test.each<[string, Partial<ListenerRow>, RegExp]>([
  ["no words", { words: " \n" }, /It has no words/],
  ["one letter", { words: "nordwind\nx" }, /"x" has one letter only/],
  ["one letter excluded", { excluded: "😀" }, /one letter only/],
  ["a whole text", { words: "word ".repeat(30) }, /longer than 100 characters: write one word or phrase on each line/],
  ["too many", { words: Array.from({ length: 501 }, (_, n) => `word ${n}`).join("\n") }, /more than 500 words/],
  ["an unknown language", { languages: "de xx" }, /"xx" is no language/],
  ["a language with a region", { languages: "de-CH" }, /"de-ch" is no language.*without a region/],
  ["a stranger's account", { account: "test:other" }, /not one that Earshot is connected to/],
  ["an account that cannot search", { account: "webhook:shop" }, /cannot listen for words/],
])("a listener with %s says so, and holds up no other", (_, change, sentence) => {
  const hearers = { able: new Set([COMPANY]), deaf: new Set(["webhook:shop"]) };
  const { listeners, faults } = toListeners([toRow(change), toRow({ id: "l2", account: COMPANY })], hearers);
  expect(listeners.map(({ id }) => id)).toEqual(["l2"]);
  expect(faults).toMatchObject([{ on: "listener", id: "l1", state: "Broken" }]);
  expect(faults[0]?.detail).toMatch(sentence);
});

test("as long as an account may be one that was never opened, none is called a stranger's", () => {
  expect(toListeners([toRow({ account: "test:other" })], { deaf: new Set() }).faults).toEqual([]);
});

describe("wanted is", () => {
  const { listeners } = toListeners([
    toRow({ excluded: "beer\nhiring", languages: "de" }),
    toRow({ id: "l2", words: "lost bag" }),
  ]);
  const isWanted = toIsWanted(listeners);
  const heard = (text: string, change: Partial<Post> = {}): Post =>
    toTestPost("1", "anna", { kind: "post", text, matched: ["nordwind"], ...change });

  test.each<[string, Post, string | undefined, boolean]>([
    ["a word in its language", heard("Nordwind ist spät"), "de-AT", true],
    ["a word in a language that nobody can tell", heard("nordwind?!"), undefined, true],
    ["not a word in another language", heard("nordwind is late"), "en", false],
    ["not a word beside an excluded one", heard("Nordwind Beer im Angebot"), "de", false],
    [
      "a word of another listener, whatever the first excludes",
      heard("beer, lost bag", { matched: ["lost bag"] }),
      "en",
      true,
    ],
    ["not what only a former listener's word brought", heard("old", { matched: ["old"] }), "de", false],
    ["what is said to us, whatever its words", heard("nordwind beer", { kind: "mention" }), "en", true],
    ["a message", toTestMessage("1", "anna", { matched: ["nordwind"], text: "beer" }), "en", true],
    ["what we say ourselves", heard("beer", { direction: "outbound" }), "en", true],
    ["what no word brought", toTestPost("1", "anna", { kind: "comment" }), "en", true],
  ])("%s", (_, post, language, wanted) => expect(isWanted(post, () => language)).toBe(wanted));
});
