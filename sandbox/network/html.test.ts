import { toHtml } from "./html.ts";
import { isTooLong } from "./text-length.ts";
import { toTokens } from "./tokens.ts";

const links = { url: "http://localhost", isMentioned: (username: string) => username === "nordwind" };

test.each([
  ["paragraphs and breaks", "a\nb\n\nc", "<p>a<br />b</p><p>c</p>"],
  ["markup as text", `<script>"&'`, "<p>&lt;script&gt;&quot;&amp;&#39;</p>"],
  ["a name that nobody has as text", "@nobody", "<p>@nobody</p>"],
  [
    "a mention",
    "hi @nordwind!",
    '<p>hi <span class="h-card" translate="no"><a href="http://localhost/@nordwind" class="u-url mention">@<span>nordwind</span></a></span>!</p>',
  ],
  [
    "a hashtag",
    "#LostBag",
    '<p><a href="http://localhost/tags/lostbag" class="mention hashtag" rel="tag">#<span>LostBag</span></a></p>',
  ],
  [
    "a link that is cut for the eye only",
    "https://www.example.com/a-path-of-more-than-thirty?q=1",
    '<p><a href="https://www.example.com/a-path-of-more-than-thirty?q=1" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">https://www.</span><span class="ellipsis">example.com/a-path-of-more-tha</span><span class="invisible">n-thirty?q=1</span></a></p>',
  ],
])("writes %s", (_what, text, html) => {
  expect(toHtml(text, links)).toBe(html);
});

test.each([
  ["mail@example.com and a/@b", ["text"]],
  ["(see https://example.com/a, or not)", ["text", "url", "text"]],
  ["@anna@nordwind.social: @lukas_weber.", ["mention", "text", "mention", "text"]],
  ["#1 is no tag, #1st is, #größe too", ["text", "tag", "text", "tag", "text"]],
])("cuts %s", (text, types) => {
  expect(toTokens(text).map(({ type }) => type)).toEqual(types);
  expect(
    toTokens(text)
      .map(({ raw }) => raw)
      .join(""),
  ).toBe(text);
});

test.each([
  ["letters", "a".repeat(10), 10],
  ["a link as 23", `https://example.com/${"long".repeat(50)}`, 23],
  ["a mention without its domain", "@anna@some.very.long.example", 5],
  ["what a reader sees as one", "👩‍👩‍👧‍👦e\u0301", 2],
])("counts %s", (_what, text, length) => {
  expect([isTooLong(text, length), isTooLong(text, length - 1)]).toEqual([false, true]);
});
