import type { Request, Response } from "express";
import { toLinkHeader } from "./paging.ts";
import type { State } from "./state.ts";

/** Answers a page of a list, with the Link header to its neighbours. `ids` are those the list is paged by. */
export function answerPage(
  state: State,
  request: Request,
  response: Response,
  page: { readonly items: readonly unknown[]; readonly ids: readonly string[]; readonly limit: number },
): void {
  const link = toLinkHeader(new URL(request.originalUrl, state.url()), page.ids, page.limit);
  if (link) response.set("Link", link);
  response.json(page.items);
}

/** A list in a query string: `types[]=a&types[]=b` or a single value. Undefined if it is not there. */
export function toList(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === "string");
}

/** A switch in a query string, as Rails reads it. */
export const isOn = (value: unknown): boolean =>
  typeof value === "string" && !["", "0", "f", "false", "off"].includes(value.toLowerCase());
