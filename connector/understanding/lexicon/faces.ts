import { toPhrases, type Weighted } from "./lexicon.ts";

/** Emoji and typed faces mean about the same in every language. Weights are our own. */
const WEIGHTED: readonly Weighted[] = [
  [0.8, "😍, 🥰, 😘, 🤩, 💖, 💕, 💜, 💙, 💚, 💛, 🧡, ❤, ♥, 🏆, 🥇, <3"],
  [
    0.5,
    `
        😊, 😀, 😃, 😄, 😁, 😆, 🙂, 😎, 🤗, 👍, 👏, 🙌, 🎉, 🥳, 💪, 👌, ✨, 🌟, ⭐, 😇, 🙏, 💯, 😋, ☺, 🤝, :), :-), :D, :-D, ;), ;-), =),
        :'), ^^, (:, 8), 8-), :P, :p, ;P, ;p`,
  ],
  [0.2, "😂, 🤣, 😉, 😜, 😏, 🍷, 🎁, ✈, ☀"],
  [-0.3, "😕, 😐, 😑, 🙄, 😬, 🤔, 😒, 😓, 😥, 😟, 🙁, ☹, 😔, 🥱, 🤷, :/, :-/, :|, :-|, :\\"],
  [-0.6, "😢, 😭, 😞, 😩, 😫, 😖, 😣, 😠, 💔, 👎, 😤, 😰, 😨, 😱, 🤦, 😿, 🥺, 🤢, :(, :-(, :'(, ):, =(, </3, ;("],
  [-0.8, "😡, 🤬, 🤮, 🖕, 💩, 🚮, 👿, 😾"],
];

export const faces: ReadonlyMap<string, number> = new Map(
  WEIGHTED.flatMap(([weight, list]) => toPhrases(list).map((face) => [face, weight])),
);
