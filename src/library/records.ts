// Papers as the table has them.

import { countAuthors, type Origin, type Paper, titleKey } from '../paper.ts'

export interface PaperRecord {
  id: string
  title: string
  title_key: string
  abstract: string
  authors: string
  author_count: number | null
  published_on: string | null
  upvotes: number | null
  comments: number | null
  ai_summary: string | null
  keywords: string
  categories: string
  organization: string | null
  project_page: string | null
  github_repo: string | null
  github_stars: number | null
  linked: string
  picture: string | null
  version: number | null
  revised_on: string | null
  doi: string | null
  journal: string | null
  remark: string | null
  link: string | null
  origin: string
}

export const FIELDS = [
  'id',
  'title',
  'title_key',
  'abstract',
  'authors',
  'author_count',
  'published_on',
  'upvotes',
  'comments',
  'ai_summary',
  'keywords',
  'categories',
  'organization',
  'project_page',
  'github_repo',
  'github_stars',
  'linked',
  'picture',
  'version',
  'revised_on',
  'doi',
  'journal',
  'remark',
  'link',
  'origin',
] as const satisfies readonly (keyof PaperRecord)[]

export const toRecord = (paper: Paper): PaperRecord => ({
  id: paper.id,
  title: paper.title,
  title_key: titleKey(paper.title),
  abstract: paper.abstract,
  authors: JSON.stringify(paper.authors),
  author_count: countAuthors(paper),
  published_on: paper.publishedOn,
  upvotes: paper.upvotes,
  comments: paper.comments,
  ai_summary: paper.aiSummary,
  keywords: JSON.stringify(paper.keywords),
  categories: JSON.stringify(paper.categories),
  organization: paper.organization,
  project_page: paper.projectPage,
  github_repo: paper.githubRepo,
  github_stars: paper.githubStars,
  linked: JSON.stringify(paper.linked),
  picture: paper.picture,
  version: paper.version,
  revised_on: paper.revisedOn,
  doi: paper.doi,
  journal: paper.journal,
  remark: paper.remark,
  link: paper.link,
  origin: paper.origin,
})

export const fromRecord = (record: PaperRecord): Paper => ({
  id: record.id,
  title: record.title,
  abstract: record.abstract,
  authors: JSON.parse(record.authors),
  authorCount: record.author_count,
  publishedOn: record.published_on,
  upvotes: record.upvotes,
  comments: record.comments,
  aiSummary: record.ai_summary,
  keywords: JSON.parse(record.keywords),
  categories: JSON.parse(record.categories),
  organization: record.organization,
  projectPage: record.project_page,
  githubRepo: record.github_repo,
  githubStars: record.github_stars,
  linked: JSON.parse(record.linked),
  picture: record.picture,
  version: record.version,
  revisedOn: record.revised_on,
  doi: record.doi,
  journal: record.journal,
  remark: record.remark,
  link: record.link,
  origin: record.origin as Origin,
})
