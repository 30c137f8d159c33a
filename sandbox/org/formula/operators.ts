import { isBlank, isTime, type Kind, type Term, type Value } from "./value.ts";

const day = 86_400_000;
const comparisons = new Set(["=", "==", "<>", "!=", "<", ">", "<=", ">="]);

/** A binary operator over two terms. Throws where their kinds do not go together. */
export function toBinary(operator: string, left: Term, right: Term): Term {
  if (operator === "&&") {
    return { kind: "boolean", run: (setting) => left.run(setting) === true && right.run(setting) === true };
  }
  if (operator === "||") {
    return { kind: "boolean", run: (setting) => left.run(setting) === true || right.run(setting) === true };
  }
  refusePicklist(left);
  refusePicklist(right);
  if (comparisons.has(operator)) {
    if (!areComparable(left.kind, right.kind)) throw new Error(`cannot compare ${left.kind} with ${right.kind}`);
    return { kind: "boolean", run: (setting) => compare(operator, left.run(setting), right.run(setting)) };
  }
  if (operator === "&" || (operator === "+" && left.kind === "text")) {
    return { kind: "text", run: (setting) => `${left.run(setting) ?? ""}${right.run(setting) ?? ""}` };
  }
  return toArithmetic(operator, left, right);
}

function refusePicklist(term: Term): void {
  if (term.kind === "picklist")
    throw new Error("a picklist stands only in ISPICKVAL, CASE, TEXT, ISBLANK and the like");
}

function areComparable(left: Kind, right: Kind): boolean {
  return left === right || left === "null" || right === "null" || (isTime(left) && isTime(right));
}

/** Nothing is less or greater than no value. Empty text and no value are the same. */
function compare(operator: string, left: Value, right: Value): boolean {
  const same = left === right || (isBlank(left) && isBlank(right));
  if (operator === "=" || operator === "==") return same;
  if (operator === "<>" || operator === "!=") return !same;
  if (left === null || right === null) return false;
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  return operator === "<=" ? left <= right : left >= right;
}

/** Times count in days: a difference of two times is a number of days, and days are added to a time. */
function toArithmetic(operator: string, left: Term, right: Term): Term {
  const times = Number(isTime(left.kind)) + Number(isTime(right.kind));
  const kind: Kind = times === 1 ? (isTime(left.kind) ? left.kind : right.kind) : "number";
  const toNumber = (term: Term, value: Value): number | null => {
    if (typeof value !== "number") return null;
    return isTime(term.kind) ? value / day : value;
  };
  return {
    kind,
    run: (setting) => {
      const a = toNumber(left, left.run(setting));
      const b = toNumber(right, right.run(setting));
      if (a === null || b === null) return null;
      const result = calculate(operator, a, b);
      return times === 1 ? Math.round(result * day) : result;
    },
  };
}

function calculate(operator: string, a: number, b: number): number {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  return operator === "*" ? a * b : a / b;
}
