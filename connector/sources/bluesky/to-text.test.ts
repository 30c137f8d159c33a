import { toText } from "./to-text.ts";

function linked(text: string, shown: string, uri: string) {
  const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(shown)));
  const index = { byteStart, byteEnd: byteStart + Buffer.byteLength(shown) };
  return toText({ text, facets: [{ index, features: [{ $type: undefined, did: undefined, uri }] }] });
}

test("a link that was cut is whole, wherever letters take more bytes", () => {
  const text = "größer 👍 nordwind.example/ba... wow";
  expect(linked(text, "nordwind.example/ba...", "https://nordwind.example/bags")).toBe(
    "größer 👍 https://nordwind.example/bags wow",
  );
});

test("words stay as they are written, wherever they lead", () => {
  expect(linked("read this…", "this…", "https://elsewhere.example")).toBe("read this…");
  expect(linked("at nordwind.example now", "nordwind.example", "https://nordwind.example")).toBe(
    "at nordwind.example now",
  );
});
