import { baggage } from "./posts/baggage.ts";
import { business } from "./posts/business.ts";
import { delays } from "./posts/delays.ts";
import { families } from "./posts/families.ts";
import { noise } from "./posts/noise.ts";
import { timetable } from "./posts/timetable.ts";
import { isPost, type Sample, type SamplePost } from "./sample.ts";

/**
 * What is played, in order: the threads woven into each other, as a morning's talk is. Each thread keeps its own order, so an
 * answer, an edit or a removal always comes after its post.
 */
export const samples: readonly Sample[] = weave([timetable, baggage, delays, families, business, noise]);

/** Only the posts of it. */
export const posts: readonly SamplePost[] = samples.filter(isPost);

/** Takes turns: every thread is spread evenly over the whole, whatever its length. */
function weave(threads: readonly (readonly Sample[])[]): Sample[] {
  return threads
    .flatMap((thread) => thread.map((sample, n) => ({ sample, at: (n + 0.5) / thread.length })))
    .sort((one, other) => one.at - other.at)
    .map(({ sample }) => sample);
}
