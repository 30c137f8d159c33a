import { plainTexts } from "./fixtures/plain-text.ts";
import { toPlainText } from "./plain-text.ts";

test.each(plainTexts)("shows $title", ({ html, text }) => {
  expect(toPlainText(html)).toBe(text);
});

const LENGTH = 400_000;
test.each(["<", "<a ", '<a "', "<a>", "<!--", "<script>", "&#x41;", " ", "\n", "<br>"])(
  "is done in time with nothing but %j",
  (piece) => {
    const start = performance.now();
    const text = toPlainText(`${piece.repeat(LENGTH / piece.length)}>`);
    expect(text.length).toBeLessThanOrEqual(LENGTH + 1);
    expect(performance.now() - start).toBeLessThan(4_000);
  },
);

test("keeps every word of a huge post", () => {
  const words = Array.from({ length: 100_000 }, (_, n) => `word${n}`);
  expect(toPlainText(`<p>${words.join("<br>")}</p>`)).toBe(words.join("\n"));
});
