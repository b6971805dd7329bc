// The library's tables, as an append-only list of migrations: PRAGMA user_version counts how many a file has had.
// What comes from sources (papers, listings, sync_days, fulltexts, discussions) and what is the reader's (marks, tags,
// notes, history, positions) are separate tables: no statement of a sync names a table of the reader's, but to carry a provisional id over
// to its arXiv id.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE papers (
    pk            INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    title         TEXT NOT NULL,
    title_key     TEXT NOT NULL,
    abstract      TEXT NOT NULL,
    authors       TEXT NOT NULL,           -- JSON array of names
    author_count  INTEGER,
    published_on  TEXT,
    upvotes       INTEGER,
    comments      INTEGER,
    ai_summary    TEXT,
    keywords      TEXT NOT NULL,           -- JSON array
    organization  TEXT,
    project_page  TEXT,
    github_repo   TEXT,
    github_stars  INTEGER,
    origin        TEXT NOT NULL,
    -- The paper's place in the list, derived from its listings: the latest day it was listed on, else published_on.
    day           TEXT NOT NULL,
    rank          INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX papers_by_place ON papers (day DESC, rank, pk);
  CREATE INDEX papers_by_title ON papers (title_key);

  CREATE TABLE listings (
    day       TEXT NOT NULL,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    source    TEXT NOT NULL,               -- 'hub', 'page' or 'starter': a sync replaces only what the Hub said
    rank      INTEGER NOT NULL,
    PRIMARY KEY (day, paper_id, source)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX listings_by_paper ON listings (paper_id);

  CREATE TABLE sync_days (
    day        TEXT PRIMARY KEY,
    synced_at  INTEGER NOT NULL,           -- milliseconds since 1970, UTC
    papers     INTEGER NOT NULL,
    asked      INTEGER NOT NULL            -- how often the day has been asked for since it was over
  ) STRICT, WITHOUT ROWID;

  -- No ON DELETE: a paper that carries a mark cannot be deleted.
  CREATE TABLE marks (
    paper_id    TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE,
    read_at     INTEGER,                   -- milliseconds since 1970, UTC; NULL is unread
    starred_at  INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE history (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    done_at    INTEGER NOT NULL,
    label      TEXT NOT NULL,
    undone_at  INTEGER
  ) STRICT;
  CREATE TABLE history_changes (
    seq       INTEGER NOT NULL REFERENCES history (seq) ON DELETE CASCADE,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE,
    field     TEXT NOT NULL,               -- 'read' or 'starred'
    before_at INTEGER,
    after_at  INTEGER,
    PRIMARY KEY (seq, paper_id, field)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX history_changes_by_paper ON history_changes (paper_id);

  -- The words of each paper, folded by fold_words (see library.ts): what the index holds is what searches compare.
  CREATE VIRTUAL TABLE papers_text USING fts5 (
    title, abstract, authors, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
  );
  CREATE VIRTUAL TABLE papers_words USING fts5vocab (papers_text, row);
  CREATE TRIGGER papers_text_insert AFTER INSERT ON papers BEGIN
    INSERT INTO papers_text (rowid, title, abstract, authors)
    VALUES (new.pk, fold_words(new.title), fold_words(new.abstract), fold_words(new.authors));
  END;
  CREATE TRIGGER papers_text_delete AFTER DELETE ON papers BEGIN
    DELETE FROM papers_text WHERE rowid = old.pk;
  END;
  CREATE TRIGGER papers_text_update AFTER UPDATE ON papers
  WHEN old.title <> new.title OR old.abstract <> new.abstract OR old.authors <> new.authors BEGIN
    DELETE FROM papers_text WHERE rowid = old.pk;
    INSERT INTO papers_text (rowid, title, abstract, authors)
    VALUES (new.pk, fold_words(new.title), fold_words(new.abstract), fold_words(new.authors));
  END;

  -- The first day that a sync without arguments ever wanted: every day since then is followed. One row at most.
  CREATE TABLE following (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    since  TEXT NOT NULL
  ) STRICT;
  `,
  `
  DROP TRIGGER papers_text_insert;
  DROP TRIGGER papers_text_delete;
  DROP TRIGGER papers_text_update;
  DROP TABLE papers_words;
  DROP TABLE papers_text;

  ALTER TABLE papers ADD COLUMN categories TEXT NOT NULL DEFAULT '[]';   -- JSON array, the primary one first
  CREATE INDEX papers_by_categories ON papers (categories) WHERE categories <> '[]';
  CREATE INDEX papers_by_organization ON papers (organization) WHERE organization IS NOT NULL;
  CREATE INDEX papers_by_upvotes ON papers (upvotes);

  -- The search index (see search/segment.ts): segments that never change once they are live, and the papers whose text
  -- no segment holds as it is now. A later change of a paper has a higher number.
  CREATE TABLE search_pending (
    change  INTEGER PRIMARY KEY AUTOINCREMENT,
    pk      INTEGER NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE search_segments (
    segment   INTEGER PRIMARY KEY AUTOINCREMENT,
    format    INTEGER NOT NULL,
    live      INTEGER NOT NULL,            -- 0 while it is being built
    begun_at  INTEGER NOT NULL,            -- milliseconds since 1970, UTC
    papers    BLOB NOT NULL,
    words     BLOB NOT NULL,
    counts    BLOB NOT NULL
  ) STRICT;
  CREATE TABLE search_postings (
    segment  INTEGER NOT NULL,
    chunk    INTEGER NOT NULL,
    data     BLOB NOT NULL,
    UNIQUE (segment, chunk)
  ) STRICT;
  CREATE TRIGGER search_insert AFTER INSERT ON papers BEGIN
    DELETE FROM search_pending WHERE pk = new.pk;
    INSERT INTO search_pending (pk) VALUES (new.pk);
  END;
  CREATE TRIGGER search_delete AFTER DELETE ON papers BEGIN
    DELETE FROM search_pending WHERE pk = old.pk;
    INSERT INTO search_pending (pk) VALUES (old.pk);
  END;
  CREATE TRIGGER search_update AFTER UPDATE ON papers
  WHEN old.title <> new.title OR old.abstract <> new.abstract OR old.authors <> new.authors OR old.id <> new.id BEGIN
    DELETE FROM search_pending WHERE pk = new.pk;
    INSERT INTO search_pending (pk) VALUES (new.pk);
  END;
  INSERT INTO search_pending (pk) SELECT pk FROM papers ORDER BY pk;

  -- Queries that were kept, for the prompt's history.
  CREATE TABLE searches (
    query     TEXT PRIMARY KEY,
    asked_at  INTEGER NOT NULL             -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX searches_by_time ON searches (asked_at);
  `,
  `
  ALTER TABLE papers ADD COLUMN linked TEXT NOT NULL DEFAULT '[]';   -- JSON array of {kind, name, likes?, downloads?}
  ALTER TABLE papers ADD COLUMN version INTEGER;
  ALTER TABLE papers ADD COLUMN revised_on TEXT;
  ALTER TABLE papers ADD COLUMN doi TEXT;
  ALTER TABLE papers ADD COLUMN journal TEXT;
  ALTER TABLE papers ADD COLUMN remark TEXT;
  ALTER TABLE papers ADD COLUMN link TEXT;
  CREATE INDEX papers_by_doi ON papers (doi) WHERE doi IS NOT NULL;

  -- When arXiv was asked for a paper that another source brought, whatever it answered.
  CREATE TABLE enriched (
    paper_id  TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    asked_at  INTEGER NOT NULL             -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;

  -- How far each source beside the Hub's days is: 'arxiv:cs.CL', 'oai:cs:cs:CL', 'feed:https://…'.
  CREATE TABLE sources (
    name       TEXT PRIMARY KEY,
    synced_at  INTEGER NOT NULL,           -- milliseconds since 1970, UTC
    cursor     TEXT                        -- where to go on, in the source's own words; NULL once all is here
  ) STRICT, WITHOUT ROWID;

  -- What servers gave to ask later whether an answer has changed.
  CREATE TABLE validators (
    name           TEXT PRIMARY KEY,       -- an address, or what stands for one
    etag           TEXT,
    last_modified  TEXT
  ) STRICT, WITHOUT ROWID;

  -- The sync that runs, over all instances. One row at most; one whose heart has stopped beating is over.
  CREATE TABLE sync_run (
    only      INTEGER PRIMARY KEY CHECK (only = 1),
    owner     TEXT NOT NULL,
    host      TEXT NOT NULL,
    pid       INTEGER NOT NULL,
    beat_at   INTEGER NOT NULL,            -- milliseconds since 1970, UTC
    progress  TEXT NOT NULL                -- JSON, for who follows it
  ) STRICT;

  -- From when on a host may be asked again, over all instances.
  CREATE TABLE gates (
    host     TEXT PRIMARY KEY,
    open_at  INTEGER NOT NULL              -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Full texts that were read, as HTML. With a rowid: rows are large.
  CREATE TABLE fulltexts (
    paper_id    TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    url         TEXT NOT NULL,
    version     INTEGER,
    fetched_at  INTEGER NOT NULL,          -- milliseconds since 1970, UTC
    html        BLOB NOT NULL              -- brotli
  ) STRICT;

  -- How far a full text has been read. No ON DELETE, as with marks.
  CREATE TABLE positions (
    paper_id  TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE,
    block     INTEGER NOT NULL,
    line      INTEGER NOT NULL,            -- below the block's first
    seen_at   INTEGER NOT NULL             -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE discussions (
    paper_id    TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    fetched_at  INTEGER NOT NULL,          -- milliseconds since 1970, UTC
    comments    TEXT NOT NULL              -- JSON array of comments, their replies in them
  ) STRICT;
  `,
  `
  ALTER TABLE marks ADD COLUMN later_at INTEGER;
  ALTER TABLE marks ADD COLUMN hidden_at INTEGER;

  -- Tags of papers; the papers of a tag have an order, which begins as the one in which they were added.
  CREATE TABLE tagged (
    tag       TEXT NOT NULL,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE,
    place     INTEGER NOT NULL,
    PRIMARY KEY (tag, paper_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tagged_by_paper ON tagged (paper_id);

  CREATE TABLE notes (
    paper_id  TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE,
    text      TEXT NOT NULL                -- Markdown
  ) STRICT;

  -- Counts the steps, and again when one is undone or done again, so that another instance sees what has changed.
  ALTER TABLE history ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
  UPDATE history SET turn = seq;
  CREATE INDEX history_by_turn ON history (turn);
  CREATE INDEX history_undone ON history (seq) WHERE undone_at IS NOT NULL;
  CREATE INDEX marks_hidden ON marks (hidden_at) WHERE hidden_at IS NOT NULL;

  -- In the place of history_changes: values of any kind, as the tables above keep them; NULL is not set.
  CREATE TABLE changes (
    seq       INTEGER NOT NULL REFERENCES history (seq) ON DELETE CASCADE,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE,
    field     TEXT NOT NULL,               -- 'read', 'starred', 'later', 'hidden', 'note', 'tag:…'
    before    ANY,
    after     ANY,
    PRIMARY KEY (seq, paper_id, field)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO changes SELECT seq, paper_id, field, before_at, after_at FROM history_changes;
  CREATE INDEX changes_by_paper ON changes (paper_id);
  DROP TABLE history_changes;
  `,
  `
  -- Papers that had no full text as HTML when it was asked for, and of which version that was said.
  CREATE TABLE textless (
    paper_id  TEXT PRIMARY KEY REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    version   INTEGER,
    asked_at  INTEGER NOT NULL             -- milliseconds since 1970, UTC
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE papers ADD COLUMN picture TEXT;                        -- an address
  `,
  `
  -- Views of the reader's own.
  CREATE TABLE views (
    name   TEXT PRIMARY KEY COLLATE NOCASE,
    query  TEXT NOT NULL,
    key    INTEGER UNIQUE CHECK (key BETWEEN 5 AND 9),
    sort   TEXT,                           -- what sort: takes; NULL leaves the order to the query
    place  INTEGER NOT NULL                -- in their order, from 0
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a paper's upvotes were at the end of a day, of the last days and only where they have changed.
  CREATE TABLE samples (
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    day       TEXT NOT NULL,
    upvotes   INTEGER NOT NULL,
    PRIMARY KEY (paper_id, day)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What was trending on the Hub when it was last asked.
  CREATE TABLE trending (
    rank      INTEGER PRIMARY KEY,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    asked_at  INTEGER NOT NULL             -- milliseconds since 1970, UTC
  ) STRICT;
  CREATE INDEX trending_by_paper ON trending (paper_id);
  `,
  `
  CREATE TABLE rules (
    rule   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL CHECK (kind IN ('mute', 'watch', 'tag')),
    query  TEXT NOT NULL,
    name   TEXT NOT NULL,                  -- of 'tag', the tag
    is_on  INTEGER NOT NULL,
    since  INTEGER NOT NULL                -- milliseconds since 1970, UTC
  ) STRICT;

  -- Which rules that are on match which papers: derived. What the reader decides in spite of them is in the tables of
  -- decisions: a marks.hidden_at of -t is "shown in spite of rules, since t", a tagged.place of -1 "not tagged so".
  CREATE TABLE ruled (
    rule      INTEGER NOT NULL REFERENCES rules (rule) ON DELETE CASCADE,
    paper_id  TEXT NOT NULL REFERENCES papers (id) ON UPDATE CASCADE ON DELETE CASCADE,
    PRIMARY KEY (rule, paper_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ruled_by_paper ON ruled (paper_id);
  `,
]
