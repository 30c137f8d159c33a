/** Comment, declaration, tag (closing, name, empty), or a sign that must be escaped. */
const MARKUP =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z][\w.:-]*)(?:\s[^<>]*?)?(\/?)>|&(?:#\d+|#x[\da-fA-F]+|\w+);|[<&]/g;

/**
 * Where and why this is not well-formed XML, as far as metadata uses XML: elements, comments, entities. The parser
 * beside it reads what it can and is silent about the rest.
 */
export function findFault(source: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  for (const { 0: markup, 1: closing, 2: tag, 3: empty, index } of source.matchAll(MARKUP)) {
    const at = `line ${source.slice(0, index).split("\n").length}`;
    if (markup === "<" || markup === "&") return `${at}: ${markup} is not escaped or its tag does not end`;
    if (tag === undefined) continue;
    if (closing === "/") {
      const expected = open.pop();
      if (expected !== tag) return `${at}: </${tag}> closes ${expected === undefined ? "nothing" : `<${expected}>`}`;
      continue;
    }
    if (open.length === 0) roots += 1;
    if (empty !== "/") open.push(tag);
  }
  if (open.length > 0) return `<${open.at(-1) ?? ""}> is never closed`;
  return roots === 1 ? undefined : `there are ${roots} root elements`;
}
