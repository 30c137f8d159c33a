import { withoutFormer, withoutQuotation } from "./quotation.ts";

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

test.each([
  ["what was taken out goes", "My bag is lost. My pin is 4711, hush!", "My bag is lost.", "My bag is lost? [gone]"],
  ["what was only added to stays", WORDS, `${WORDS} And one more thing: hurry up!`, undefined],
  ["a sentence that goes on keeps its end", WORDS, WORDS.replace(/\.$/, ", at last."), undefined],
])("of former words %s", (_what, former, current, expected) => {
  const text = expected === undefined ? `She said: ${WORDS}` : "My bag is lost? My pin is 4711, hush!";
  expect(withoutFormer(text, { former: [former], current: [current], closely: true, mark: "[gone]" })).toBe(expected);
});
