import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";

/**
 * A process of its own that opens the journal named by its argument, says "open", then appends batches and documents
 * without end and prints the number of each batch when it is durable. Made to be killed.
 */
const journal = await openSqliteJournal({ file: process.argv[2] ?? "", clock: systemClock });
process.stdout.write("open\n");
for (let batch = 0; process.argv[3] === "write"; batch += 1) {
  const value = `batch ${batch} `.repeat(100);
  const items = Array.from({ length: 20 }, (_, item) => ({ key: `${batch}/${item}`, partition: 0, value }));
  await Promise.all([journal.append("posts", items), journal.put(`batch/${batch}`, value, 0)]);
  process.stdout.write(`${batch}\n`);
}
process.stdin.resume();
