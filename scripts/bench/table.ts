import { toColumns } from "./columns.ts";
import type { Report } from "./run.ts";
import { toAppendsLines } from "./tables/appends.ts";
import { toBeside } from "./tables/beside.ts";
import { toGrowthLines } from "./tables/growth.ts";
import { toNotes } from "./tables/notes.ts";
import { toReplicasLines } from "./tables/replicas.ts";

/** The report for people: one table of what stands beside the script written by hand, and one of each scene of its own kind. */
export function toTable(report: Report): string {
  const { machine, appends, growth, replicas } = report;
  const beside = toBeside(report);
  const server = [appends, growth, replicas].find((part) => part !== undefined)?.server;
  const tables = [
    ...(beside.length === 0 ? [] : [[["", "Earshot", "by hand", "ratio"] as const, ...beside]]),
    ...(appends === undefined ? [] : [toAppendsLines(appends)]),
    ...(growth === undefined ? [] : toGrowthLines(growth)),
    ...(replicas === undefined ? [] : toReplicasLines(replicas)),
  ];
  return [
    `${machine.cpus} × ${machine.model}, ${machine.memoryGb} GB, Node ${machine.node}`,
    ...(server === undefined ? [] : [server]),
    "",
    ...tables.flatMap((lines) => [toColumns(lines), ""]),
    ...toNotes(report),
  ].join("\n");
}
