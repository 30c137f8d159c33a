import { toPrintable, toTable } from "../words.ts";
import type { Certificate, CertifiedPlace } from "./certificate.ts";

const HOLDS: Readonly<Record<CertifiedPlace["holds"], string>> = {
  words: "THERE",
  nothing: "nothing",
  unknown: "not known",
  later: "expires",
};
const HEADS = ["Room", "Place", "Content", "Detail"];

function toRows({ places }: Certificate): readonly (readonly string[])[] {
  return places.map(({ room, where, holds, detail }) => [room, where, HOLDS[holds], detail]);
}

export function toLines(certificate: Certificate): readonly string[] {
  const { post, at, goneAt, verdict } = certificate;
  const deleted = goneAt === undefined ? "not that we were told" : goneAt;
  const facts = [`Post       ${toPrintable(post)}`, `Deleted    ${deleted}`, `Looked at  ${at}`];
  return [...facts, "", ...toTable(HEADS, toRows(certificate)), "", verdict];
}

/** A page that stands by itself: no script, nothing fetched. */
export function toHtml(certificate: Certificate): string {
  const { post, at, goneAt, verdict } = certificate;
  const rows = toRows(certificate).map(
    (cells) => `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Certificate for ${escape(post)}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top }
td:nth-child(2) { overflow-wrap: anywhere }
</style>
<h1>What became of a post</h1>
<p><strong>${escape(verdict)}</strong></p>
<dl>
<dt>Post</dt><dd>${escape(post)}</dd>
<dt>Deleted</dt><dd>${escape(goneAt ?? "not that we were told")}</dd>
<dt>Looked at</dt><dd>${escape(at)}</dd>
</dl>
<table>
<thead><tr>${HEADS.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
