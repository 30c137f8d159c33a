import type { Shell } from "../command.ts";
import { toDuration } from "../words.ts";

export interface Progress {
  /** So many lines have been dealt with, up to this byte of the file. */
  at(lines: number, bytes: number): void;
  /** Takes the bar away, so that something can be said. */
  pause(): void;
}

const DRAWN_EVERY_MS = 100;
const TOLD_EVERY_MS = 10_000;
const WIDTH = 30;

/** A bar where a person looks, else a line every ten seconds. */
export function openProgress(shell: Pick<Shell, "clock" | "draw" | "err" | "isTerminal">, size: number): Progress {
  const { clock, isTerminal } = shell;
  const startMs = clock.monotonicMs();
  const everyMs = isTerminal ? DRAWN_EVERY_MS : TOLD_EVERY_MS;
  let lastMs = startMs;
  let isDrawn = false;
  return {
    at(lines, bytes) {
      const nowMs = clock.monotonicMs();
      if (nowMs - lastMs < everyMs) return;
      lastMs = nowMs;
      const words = toWords({ share: bytes / size, lines, passedMs: nowMs - startMs });
      isDrawn = isTerminal;
      if (isTerminal) shell.draw(`${toBar(bytes / size)} ${words}`);
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

function toWords(at: { readonly share: number; readonly lines: number; readonly passedMs: number }): string {
  const perSecond = Math.round((at.lines / at.passedMs) * 1000);
  const leftMs = (at.passedMs / at.share) * (1 - at.share);
  const lines = at.lines.toLocaleString("en");
  return `${Math.floor(at.share * 100)} %, ${lines} lines, ${perSecond.toLocaleString("en")} a second, ${toDuration(leftMs)} left`;
}
