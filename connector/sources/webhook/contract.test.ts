import { receivingContract } from "../../../test/contracts/source/receiving.ts";
import { DELETION, EDIT, NOW, REVIEW, SECRET, toBody, toRequest } from "./fixtures/deliveries.ts";
import { openWebhook } from "./index.ts";

// The other contracts of sources are about asking and answering: there are no feeds to follow, no threads and posts to read
// again, no token to be refused, and nothing is published.
receivingContract(async () => ({
  source: await openWebhook({ name: "shop", label: "Shop", secret: SECRET, secretEnv: "X" }),
  now: NOW,
  say: (text) => toRequest(toBody({ ...REVIEW, text })),
  edit: (text) => toRequest(toBody({ ...EDIT, text })),
  remove: () => toRequest(toBody(DELETION)),
  signature: "webhook-signature",
}));
