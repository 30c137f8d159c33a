/** A formula as a tree. */
export type Node =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  /** A field, a path, or a global such as `$User.Id`. */
  | { readonly kind: "name"; readonly path: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly operand: Node }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Node; readonly right: Node };

const tokenPattern =
  /\s+|\/\*[\s\S]*?\*\/|("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\d+(?:\.\d+)?|\$?[A-Za-z_][\w.]*|<=|>=|<>|!=|==|&&|\|\||[-+*/&=<>!(),])/y;

/** Binary operators by how loosely they bind. */
const levels = [["||"], ["&&"], ["=", "==", "<>", "!=", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"]];

/** Parses a formula. Throws a sentence about what it does not understand. */
export function parseFormula(text: string): Node {
  const tokens = toTokens(text);
  let at = 0;

  function take(): string {
    const token = tokens[at];
    if (token === undefined) throw new Error("the formula ends too early");
    at += 1;
    return token;
  }

  function expect(token: string): void {
    const found = take();
    if (found !== token) throw new Error(`expected ${token} but found ${found}`);
  }

  function binary(level: number): Node {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (let next = tokens[at]; next !== undefined && operators.includes(next); next = tokens[at]) {
      at += 1;
      left = { kind: "binary", operator: next, left, right: binary(level + 1) };
    }
    return left;
  }

  function unary(): Node {
    const next = tokens[at];
    if (next !== "!" && next !== "-") return primary();
    at += 1;
    return { kind: "unary", operator: next, operand: unary() };
  }

  function primary(): Node {
    const token = take();
    if (token === "(") {
      const inner = binary(0);
      expect(")");
      return inner;
    }
    if (/^["']/.test(token)) return { kind: "literal", value: unquote(token) };
    if (/^\d/.test(token)) return { kind: "literal", value: Number(token) };
    if (!/^[$A-Za-z_]/.test(token)) throw new Error(`did not expect ${token}`);
    return tokens[at] === "(" ? call(token) : word(token);
  }

  function call(name: string): Node {
    expect("(");
    const args: Node[] = [];
    while (tokens[at] !== ")") {
      if (args.length > 0) expect(",");
      args.push(binary(0));
    }
    expect(")");
    return { kind: "call", name: name.toUpperCase(), args };
  }

  const tree = binary(0);
  if (at < tokens.length) throw new Error(`did not expect ${tokens[at] ?? ""}`);
  return tree;
}

function word(token: string): Node {
  switch (token.toLowerCase()) {
    case "true":
      return { kind: "literal", value: true };
    case "false":
      return { kind: "literal", value: false };
    case "null":
      return { kind: "literal", value: null };
    default:
      return { kind: "name", path: token };
  }
}

function toTokens(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (!match) throw new Error(`cannot read ${text.slice(from, from + 20)}`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\([\s\S])/g, (_, character: string) => (character === "n" ? "\n" : character));
}
