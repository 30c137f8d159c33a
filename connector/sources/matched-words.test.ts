import { jest } from "@jest/globals";
import { toWordSearch } from "./matched-words.ts";

const find = toWordSearch(["Nordwind", "lost luggage", "#fly", "C++", "Größe", "行李", "Σίσυφος"]);

test.each([
  ["NORDWIND lost it", ["Nordwind"]],
  ["ask @nordwind, please", ["Nordwind"]],
  ["nordwinds and supernordwind and nordwind_fan", []],
  ["my lost luggage at Nordwind", ["Nordwind", "lost luggage"]],
  ["love to #fly", ["#fly"]],
  ["#flying", []],
  ["C++ not C+++", ["C++"]],
  ["GRÖSSE? größe!", ["Größe"]],
  ["gro\u0308ße", ["Größe"]],
  ["我的行李在哪里", ["行李"]],
  ["ΣΊΣΥΦΟΣ!", ["Σίσυφος"]],
  ["", []],
])("in %j finds %j", (text, words) => {
  expect(find(text)).toEqual(words);
});

test("hundreds of words that begin alike cost little more than one", () => {
  const words = Array.from({ length: 500 }, (_, number) => `nordwind${number}`);
  const search = toWordSearch(words);
  const looks = jest.spyOn(RegExp.prototype, "test");
  const found = search("Is nordwind7 late? NORDWIND12 was, nordwind is not.");
  const { length } = looks.mock.calls;
  looks.mockRestore();
  expect([found, length]).toEqual([["nordwind7", "nordwind12"], 2]);
});
