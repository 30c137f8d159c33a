/** One thing that somebody does on the network, `afterMs` after the one before it. */
export type Sample = SamplePost | SampleEdit | SampleRemoval;

export interface SamplePost {
  /** What later samples call it by. */
  readonly ref: string;
  /** A handle. */
  readonly by: string;
  readonly text: string;
  readonly language: string;
  readonly afterMs: number;
  /** The ref of the post it answers. */
  readonly replyTo?: string;
  readonly visibility?: "public" | "unlisted" | "private" | "direct";
}

export interface SampleEdit {
  /** The ref of the post that gets another text. */
  readonly edit: string;
  readonly text: string;
  readonly afterMs: number;
}

export interface SampleRemoval {
  /** The ref of the post that its author takes back. */
  readonly remove: string;
  readonly afterMs: number;
}

export const isPost = (sample: Sample): sample is SamplePost => "ref" in sample;

/** A post in one line, as the lists of samples write it: who, language, text, and what else there is to say. */
export const says = (
  ref: string,
  [by, language]: readonly [handle: string, language: string],
  text: string,
  more: Partial<SamplePost> = {},
): SamplePost => ({ ref, by, language, text, afterMs: 2_000, ...more });
