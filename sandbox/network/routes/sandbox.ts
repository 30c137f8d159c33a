import { Router } from "express";
import { z } from "zod";
import { addAccount, allAccounts } from "../accounts.ts";
import type { CallCount } from "../calls.ts";
import { Fault, type Faults } from "../faults.ts";
import { invalid } from "../refusal.ts";
import type { State } from "../state.ts";
import type { Sockets } from "../streaming.ts";

const NewAccount = z.object({
  handle: z.string(),
  display: z.string().optional(),
  note: z.string().optional(),
  avatar: z.url().optional(),
  followers: z.int().nonnegative().optional(),
});

interface Controls {
  readonly faults: Faults;
  readonly calls: CallCount;
  readonly sockets: Sockets;
}

/**
 * What a real network does not have: accounts for the asking, with their tokens; failures to order; counts. Only for a
 * network that listens on the own machine.
 */
export const sandboxRoutes = (state: State, { faults, calls, sockets }: Controls): Router =>
  Router()
    .post("/accounts", (request, response) => {
      const wanted = parsed(NewAccount, request.body);
      const { id, token, username } = addAccount(state, { ...wanted, display: wanted.display ?? wanted.handle });
      response.json({ id, token, handle: username });
    })
    .get("/accounts", (_request, response) => {
      const accounts = allAccounts(state);
      response.json(accounts.map(({ id, token, username, display }) => ({ id, token, handle: username, display })));
    })
    .post("/faults", (request, response) => {
      faults.order(parsed(z.array(Fault), request.body));
      response.json({});
    })
    .delete("/faults", (_request, response) => {
      faults.clear();
      response.json({});
    })
    .get("/streams", (_request, response) =>
      response.json({ open: sockets.open(), subscriptions: state.streams.count() }),
    )
    .post("/streams/drop", (_request, response) => response.json({ dropped: sockets.drop() }))
    .post("/streams/mute", (_request, response) => response.json({ muted: sockets.mute() }))
    .get("/calls", (_request, response) => response.json(calls.sofar()))
    .delete("/calls", (_request, response) => {
      calls.reset();
      response.json({});
    });

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw invalid(z.prettifyError(result.error));
  return result.data;
}
