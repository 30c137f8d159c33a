import type { Finding } from "../../crm/crm.ts";
import type { SeenReplica } from "../../wire/running.ts";
import { doubtful, good } from "./check.ts";

/** Which connectors share the journal, what each holds, and whether all work has somebody who does it. */
export function toReplicaFindings(replicas: readonly SeenReplica[], partitions: number): readonly Finding[] {
  const living = replicas.filter(({ isAlive }) => isAlive);
  if (living.length === 0) return [];
  const idle = partitions + 1 - living.flatMap(({ held }) => held).length;
  const rest =
    idle === 0
      ? []
      : [
          doubtful(
            "Shares",
            `${idle} of ${partitions + 1} are nobody's just now`,
            "They are taken within 20 s: ask again",
          ),
        ];
  return [...replicas.map(toFinding), ...rest];
}

function toFinding({ host, pid, since, held, isAlive, isLeaving }: SeenReplica): Finding {
  const what = `Connector ${host} ${pid}`;
  if (!isAlive)
    return doubtful(
      what,
      "It says nothing any more",
      "What it held is taken over within 20 s: ask again, and see why it went",
    );
  const ways = isLeaving === true ? "it is leaving" : toHeld(held);
  return good(what, `Since ${since}; ${ways}`);
}

function toHeld(held: SeenReplica["held"]): string {
  const partitions = held.filter((share) => share !== "crm");
  const changes = held.includes("crm") ? "what people do in the CRM, and " : "";
  return partitions.length === 0
    ? `${changes}no partition`
    : `${changes}${partitions.length === 1 ? "partition" : "partitions"} ${partitions.join(", ")}`;
}
