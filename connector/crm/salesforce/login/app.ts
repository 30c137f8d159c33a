interface App {
  /** `https://login.salesforce.com`, a My Domain, or the sandbox org. */
  readonly loginUrl: string;
  readonly clientId: string;
}

/** As the user whom the app names. */
export interface ClientCredentials extends App {
  readonly clientSecret: string;
}

/** As a user who is approved beforehand: no secret goes over the wire. */
export interface SignedLogin extends App {
  readonly username: string;
  /** RSA, in PEM: its certificate is known to the app. */
  readonly privateKey: string;
  /** Whom the login is signed for; left out: as the login URL tells. */
  readonly audience?: string | undefined;
}

export type Login = ClientCredentials | SignedLogin;
