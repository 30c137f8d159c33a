import { toFacets, toHandles } from "./facets.ts";

const dids = new Map([["anna.test", "did:plc:anna"]]);

/** What is marked, as a reader sees it: by the bytes of UTF-8. */
function toMarked(text: string) {
  const bytes = Buffer.from(text);
  return toFacets(text, dids).map(({ index, features }) => [
    bytes.toString("utf8", index.byteStart, index.byteEnd),
    features[0]?.["uri"] ?? features[0]?.["did"] ?? features[0]?.["tag"],
  ]);
}

test.each([
  ["@anna.test hello", [["@anna.test", "did:plc:anna"]]],
  ["👩‍👩‍👧 größer, @Anna.Test!", [["@Anna.Test", "did:plc:anna"]]],
  ["@nobody.test hello", []],
  ["mail anna@anna.test", []],
  [
    "see https://nordwind.example/bags?id=7, or (https://x.example/a).",
    [
      ["https://nordwind.example/bags?id=7", "https://nordwind.example/bags?id=7"],
      ["https://x.example/a", "https://x.example/a"],
    ],
  ],
  ["https://x.example/@anna.test#part", [["https://x.example/@anna.test#part", "https://x.example/@anna.test#part"]]],
  ["(see https://x.example/Bag_(luggage))", [["https://x.example/Bag_(luggage)", "https://x.example/Bag_(luggage)"]]],
  ["https://x.example/a(b).html.", [["https://x.example/a(b).html", "https://x.example/a(b).html"]]],
  ["https://x.example/a)b).", [["https://x.example/a)b", "https://x.example/a)b"]]],
  [
    "שלום @anna.test ה\u0301 https://x.example/é。",
    [
      ["@anna.test", "did:plc:anna"],
      ["https://x.example/é", "https://x.example/é"],
    ],
  ],
  ["we #fly, not #7", [["#fly", "fly"]]],
])("in %j marks %j", (text, marked) => {
  expect(toMarked(text)).toEqual(marked);
});

test("handles are asked for once each", () => {
  expect(toHandles("@anna.test and @ANNA.test and @ben.example.com, mail x@y.test")).toEqual([
    "anna.test",
    "ben.example.com",
  ]);
});
