import type { Page } from "playwright-core";
import type { OpenBrowser } from "../browser.ts";

/** What a page of the console may take to show what it is asked for. */
export const SHOWN_MS = 20_000;

/** The console of this org at a desk of its own, as one of the company's people. */
export async function openConsoleAs(
  browser: OpenBrowser,
  orgUrl: string,
  { user, path = "/" }: { readonly user: string; readonly path?: string | undefined },
): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(SHOWN_MS);
  await page.goto(`${orgUrl}${path}?user=${user}`);
  return page;
}
