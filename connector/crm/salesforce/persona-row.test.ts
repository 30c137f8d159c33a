import { toFields } from "./fields.ts";
import { toPersonaRow } from "./persona-row.ts";

const f = toFields("");
const anna = { key: "webhook:shop/7", network: "webhook", handle: "anna", displayName: "Anna Berg" };

test("what a network does not tell about somebody stays as it was told before", () => {
  const row = toPersonaRow(f, { ...anna, displayName: "" });
  const untold = [f.persona.displayName, f.persona.profileUrl, f.persona.avatarUrl, f.persona.followers];
  expect(Object.keys(row).filter((field) => untold.includes(field))).toEqual([]);
  expect(toPersonaRow(f, anna)).toMatchObject({ [f.persona.displayName]: "Anna Berg" });
});

test("an address that is too long to be whole is none", () => {
  const row = toPersonaRow(f, { ...anna, profileUrl: `https://shop.example/${"x".repeat(3000)}` });
  expect(row[f.persona.profileUrl]).toBeNull();
});
