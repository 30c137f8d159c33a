import type { Journal } from "../../../connector/journal/journal.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";

/** Where one journal lives: opened again and again, it is the same journal. */
export interface JournalPlace extends AsyncDisposable {
  open(clock: ManualClock): Promise<Journal>;
}

/** A test with a journal of its own, which it may close and open again. */
export type Promised = (
  name: string,
  body: (journal: Journal, reopen: () => Promise<Journal>) => Promise<void>,
) => void;

/** `skip` names tests that do not apply, each with its reason. */
export function toPromised(
  openPlace: () => Promise<JournalPlace>,
  clock: ManualClock,
  skip: Readonly<Record<string, string>>,
): Promised {
  return (name, body) => {
    const run = async (): Promise<void> => {
      await using place = await openPlace();
      let journal = await place.open(clock);
      const reopen = async (): Promise<Journal> => {
        await journal[Symbol.asyncDispose]();
        journal = await place.open(clock);
        return journal;
      };
      try {
        await body(journal, reopen);
      } finally {
        await journal[Symbol.asyncDispose]();
      }
    };
    if (name in skip) test.skip(`${name} (${skip[name] ?? ""})`, run);
    else test(name, run);
  };
}
