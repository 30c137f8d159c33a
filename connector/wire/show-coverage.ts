import { Gauge, type Registry } from "prom-client";
import type { Clock } from "../clock.ts";
import type { CoverageBook } from "../coverage.ts";
import { isOpen, type Coverage } from "../model/coverage.ts";

/** Figures of the gaps that are open, made when somebody asks for them. */
export function showCoverage(book: CoverageBook, registry: Registry, clock: Clock): void {
  const show = (name: string, help: string, toFigure: (feed: Coverage) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ["account", "feed"],
      registers: [registry],
      collect() {
        this.reset();
        for (const { handle: account, feeds } of book.all())
          if (account !== undefined) for (const one of feeds) this.set({ account, feed: one.feed }, toFigure(one));
      },
    });
  };
  show("earshot_gap_open", "Gaps of this feed that are open.", ({ gaps }) => gaps.filter(isOpen).length);
  show("earshot_gap_open_seconds", "Since when the oldest open gap of this feed is open; 0: none is.", ({ gaps }) => {
    const oldest = gaps
      .filter(isOpen)
      .map(({ openedAt }) => openedAt)
      .sort()[0];
    return oldest === undefined ? 0 : (Date.parse(clock.now()) - Date.parse(oldest)) / 1000;
  });
}
