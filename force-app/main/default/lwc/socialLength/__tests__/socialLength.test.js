import { countCharacters, toMentionPrefix } from "c/socialLength";

const MASTODON = { network: "mastodon", urlLength: 23 };

describe("countCharacters", () => {
  test.each([
    ["nothing", "", MASTODON, 0],
    ["plain words", "Hello Anna", MASTODON, 10],
    ["an umlaut of two code points", "u\u0308", MASTODON, 1],
    ["a family of seven code points", "👨‍👩‍👧‍👦", MASTODON, 1],
    ["a flag and a skin tone", "🇳🇴👍🏽", MASTODON, 2],
    ["a line break", "a\nb", MASTODON, 3],
    ["a short link", "https://a.eu", MASTODON, 23],
    ["a long link in a sentence", `See https://nordwind.example/${"x".repeat(200)}.`, MASTODON, 4 + 23 + 1],
    ["two links", "https://a.eu http://b.eu", MASTODON, 23 + 1 + 23],
    ["a link without scheme is words", "nordwind.example", MASTODON, 16],
    ["a link where links count as written", "https://a.eu", { network: "bluesky" }, 12],
    ["a mention of somebody elsewhere", "@anna@other.example hi", MASTODON, 8],
    ["a mention with dots and dashes", "@anna.b-c@other.example hi", MASTODON, 12],
    ["a mention with a host elsewhere than on Mastodon", "@anna@other.example", { network: "bluesky" }, 19],
    ["an e-mail address", "write to me@nordwind.example", MASTODON, 28],
    ["no rules", "https://a.eu", undefined, 12],
  ])("%s", (_what, text, rules, expected) => {
    expect(countCharacters(text, rules)).toBe(expected);
  });
});

describe("toMentionPrefix", () => {
  const anna = { network: "mastodon", handle: "anna@nordwind.social", accountHandle: "nordwind@nordwind.social" };
  const eva = { ...anna, handle: "eva@elsewhere.example" };

  test.each([
    ["We are on it.", anna, "@anna@nordwind.social "],
    ["@anna we are on it.", anna, ""],
    ["Hello @Anna@nordwind.social!", anna, ""],
    ["Hello @anna@elsewhere.example", anna, "@anna@nordwind.social "],
    ["Hello @annabel", anna, "@anna@nordwind.social "],
    ["Hello @anna-lena", anna, "@anna@nordwind.social "],
    ["Hello @eva", eva, "@eva@elsewhere.example "],
    ["Hello @eva@elsewhere.example", eva, ""],
    ["mail@anna.example", anna, "@anna@nordwind.social "],
    ["We are on it.", { network: "bluesky", handle: "anna" }, ""],
    ["We are on it.", { network: "mastodon" }, ""],
  ])("%s to %j", (text, reader, expected) => {
    expect(toMentionPrefix(text, reader)).toBe(expected);
  });
});
