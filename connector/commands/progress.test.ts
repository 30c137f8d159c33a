import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openProgress } from "./progress.ts";

function watch(isTerminal: boolean, options: { readonly from?: number } = {}) {
  const clock = manualClock();
  const drawn: string[] = [];
  const told: string[] = [];
  const shell = {
    clock,
    isTerminal,
    draw: (line: string) => void drawn.push(line),
    err: (line: string) => void told.push(line),
  };
  return { clock, drawn, told, progress: openProgress(shell, { size: 1000, unit: "lines", ...options }) };
}

test("where a person looks there is a bar, not too often, and it can be taken away", () => {
  const { clock, drawn, told, progress } = watch(true);
  progress.pause();
  progress.at(1, 10);
  clock.advance(1000);
  progress.at(5000, 500);
  progress.at(5001, 501);
  progress.pause();
  progress.pause();
  expect(drawn).toEqual(["[###############---------------] 50 %, 5,000 lines, 5,000 a second, a moment left", ""]);
  expect(told).toEqual([]);
});

test("elsewhere there is a line every ten seconds", () => {
  const { clock, drawn, told, progress } = watch(false);
  for (let second = 1; second <= 25; second++) {
    clock.advance(1000);
    progress.at(second * 1000, second * 10);
  }
  expect(told).toEqual([
    "10 %, 10,000 lines, 1,000 a second, 90 seconds left",
    "20 %, 20,000 lines, 1,000 a second, 80 seconds left",
  ]);
  expect(drawn).toEqual([]);
});

test("what was done before counts for the share, and not for the rate", () => {
  const { clock, told, progress } = watch(false, { from: 500 });
  clock.advance(10_000);
  progress.at(600, 600);
  expect(told).toEqual(["60 %, 600 lines, 10 a second, 40 seconds left"]);
});
