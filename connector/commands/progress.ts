import type { Shell } from "./command.ts";
import { toDuration } from "./words.ts";

export interface Progress {
  /** So many have been dealt with, and so much of the whole. */
  at(count: number, done: number): void;
  /** Takes the bar away, so that something can be said. */
  pause(): void;
}

export interface ProgressOptions {
  /** The whole, such as the bytes of a file. */
  readonly size: number;
  /** What is counted, such as "lines". */
  readonly unit: string;
  /** So many, and so much of the whole, had been done before. */
  readonly from?: number;
}

const DRAWN_EVERY_MS = 100;
const TOLD_EVERY_MS = 10_000;
const WIDTH = 30;

/** A bar where a person looks, else a line every ten seconds. */
export function openProgress(
  shell: Pick<Shell, "clock" | "draw" | "err" | "isTerminal">,
  { size, unit, from = 0 }: ProgressOptions,
): Progress {
  const { clock, isTerminal } = shell;
  const startMs = clock.monotonicMs();
  const everyMs = isTerminal ? DRAWN_EVERY_MS : TOLD_EVERY_MS;
  let lastMs = startMs;
  let isDrawn = false;

  function toWords(count: number, done: number, passedMs: number): string {
    const perSecond = Math.round(((count - from) / passedMs) * 1000);
    const leftMs = done > from ? (passedMs / (done - from)) * (size - done) : Infinity;
    const left = leftMs < Infinity ? toDuration(leftMs) : "long";
    const share = `${Math.floor((done / size) * 100)} %, ${count.toLocaleString("en")} ${unit}`;
    return `${share}, ${perSecond.toLocaleString("en")} a second, ${left} left`;
  }

  return {
    at(count, done) {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs < everyMs) return;
      lastMs = nowMs;
      const words = toWords(count, done, nowMs - startMs);
      isDrawn = isTerminal;
      if (isTerminal) shell.draw(`${toBar(done / size)} ${words}`);
      else shell.err(words);
    },
    pause() {
      if (isDrawn) shell.draw("");
      isDrawn = false;
    },
  };
}

function toBar(share: number): string {
  const full = Math.min(WIDTH, Math.round(share * WIDTH));
  return `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}]`;
}
