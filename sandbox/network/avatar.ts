import { createHash } from "node:crypto";
import { toEscaped } from "./html.ts";

/** A picture for who brought none: initials on two colours that depend on the handle alone. */
export function toAvatar(username: string, display: string): string {
  const [hue = 0, turn = 0] = createHash("sha256").update(username.toLowerCase()).digest();
  const first = Math.round((hue / 255) * 360);
  const second = (first + 30 + (turn % 50)) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
  <defs><linearGradient id="g" x2="1" y2="1">
    <stop stop-color="hsl(${first} 62% 44%)"/><stop offset="1" stop-color="hsl(${second} 66% 34%)"/>
  </linearGradient></defs>
  <rect width="96" height="96" fill="url(#g)"/>
  <text x="48" y="50" fill="#fff" font-family="system-ui, sans-serif" font-size="38" font-weight="600"
    text-anchor="middle" dominant-baseline="central">${toEscaped(toInitials(display || username))}</text>
</svg>`;
}

function toInitials(name: string): string {
  const words = name.match(/[\p{L}\p{N}][^\s]*/gu) ?? ["?"];
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 0x3f).toUpperCase()).join("");
}
