import { Router } from "express";
import { z } from "zod";
import { client, regrant } from "../grants.ts";
import { Refusal } from "../refusal.ts";
import type { State } from "../state.ts";

const Wanted = z.object({
  grant_type: z.literal("refresh_token"),
  refresh_token: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
});

/** `POST /oauth/token`: only to refresh. Signing in is not played: `POST /sandbox/tokens` gives the first token. */
export const oauthRoutes = (state: State): Router =>
  Router().post("/oauth/token", (request, response) => {
    const wanted = Wanted.safeParse(request.body).data;
    if (!wanted) throw new Refusal(400, "unsupported_grant_type");
    if (wanted.client_id !== client.id || wanted.client_secret !== client.secret)
      throw new Refusal(401, "invalid_client");
    response.json(regrant(state, wanted.refresh_token));
  });
