import { round } from "../figures.ts";

/** What it took to bring what waited into the org. */
export interface Drained {
  readonly replicas: number;
  /** Between the first and the last tenth, without start-up and end. */
  readonly postsPerSecond: number;
  readonly callsPer1000: number;
  /** Of the connectors; of PostgreSQL; of the org's double. */
  readonly cpuSecondsPerMillion: number;
  readonly serverCpuSecondsPerMillion?: number;
  readonly orgCpuSecondsPerMillion: number;
  /** The journal afterwards, with the posts and what was decided about them. */
  readonly diskGbPerMillion: number;
  /** What PostgreSQL wrote ahead meanwhile. */
  readonly walGbPerMillion?: number;
  readonly mostMb: number;
}

const MILLION = 1e6;

export const toSecondsPerMillion = (seconds: number, posts: number): number => Math.round((seconds * MILLION) / posts);

export const toGbPerMillion = (bytes: number, posts: number): number => round(((bytes / 2 ** 30) * MILLION) / posts);
