/** What we understand of a post's text. Scores lie between 0 and 1, sentiment between -1 and 1. */
export interface Reading {
  /** BCP 47, undefined: cannot tell. */
  readonly language: string | undefined;
  readonly sentiment: "positive" | "neutral" | "negative" | "mixed";
  readonly sentimentScore: number;
  readonly intent: "complaint" | "question" | "praise" | "request" | "other";
  readonly topics: readonly string[];
}
