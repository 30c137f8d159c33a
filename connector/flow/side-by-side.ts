/**
 * Runs parts of one work until `signal` is aborted. The first that fails ends the others, and is thrown when all have ended:
 * whoever begins the work anew finds nothing of it still under way.
 */
export async function sideBySide(
  parts: readonly ((signal: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const fault = new AbortController();
  const both = AbortSignal.any([signal, fault.signal]);
  const faults: unknown[] = [];
  await Promise.all(
    parts.map(async (part) => {
      try {
        await part(both);
      } catch (error) {
        if (!fault.signal.aborted) faults.push(error);
        fault.abort();
      }
    }),
  );
  if (faults.length > 0) throw faults[0];
}
