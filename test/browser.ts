import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium as engine, type Browser, type Page } from "playwright-core";

/** For containers without a GPU or a sandbox. The package's own list would also switch web security off. */
const FLAGS = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];
const SCREENSHOTS = path.resolve("test-results");

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
}

export interface OpenBrowser extends AsyncDisposable {
  /** A page with cookies and storage of its own: another person at another desk. */
  newPage(options?: PageOptions): Promise<Page>;
  /** Pictures the page as it is now, in `test-results/<name>.png`. */
  screenshot(page: Page, name: string): Promise<string>;
  /**
   * What went wrong in the pages so far: errors that scripts threw, messages on the console's error channel, blocked
   * by the content security policy or otherwise. Asking for them takes them off the list.
   */
  takeProblems(): readonly string[];
}

/**
 * Opens a real Chromium: the one in CHROME_PATH, else the one that comes as a package. Closing it throws if a page had a
 * problem that nobody took, so a test cannot pass over a broken page.
 */
export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await launch();
  let problems: string[] = [];

  const watch = (page: Page): void => {
    page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      const { url } = message.location();
      if (message.type() !== "error" || isRefusedCall(message.text(), url)) return;
      problems.push(`${page.url()}: ${message.text()} (${url})`);
    });
  };
  const takeProblems = (): readonly string[] => {
    const taken = problems;
    problems = [];
    return taken;
  };

  return {
    takeProblems,
    async newPage({ width = 1400, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, locale: "en-US", timezoneId: "UTC" });
      context.on("page", watch);
      return context.newPage();
    },
    async screenshot(page, name) {
      await mkdir(SCREENSHOTS, { recursive: true });
      const file = path.join(SCREENSHOTS, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      const left = takeProblems();
      if (left.length > 0) throw new Error(`Pages had problems:\n${left.join("\n")}`);
    },
  };
}

/** An org that refuses a call is for the page to show, and for the test to look at there. */
const isRefusedCall = (text: string, url: string): boolean =>
  /^Failed to load resource: .* status of 4\d\d/.test(text) && /\/(services\/data|console)\//.test(url);

async function launch(): Promise<Browser> {
  const own = process.env["CHROME_PATH"];
  if (own !== undefined && existsSync(own)) return engine.launch({ executablePath: own, args: FLAGS });
  // Without this the package leaves out the shared libraries that a bare machine lacks.
  process.env["AWS_LAMBDA_JS_RUNTIME"] ??= "nodejs22.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  return engine.launch({ executablePath: await chromium.executablePath(), args: FLAGS });
}
