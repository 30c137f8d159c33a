import { toComparable, toNamed, toReplyText } from "./reply-text.ts";

const domain = "social.example";

test.each([
  ["We look for it.", "anna@social.example", "@anna@social.example We look for it."],
  ["@anna we look", "anna@social.example", "@anna we look"],
  ["Dear @Anna@Social.Example, we look", "anna@social.example", "Dear @Anna@Social.Example, we look"],
  ["@annabel we look", "anna@social.example", "@anna@social.example @annabel we look"],
  ["@anna we look", "anna@elsewhere.example", "@anna@elsewhere.example @anna we look"],
  ["write to info@anna", "anna@social.example", "@anna@social.example write to info@anna"],
  ["  spaces  ", "", "spaces"],
  ["broken \ud83d", "", "broken \uFFFD"],
])("%j to %s goes out as %j", (text, handle, expected) => {
  expect(toReplyText(text, handle, domain)).toBe(expected);
});

test("finds everybody who is named, once, but no address of mail or the web", () => {
  const text =
    "@anna, @Ben@elsewhere.example. @anna@social.example help@nordwind.example https://x.example/@cleo (@dan.)";
  expect(toNamed(text, domain)).toEqual(["anna@social.example", "ben@elsewhere.example", "dan@social.example"]);
});

test("takes for the same text what the network only shows otherwise", () => {
  const sent = "@anna@social.example we  look:\nhttps://n.example/a?b=1&c=2 — sorry, Größe!";
  const shown = "@anna we look: https://n.example/a?b=1&c=2 — sorry, Gro\u0308ße!";
  expect(toComparable(shown)).toBe(toComparable(sent));
});

test("takes other words for another text", () => {
  expect(toComparable("@anna we found it")).not.toBe(toComparable("@anna we found it not"));
  expect(toComparable("@anna we found it")).not.toBe(toComparable("@ben we found it"));
});
