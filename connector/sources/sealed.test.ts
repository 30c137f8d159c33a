import { seal, unseal } from "./sealed.ts";

test("what was sealed is read with the same secret, and shows nothing without it", () => {
  const sealed = seal("a refresh token, größer", "secret");
  expect(unseal(sealed, "secret")).toBe("a refresh token, größer");
  expect(unseal(sealed, "another")).toBeUndefined();
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("refresh");
});

test("the same text is sealed differently each time", () => {
  expect(seal("text", "secret")).not.toBe(seal("text", "secret"));
});

test("what was changed, cut or is no seal at all is not read", () => {
  const sealed = seal("text", "secret");
  const changed = `${sealed.slice(0, -1)}${sealed.endsWith("A") ? "B" : "A"}`;
  for (const wrong of [changed, sealed.slice(0, 40), "", "1.", "2" + sealed.slice(1), "text"])
    expect(unseal(wrong, "secret")).toBeUndefined();
});
