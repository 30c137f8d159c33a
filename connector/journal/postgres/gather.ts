import { Closed } from "./failure.ts";

export interface Gathering<Job, Result> {
  readonly ask: (job: Job) => Promise<Result>;
  /** Refuses further jobs, and resolves when those asked for have ended. */
  readonly close: () => Promise<void>;
}

export interface GatherOptions<Job, Result> {
  /** Answers all jobs in their order, or rejects for all of them. */
  readonly run: (jobs: readonly Job[]) => Promise<readonly Result[]>;
  /** A group ends before its jobs weigh more than `most` together; it has at least one. */
  readonly weigh: (job: Job) => number;
  readonly most: number;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Jobs that are asked for in one turn of the event loop are run as one; while a group is under way the next one gathers. So the
 * more there is to do, the fewer round trips and syncs of the disk each job costs. Jobs are run in the order they came.
 */
export function gather<Job, Result>({ run, weigh, most }: GatherOptions<Job, Result>): Gathering<Job, Result> {
  const waiting: Waiting<Job, Result>[] = [];
  let underWay: Promise<void> | undefined;
  let isClosed = false;

  function takeGroup(): readonly Waiting<Job, Result>[] {
    let weight = 0;
    const end = waiting.findIndex(({ job }, place) => {
      weight += weigh(job);
      return place > 0 && weight > most;
    });
    return waiting.splice(0, end === -1 ? waiting.length : end);
  }

  async function runGroup(group: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const results = await run(group.map(({ job }) => job));
      for (const [place, { resolve }] of group.entries()) resolve(results[place] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async function runAll(): Promise<void> {
    await new Promise(setImmediate);
    while (waiting.length > 0) await runGroup(takeGroup());
    underWay = undefined;
  }

  return {
    ask: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new Closed());
          return;
        }
        waiting.push({ job, resolve, reject });
        underWay ??= runAll();
      }),
    close: async () => {
      isClosed = true;
      await underWay;
    },
  };
}
