import { Refusal } from "../refusal.ts";

/** What the work was refused with. Throws where it was not. */
export function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("it was not refused");
}
