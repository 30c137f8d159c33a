/** Where posts lie in everybody's repository. */
export const POSTS = "app.bsky.feed.post";

/** The one name of a post: whose repository, and which record of it. */
export interface PostUri {
  readonly did: string;
  readonly rkey: string;
}

const URI = /^at:\/\/(?<did>did:[^/\s]+)\/app\.bsky\.feed\.post\/(?<rkey>[\w.~:-]+)$/;

/** undefined: the address of something else, or of nothing. */
export function toPostUri(uri: string): PostUri | undefined {
  const { did, rkey } = URI.exec(uri)?.groups ?? {};
  return did === undefined || rkey === undefined ? undefined : { did, rkey };
}

export function toUri({ did, rkey }: PostUri): string {
  return `at://${did}/${POSTS}/${rkey}`;
}
