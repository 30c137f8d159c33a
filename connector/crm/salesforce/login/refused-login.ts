import type { Login } from "./app.ts";

/** What Salesforce says when it refuses a login. */
export interface Refusal {
  readonly error: string;
  readonly error_description: string;
}

const APP = "Setup → External Client App Manager → your app";

/** Which step is missing, by what Salesforce says. The first that fits. */
const STEPS: readonly { readonly fits: RegExp; readonly step: string }[] = [
  {
    fits: /invalid_client_id|client identifier invalid/,
    step: `it does not know the app. Set EARSHOT_SALESFORCE_CLIENT_ID to the consumer key of ${APP} → Settings → OAuth Settings`,
  },
  {
    fits: /invalid_client\b|invalid client credentials/,
    step: `the secret is wrong. Set EARSHOT_SALESFORCE_CLIENT_SECRET to the consumer secret of ${APP} → Settings → OAuth Settings`,
  },
  {
    fits: /no client credentials user|client_credentials user/,
    step: `the app names nobody to act as. Set Run As to the integration user in ${APP} → Policies → Client Credentials Flow`,
  },
  {
    fits: /hasn't approved this consumer|not admin approved|invalid_app_access/,
    step: `the user is not approved. In ${APP} → Policies let admins approve users beforehand, and select the permission set Social Connector there`,
  },
  {
    fits: /audience/,
    step: "it is signed for somebody else. Set salesforce.audience to https://login.salesforce.com, for a sandbox to https://test.salesforce.com",
  },
  {
    fits: /expired|assertion is not valid yet|ttl/,
    step: "the clocks differ. Set this machine's clock by a time server (NTP)",
  },
  {
    fits: /invalid assertion|invalid signature|signature/,
    step: `the signature does not fit. Upload the certificate of EARSHOT_SALESFORCE_PRIVATE_KEY in ${APP} → Settings → OAuth Settings → JWT Bearer Flow`,
  },
  {
    fits: /inactive user|user is inactive|ip restricted|invalid login hours/,
    step: "the user may not log in now. Look at the integration user in Setup → Users, and at its login history",
  },
  {
    fits: /unsupported_grant_type|unauthorized_client|grant type not/,
    step: `the app does not allow this flow. Enable it in ${APP} → Policies → OAuth Policies, or set salesforce.login to the one that it allows`,
  },
];

/** What to do about a login that is refused: a sentence without any of what was sent. */
export function toRefusedLogin(login: Login, refusal: Refusal | undefined): string {
  const said = `${refusal?.error ?? ""} ${refusal?.error_description ?? ""}`.toLowerCase();
  const known = STEPS.find(({ fits }) => fits.test(said));
  if (known !== undefined) return known.step;
  const [secrets, flow] =
    "privateKey" in login
      ? ["salesforce.username, EARSHOT_SALESFORCE_CLIENT_ID and EARSHOT_SALESFORCE_PRIVATE_KEY", "JWT bearer flow"]
      : ["EARSHOT_SALESFORCE_CLIENT_ID and EARSHOT_SALESFORCE_CLIENT_SECRET", "client credentials flow"];
  return `check salesforce.loginUrl, ${secrets}, and that the External Client App allows the ${flow}`;
}
