import { join } from "node:path";
import express, { Router } from "express";
import { accountByHandle } from "./accounts.ts";
import { toAvatar } from "./avatar.ts";
import { notFound } from "./refusal.ts";
import type { State } from "./state.ts";

const folder = join(import.meta.dirname, "page");

/** Nothing runs or is drawn but what this server sends; pictures of accounts may come from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page where one plays a customer: one document for every address, which the page's own script reads. */
export const pageRoutes = (state: State): Router =>
  Router()
    .get(["/", "/messages", "/tags/:tag", "/@:handle", "/@:handle/:id"], (_request, response) => {
      response.set({ "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" });
      response.set("Referrer-Policy", "no-referrer").sendFile("index.html", { root: folder });
    })
    .use(
      "/page",
      express.static(folder, {
        index: false,
        setHeaders: (response) => void response.set("Cache-Control", "no-cache"),
      }),
    )
    .get("/avatars/:handle.svg", (request, response) => {
      const account = accountByHandle(state, request.params.handle);
      if (!account) throw notFound();
      response.set({ "Content-Security-Policy": "default-src 'none'", "Cache-Control": "max-age=3600" });
      response.type("image/svg+xml").send(toAvatar(account.username, account.display));
    });
