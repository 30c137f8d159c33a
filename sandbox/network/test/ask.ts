import { setTimeout as delay } from "node:timers/promises";

interface Request {
  readonly token?: string;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

async function ask<T>(method: string, url: string, { token, json, headers }: Request): Promise<Answer<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

/** Plain requests, for what a client library hides: statuses, headers, error bodies. */
export const get = <T>(url: string, request: Request = {}) => ask<T>("GET", url, request);
export const post = <T>(url: string, request: Request = {}) => ask<T>("POST", url, request);
export const remove = <T>(url: string, request: Request = {}) => ask<T>("DELETE", url, request);

/** Waits until the condition holds; the test's own time-out is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(5);
}
