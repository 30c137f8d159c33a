import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";

/**
 * A process of its own that opens the journal named by its argument and says "open". With "write" it then appends batches and
 * documents without end and prints the number of each batch when it is durable. With "visit" it comes as a visitor, appends
 * the entry "visited" and a document, and says "done". Made to be killed.
 */
const [, , file = "", what = ""] = process.argv;
const journal = await openSqliteJournal({ file, clock: systemClock, visitor: what === "visit" });
process.stdout.write("open\n");
if (what === "visit") {
  await journal.append("posts", [{ key: "visited", partition: 0, value: "x" }]);
  await journal.put("visited", "x", 0);
  process.stdout.write("done\n");
}
for (let batch = 0; what === "write"; batch += 1) {
  const value = `batch ${batch} `.repeat(100);
  const items = Array.from({ length: 20 }, (_, item) => ({ key: `${batch}/${item}`, partition: 0, value }));
  await Promise.all([journal.append("posts", items), journal.put(`batch/${batch}`, value, 0)]);
  process.stdout.write(`${batch}\n`);
}
process.stdin.resume();
