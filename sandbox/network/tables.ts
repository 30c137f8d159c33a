/**
 * The tables, made if absent. Ids are decimal strings of equal length, so comparing them as text is comparing their age.
 * A removed status takes its notifications along; the answers to it stay and lose their parent, as on Mastodon.
 */
export const tables = `
CREATE TABLE IF NOT EXISTS accounts (
  id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE COLLATE NOCASE, token TEXT NOT NULL UNIQUE,
  display TEXT NOT NULL, note TEXT NOT NULL, avatar TEXT, followers INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS follows (
  follower_id TEXT NOT NULL REFERENCES accounts(id), followed_id TEXT NOT NULL REFERENCES accounts(id),
  PRIMARY KEY (follower_id, followed_id)
) STRICT;

CREATE TABLE IF NOT EXISTS statuses (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id), text TEXT NOT NULL, spoiler TEXT NOT NULL,
  visibility TEXT NOT NULL, language TEXT, conversation_id TEXT NOT NULL,
  reply_to_id TEXT REFERENCES statuses(id) ON DELETE SET NULL, reply_to_account_id TEXT REFERENCES accounts(id),
  reblog_of_id TEXT REFERENCES statuses(id) ON DELETE CASCADE, created_at INTEGER NOT NULL, edited_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS statuses_by_account ON statuses (account_id, id);
CREATE INDEX IF NOT EXISTS statuses_by_parent ON statuses (reply_to_id, id);
CREATE INDEX IF NOT EXISTS statuses_by_reblogged ON statuses (reblog_of_id, id);
CREATE INDEX IF NOT EXISTS statuses_by_conversation ON statuses (conversation_id, id);

CREATE TABLE IF NOT EXISTS mentions (
  status_id TEXT NOT NULL REFERENCES statuses(id) ON DELETE CASCADE, account_id TEXT NOT NULL REFERENCES accounts(id),
  silent INTEGER NOT NULL, PRIMARY KEY (status_id, account_id)
) STRICT;
CREATE INDEX IF NOT EXISTS mentions_by_account ON mentions (account_id, status_id);

CREATE TABLE IF NOT EXISTS tags (
  tag TEXT NOT NULL, status_id TEXT NOT NULL REFERENCES statuses(id) ON DELETE CASCADE, PRIMARY KEY (tag, status_id)
) STRICT;
CREATE INDEX IF NOT EXISTS tags_by_status ON tags (status_id);

CREATE TABLE IF NOT EXISTS versions (
  status_id TEXT NOT NULL REFERENCES statuses(id) ON DELETE CASCADE, n INTEGER NOT NULL, at INTEGER NOT NULL,
  text TEXT NOT NULL, spoiler TEXT NOT NULL, PRIMARY KEY (status_id, n)
) STRICT;

CREATE TABLE IF NOT EXISTS favourites (
  status_id TEXT NOT NULL REFERENCES statuses(id) ON DELETE CASCADE, account_id TEXT NOT NULL REFERENCES accounts(id),
  PRIMARY KEY (status_id, account_id)
) STRICT;

CREATE TABLE IF NOT EXISTS idempotency (
  account_id TEXT NOT NULL, key TEXT NOT NULL, status_id TEXT NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, PRIMARY KEY (account_id, key)
) STRICT;
CREATE INDEX IF NOT EXISTS idempotency_by_status ON idempotency (status_id);

CREATE TABLE IF NOT EXISTS notifications (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id), type TEXT NOT NULL,
  from_id TEXT NOT NULL REFERENCES accounts(id), status_id TEXT REFERENCES statuses(id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS notifications_by_account ON notifications (account_id, id);
CREATE INDEX IF NOT EXISTS notifications_by_status ON notifications (status_id);

CREATE TABLE IF NOT EXISTS grants (
  access TEXT PRIMARY KEY, refresh TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts(id),
  lives_seconds INTEGER NOT NULL, expires_at INTEGER NOT NULL, made_with TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS token_marks (token TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS suspended (account_id TEXT PRIMARY KEY REFERENCES accounts(id)) STRICT;

CREATE TABLE IF NOT EXISTS last_id (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
`;
