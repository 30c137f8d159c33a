import { hearFirehose } from "./hear-firehose.ts";
import type { Hearing } from "./hear-firehose.ts";
import { openServers } from "./open-servers.ts";
import type { Servers } from "./open-servers.ts";
import type { Order, Word } from "./orders.ts";

/** A process of its own, which holds the real servers: as many networks as it is told to open, until its parent goes. */
const networks = new Map<string, { readonly servers: Servers; readonly hearing: Hearing }>();

async function obey(order: Order): Promise<void> {
  const { number, network } = order;
  if (order.act === "open") {
    const servers = await openServers(order.surroundings);
    networks.set(network, { servers, hearing: hearFirehose(servers, (event) => tell({ network, event })) });
    tell({ number, opened: { pds: servers.pds, plc: servers.plc } });
    return;
  }
  const open = networks.get(network);
  if (open === undefined) throw new Error("No such network is open");
  if (order.act === "settle") await open.hearing.settle();
  if (order.act === "close") {
    networks.delete(network);
    await open.hearing[Symbol.asyncDispose]();
    await open.servers[Symbol.asyncDispose]();
  }
  tell({ number });
}

function tell(word: Word): void {
  process.send?.(word);
}

process.on("message", (order: Order) => {
  obey(order).catch((error: unknown) => tell({ number: order.number, failed: String(error) }));
});
process.on("disconnect", () => process.exit());
