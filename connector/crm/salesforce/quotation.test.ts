import { withoutQuotation } from "./quotation.ts";

const WORDS = "@nordwind my password is hunter2. Why does nobody of you ever pick up the phone in Hamburg? Thanks.";
const CUT = "[deleted by its author]";

test.each([
  ["a sentence", "You wrote: my password is hunter2. Change it.", `You wrote: ${CUT} Change it.`],
  ["forty characters in a row", `about "does nobody of you ever pick up the phone in" ok`, `about "${CUT}" ok`],
  ["the whole, spaced and capitalised otherwise", `> ${WORDS.toUpperCase().replaceAll(" ", "\n  ")} <`, `> ${CUT} <`],
  ["without the names it begins with", `RE ${WORDS.slice(10)}`, `RE ${CUT}`],
])("%s is cut out", (_what, text, expected) => {
  expect(withoutQuotation(text, WORDS)).toBe(expected);
});

test.each(["Thanks.", "Please change your password.", "We will pick up the phone", ""])(
  "what anybody may say stays: %j",
  (text) => {
    expect(withoutQuotation(text, WORDS)).toBeUndefined();
  },
);

test("a short post counts where we put its words ourselves", () => {
  expect(withoutQuotation("Anna: help me!", "@nordwind help me", false)).toBeUndefined();
  expect(withoutQuotation("Anna: help me!", "@nordwind help me", true)).toBe(`Anna: ${CUT}!`);
});

test("half of a surrogate pair or a letter that grows moves nothing", () => {
  const words = "İstanbul 🧳🧳 where is my suitcase, I have waited for days";
  expect(withoutQuotation(`İ🧳 ${words} 🧳`, words)).toBe(`İ🧳 ${CUT} 🧳`);
});
