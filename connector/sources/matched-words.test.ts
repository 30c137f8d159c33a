import { toWordSearch } from "./matched-words.ts";

const find = toWordSearch(["Nordwind", "lost luggage", "#fly", "C++", "Größe", "行李"]);

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
  ["", []],
])("in %j finds %j", (text, words) => {
  expect(find(text)).toEqual(words);
});
