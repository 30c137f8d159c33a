import { z } from "zod";
import { askFor } from "../asking/ask-for.ts";
import type { Asking } from "../asking/ask-for.ts";
import { WireListed } from "./schema.ts";

const WireList = z.array(z.unknown());

/** An element of one of the network's lists. */
export interface Listed {
  /** Empty: it has none, and cannot be placed. */
  readonly id: string;
  /** As it travelled. */
  readonly wire: unknown;
  /** When it came into being, where it says so. */
  readonly at: string | undefined;
}

/** Asks for a feed's list; see `askFor`. */
export async function askList(question: Promise<unknown>, feed: Asking): Promise<readonly Listed[]> {
  return (await askFor(question, WireList, feed)).map(toListed);
}

function toListed(wire: unknown): Listed {
  const listed = WireListed.safeParse(wire).data;
  return { id: listed?.id ?? "", wire, at: listed?.created_at };
}
