import { z } from "zod";
import type { Params } from "./store.ts";

/** Which page of a list is wanted, in Mastodon's words. `since_id` takes the newest page, `min_id` the one next to the id. */
export interface PageRequest {
  readonly max_id?: string | undefined;
  readonly since_id?: string | undefined;
  readonly min_id?: string | undefined;
  readonly limit: number;
}

const Bounds = z.object({
  max_id: z.string().optional(),
  since_id: z.string().optional(),
  min_id: z.string().optional(),
  limit: z.coerce.number().int().positive().optional().catch(undefined),
});

/** Reads the page from a query string; what makes no sense counts as not given, as on Mastodon. */
export function toPageRequest(query: unknown, usual: number, most: number): PageRequest {
  const { limit = usual, ...bounds } = Bounds.catch({}).parse(query);
  return { ...bounds, limit: Math.min(limit, most) };
}

interface Paging {
  readonly sql: string;
  readonly params: Params;
}

/** Runs a query, to whose WHERE the paging is appended, and answers the page newest first. `id` is the column, as in SQL. */
export function pageOf<T>(page: PageRequest, id: string, query: (paging: Paging) => T[]): T[] {
  const upwards = page.min_id !== undefined;
  const sql = `
    AND (:maxId IS NULL OR ${id} < :maxId) AND (:sinceId IS NULL OR ${id} > :sinceId)
    AND (:minId IS NULL OR ${id} > :minId)
    ORDER BY ${id} ${upwards ? "ASC" : "DESC"} LIMIT :limit`;
  const params = {
    maxId: comparable(page.max_id),
    sinceId: comparable(page.since_id),
    minId: comparable(page.min_id),
    limit: page.limit,
  };
  const rows = query({ sql, params });
  return upwards ? rows.reverse() : rows;
}

/** Ids are text of 18 digits: "0" and other short numbers are made as long. */
const comparable = (id: string | undefined): string | null => id?.padStart(18, "0") ?? null;

/**
 * The Link header: `next` is older and there only if the page is full, `prev` is newer and there unless the page is empty.
 * Undefined for an empty page.
 */
export function toLinkHeader(address: URL, ids: readonly string[], limit: number): string | undefined {
  const newest = ids[0];
  const oldest = ids.at(-1);
  if (newest === undefined || oldest === undefined) return undefined;
  const link = (rel: string, bound: string, id: string) => {
    const url = new URL(address);
    for (const key of ["max_id", "since_id", "min_id"]) url.searchParams.delete(key);
    url.searchParams.set(bound, id);
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [link("prev", "min_id", newest)];
  if (ids.length === limit) links.unshift(link("next", "max_id", oldest));
  return links.join(", ");
}
