import { toFitting } from "../../model/fitting.ts";
import { toInert } from "./inert.ts";

/** As many characters as a Description holds; every long text of ours holds a little more. */
export const LONGEST_TEXT = 32_000;

const LINE_END = /\r\n?|\n/g;

/**
 * The text as Salesforce keeps it, at most `longest` characters of its counting: the end of a line is two, in limits and in
 * our rules, and nothing is blank at either end. Only what is written so has the length that we note beside it.
 */
export function toLines(text: string, longest: number): string {
  const lines = toInert(text).trim().replace(LINE_END, "\r\n");
  return lines.length <= longest ? lines : toFitting(lines, longest).replace(/\s+…$/, "…");
}

/** The text of a row as everybody else writes it. */
export function fromLines(text: string): string {
  return text.replace(LINE_END, "\n");
}
