/**
 * The words of this project, and the plain types they share.
 *
 * post          any network's message, public or private
 * persona       somebody's account on a network
 * account       our own account on a network
 * conversation  a thread (named by its root post) or a private exchange with one persona
 * mention       a post that names us
 * listener      what we listen for
 * rule          what makes a post matter and where it goes
 * reply         a rep's outgoing words
 * draft         a post on its way through the pipeline
 * change        what somebody did in the CRM
 * parked        an entry that cannot succeed as it is
 * gap           a stretch that we know we have not heard
 * key / id      ours / theirs
 * cursor        where a feed goes on; position: where a consumer goes on; seq: the journal's number of an entry
 */

/** Our name for a thing, with its network and instance: `mastodon:social.example/109`. At most 255 characters. */
export type Key = string;
/** An instant in UTC, as `Date#toISOString` writes it. Sorts as text. */
export type IsoTime = string;
/** Where a feed goes on. Opaque to all but the feed that made it. */
export type Cursor = string;
/** A network's short name, as its folder is called. */
export type Network = string;

/** Why an entry can never succeed as it is: `reason` is a stable word, `detail` a sentence without any text of a post. */
export interface Rejection {
  readonly reason: string;
  readonly detail: string;
  /** It says nothing about other entries: however many of them are in a row, the others go on. */
  readonly isAlone?: boolean;
}
