// Papers that nobody wrote, in the shapes of the Hub: the same seed gives the same text, on every computer.

/** A Hub user, as authors carry it who have claimed the paper. */
export type HubUser = {
  _id: string
  avatarUrl: string
  fullname: string
  user: string
  type: 'user'
  isPro: boolean
}

/** An author; a `hidden` one is not shown on the Hub. */
export type HubAuthor = { _id: string; name: string; hidden: boolean; user?: HubUser }

/** A lab or company, the same on entry and paper. */
export type HubOrganization = { _id: string; name: string; fullname: string; avatar: string }

/** The inner record; `GET /api/papers/{id}` answers it flat. */
export interface HubPaper {
  id: string
  authors: HubAuthor[]
  publishedAt: string
  submittedOnDailyAt?: string
  title: string
  summary: string
  upvotes: number
  discussionId?: string
  projectPage?: string
  githubRepo?: string
  githubStars?: number
  ai_summary?: string
  ai_keywords?: string[]
  organization?: HubOrganization
}

/** One entry of `GET /api/daily_papers`. What the Hub does not know is absent, never null. */
export interface HubEntry {
  paper: HubPaper
  publishedAt: string
  title: string
  summary: string
  thumbnail: string
  numComments: number
  submittedBy: Omit<HubUser, 'user'> & { name: string; isHf: boolean; isMod: boolean; followerCount?: number }
  organization?: HubOrganization
  isAuthorParticipating?: boolean
}

const words = (text: string): string[] => text.trim().split(/\s+/)

// The lists behind the slots of the templates below: {a} a quality, {n} a subject, {t} a task, {m} a thing that is
// built (its plural takes an s), {g} what is done to it, {v} the same as a verb, {r} and {s} the halves of a name,
// {i} and {x} numbers, {b} and {o} a quality and a subject with their article.
const LISTS: Record<string, readonly string[]> = {
  a: words(`sparse dense hierarchical recurrent convolutional causal bidirectional multimodal multilingual
    monocular autoregressive non-autoregressive parallel speculative asynchronous distributed federated
    decentralised private robust adversarial contrastive generative discriminative probabilistic bayesian
    variational stochastic deterministic equivariant invariant symmetric geometric spectral spatial temporal
    spatiotemporal episodic semantic syntactic acoustic visual tactile embodied interactive proactive
    adaptive dynamic modular compositional recursive iterative progressive incremental continual lifelong
    self-supervised semi-supervised unsupervised zero-shot few-shot in-context long-context low-rank
    low-resource high-resolution high-fidelity fine-grained coarse-to-fine end-to-end training-free
    data-efficient parameter-efficient compute-optimal memory-bound real-time streaming cross-lingual
    cross-modal cross-domain domain-specific task-agnostic model-agnostic instruction-tuned tool-augmented
    retrieval-augmented knowledge-grounded uncertainty-aware verifiable interpretable explainable faithful
    calibrated scalable latent implicit explicit nonlinear convex quantised discrete continuous unified
    universal`),
  n: words(`attention token embedding gradient kernel tensor graph manifold diffusion flow score likelihood
    entropy posterior prior reward policy value preference feedback critic verifier curriculum dataset corpus
    benchmark annotation label instruction prompt context memory cache retrieval index passage document table
    chart layout formula theorem proof code program compiler repository patch bytecode query database schema
    ontology image video frame pixel voxel mesh radiance texture depth skeleton face scene object trajectory
    motion occlusion camera lidar radar satellite terrain weather climate ocean protein molecule crystal
    genome cell tissue radiology pathology dialogue speech audio music melody phoneme accent translation
    transcript subtitle language vision world physics robot gripper traffic market auction negotiation search
    planning reasoning reflection deliberation arithmetic geometry symbol concept relation entity event
    timeline evidence citation claim belief safety privacy watermark jailbreak bias fairness toxicity
    hallucination distillation quantisation sparsity routing expert adapter checkpoint optimiser momentum
    batch precision latency throughput bandwidth energy`),
  t: words(`captioning segmentation detection tracking classification recognition localisation registration
    inpainting super-resolution denoising deblurring synthesis rendering editing animation stylisation
    summarisation paraphrasing parsing tagging extraction linking disambiguation question-answering
    entailment translation transcription separation enhancement generation completion infilling repair
    refactoring verification testing debugging forecasting imputation clustering ranking recommendation
    personalisation navigation manipulation locomotion grasping exploration control scheduling allocation
    simulation discovery folding diagnosis triage moderation attribution deduplication compression indexing
    tokenisation alignment unlearning merging pruning`),
  m: words(`transformer network encoder decoder autoencoder tokeniser backbone ensemble mixture cascade
    pipeline framework agent assistant planner simulator generator discriminator classifier regressor
    retriever reranker sampler scheduler estimator predictor controller adapter operator layer module block
    head objective regulariser constraint bound schedule benchmark dataset toolkit engine workflow
    environment`),
  g: words(`scaling pretraining finetuning distilling pruning quantising compressing aligning steering
    probing editing merging routing grounding calibrating bootstrapping augmenting filtering annotating
    benchmarking evaluating diagnosing decomposing disentangling factorising regularising accelerating
    parallelising retrieving reranking decoding sampling planning simulating reconstructing rendering
    forecasting verifying unlearning personalising`),
  v: words(`scales distils prunes compresses aligns steers grounds calibrates refines decomposes disentangles
    factorises regularises accelerates reconstructs forecasts verifies interpolates extrapolates amortises`),
  r: words(`Amber Cinder Cobalt Delta Echo Ember Fathom Fern Glyph Granite Harbor Indigo Juniper Kestrel
    Lantern Lumen Maple Meridian Nimbus Onyx Orchard Osprey Pebble Prism Quarry Quill Raven Sierra Tangle
    Thistle Tidal Velvet`),
  s: words(`Former Net Bench RL LM Diff Flow Graph Mix Tune Seg Nav Plan Code Cast Rank Search Agent Math
    Voice World QA RAG MoE`),
  i: Array.from({ length: 89 }, (_, index) => String(index + 2)),
  x: Array.from({ length: 400 }, (_, index) => ((index + 11) / 10).toFixed(1)),
}
const article = (word: string): string => (/^(?:[aeio]|u(?!ni))/.test(word) ? `an ${word}` : `a ${word}`)
const capital = (text: string): string =>
  text.replace(/^[a-z]|[- ](?!to-)[a-z]/g, (start) => start.toUpperCase())
LISTS.b = (LISTS.a ?? []).map(article)
LISTS.o = (LISTS.n ?? []).map(article)
for (const slot of 'anmtgb') LISTS[slot.toUpperCase()] = (LISTS[slot] ?? []).map(capital)

// Six to twelve words each. A capital slot gives a capital letter; {X} is the paper's name for what it built.
const TITLES = `
{X}: {A} {N} {M} for {N} {T}
{X}: {G} {N} {M}s via {A} {N} {T}
{X}: Benchmarking {N} {M}s on {A} {N} {T} across {A} Settings
{X}: Towards {A} and {A} {N} {T} with {A} {M}s
{G} {A} {N} {M}s for {A} {N} {T}
{G} the {N} of {A} {M}s through {A} {N} {T}
Are {N} {M}s {A} Enough for {A} {N} {T}?
On the {A} {N} of {A} {N} {M}s in {T}
Rethinking {N} {T}: From {A} {M}s to {A} {N} {M}s
{B} {N} {M} for {N} {T} under {A} Constraints
{A} {T} without {N} {G}: {B} {N} Approach`

// One pool for each part of an abstract; every sentence has between 14 and 26 words.
const SENTENCES: Record<string, string> = {
  opening: `
Recent progress in {a} {n} {t} has been driven by ever larger {n} {m}s trained on {a} {n} data.
The {n} of {a} {m}s is central to {n} {t}, yet how it arises during {g} remains poorly understood.
Although {a} {m}s excel at {n} {t}, they still struggle whenever the {n} is {a} or the {n} is {a}.
Can {b} {m} learn {n} {t} from {n} alone, without the {a} {n} that earlier work depends on?`,
  gap: `
Existing methods treat {n} and {n} separately, which limits {a} {t} and makes {g} costly at scale.
Most prior work relies on {a} {n}, an assumption that breaks once {n} {t} moves beyond curated {n} collections.
A key obstacle is that {g} {o} {m} degrades its {n}, an effect hidden by {a} evaluation of {n} {t}.`,
  proposal: `
To close this gap we introduce {X}, {b} {m} that combines {a} {n} with {n} {t} in one {a} pass.
We present {X}, a simple {a} approach that {v} {n} by {g} {o} {m} against {a} {n} signals.
This paper proposes {X}, in which {b} {n} {m} {v} each {n} before a second {m} performs {a} {t}.`,
  method: `
At its core lies {b} {n} objective that {v} the {n} while leaving the {a} {m} untouched.
Rather than {g} every {n}, the method allocates {n} only where {b} {m} reports high {n}.
We further release {b} collection of {i} thousand {n} examples covering {n} {t}, {n} {t} and {a} {t}.
A lightweight {n} {m} estimates the {a} {n}, so that {t} needs no extra {n} at inference time.
During {g}, {b} curriculum moves from easy {n} {t} to {a} {n} {t} in {i} stages.
The resulting {m} is {a} by construction, and its cost grows linearly with the length of the {n}.
We show that {a} {n} emerges after {g}, and that {a} {m}s reuse the same {n} for {n} {t}.
Our analysis links the {n} of {b} {m} to its {n}, which explains earlier failures in {a} {t}.
Ablations reveal that {a} {n} matters more than {n}, and that {g} alone accounts for {x}\\% of the gain.
Human raters preferred its {n} {t} over {b} baseline in {x}\\% of comparisons, chiefly for {a} {n}.
On {i} benchmarks for {n} {t} and {a} {t}, it reduces {n} error by {x}\\% with {x}times fewer parameters.`,
  closing: `
Code, data and {a} {m}s will be released to support further work on {a} {n} {t} and {n} {t}.
These findings suggest that {a} {n}, rather than {n} scale, is the next step for {n} {t}.
We hope that {X} serves as {b} baseline for {n} {t} and encourages more {a} evaluation.`,
}

const lines = (text: string): string[] => text.trim().split('\n')
// Literal text at the even places of a template, slots at the odd ones.
const templates = (text: string): string[][] => lines(text).map((line) => line.split(/\{(\w)\}/))
const TITLE_POOL = templates(TITLES)
const POOLS = Object.fromEntries(Object.entries(SENTENCES).map(([part, text]) => [part, templates(text)]))

// Given names before the bar, family names after it; the two are only combined within a line.
const NAMES = lines(`
Wei Jing Haoran Xinyi Yutong Zihan | Zhang Li Chen Wang Liu Zhou
Min-jun Seo-yeon Ji-ho Ha-eun Do-yun | Kim Lee Park Choi Jung
Haruto Yui Sōta Aoi Ren Himari | Satō Suzuki Takahashi Tanaka Itō
Minh Hương Đức Thảo Quân | Nguyễn Trần Lê Phạm Đặng
Aarav Diya Rohan Ananya Vikram Meera | Sharma Patel Iyer Gupta Reddy Banerjee
Omar Layla Yusuf Amina Khalid | Hassan Al-Sayed Haddad Mansour Farouk
Emre Ayşe Çağlar Özge | Yılmaz Demir Şahin Öztürk
Lukas Jörg Anke Käthe | Müller Schäfer Weiß Köhler
Étienne Chloé François Maëlle | Lefèvre Dubois Moreau Bérard
João Inês Gonçalo Conceição Begoña | Silva Araújo Magalhães Muñoz Peña
Łukasz Małgorzata Zofia Paweł | Kowalski Wójcik Wiśniewska Zieliński
Jiří Tereza Ondřej | Novák Dvořáková Procházka
Søren Åsa Björn Guðrún | Nielsen Lindström Ødegård Jónsdóttir
Adébáyọ̀ Ngozi Chinedu Folákẹ́ | Okafor Adeyemi Balogun Eze
Zoltán Ágnes Gergő | Nagy Szabó Kovács
Ștefan Ioana Andrei | Popescu Ionescu Țurcanu
Emily James Olivia Thomas | Smith Brown O'Neill Taylor`).map((line) => line.split('|').map(words))

const AVATAR = '/avatars/0.svg'
const LABS = words('Northlight Tidewater Fernbank Halcyon Blue-Quarry Ironwood Saltmarsh Skylark')

// sfc32 rather than a generator with 32 bits of state: among 100,000 papers two would start in the same state.
function randomFrom(seed: number, day: number, attempt: number): () => number {
  let a = seed >>> 0
  let b = Math.floor(seed / 2 ** 32) ^ Math.imul(day, 0x9e3779b1)
  let c = attempt ^ 0x85ebca6b
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warmUp = 0; warmUp < 15; warmUp++) next()
  return next
}

function pick<T>(list: readonly T[] | undefined, random: () => number): T {
  return list?.[Math.floor(random() * list.length)] as T
}

function fill(template: readonly string[], name: string, random: () => number): string {
  return template
    .map((part, at) => (at % 2 === 0 ? part : part === 'X' ? name : pick(LISTS[part], random)))
    .join('')
}

function wrap(text: string, width: number, indent: string): string {
  const rows: string[] = []
  let rest = text
  while (rest.length > width) {
    const end = rest.lastIndexOf(' ', width)
    rows.push(rest.slice(0, end))
    rest = rest.slice(end + 1)
  }
  return [...rows, rest].join(`\n${indent}`)
}

function abstractOf(name: string, random: () => number, hardBreaks: boolean): string {
  const part = (key: string): string => fill(pick(POOLS[key], random), name, random)
  const body = [part('opening'), part('gap'), part('proposal')]
  const closing = part('closing')
  const count = (text: string): number => text.split(' ').length
  let length = body.reduce((sum, sentence) => sum + count(sentence), count(closing))
  const wanted = 124 + random() * 34
  const pool = POOLS.method ?? []
  // Five shares no factor with the eleven sentences, so none is taken twice.
  for (let at = Math.floor(random() * pool.length); length < wanted; at += 5) {
    const sentence = fill(pool[at % pool.length] ?? [], name, random)
    body.push(sentence)
    length += count(sentence)
  }
  if (!hardBreaks) return [...body, closing].join(' ')
  const paragraph = random() < 0.3 ? '\n  ' : '\n'
  return wrap(body.join(' '), 79, '') + paragraph + wrap(closing, 77, '')
}

const DAY_MS = 86_400_000
// Until here the Hub passed on arXiv's own line breaks.
const BREAKS_UNTIL = '2025-11-15'
// Numbers run from 1 to 99,999 in a month; STEP shares no factor with it, so every seed keeps a number of its own.
const NUMBERS = 99_999
const STEP = 38_197
const PER_DAY = 3225

function arxivId(seed: number, day: string): string {
  const slot = ((seed % NUMBERS) + NUMBERS) % NUMBERS
  return `${day.slice(2, 4)}${day.slice(5, 7)}.${String(((slot * STEP) % NUMBERS) + 1).padStart(5, '0')}`
}

function entryFrom(seed: number, day: string, attempt: number): HubEntry {
  const midnight = Date.parse(`${day}T00:00:00.000Z`)
  const random = randomFrom(seed, midnight / DAY_MS, attempt)
  const chance = (share: number): boolean => random() < share
  const upTo = (limit: number): number => Math.floor(random() * limit)
  // Object ids that were given out together count up.
  const firstHalf = String(upTo(1e9)).padStart(16, '6a')
  let issued = upTo(2 ** 31)
  const objectId = (): string => firstHalf + (issued++).toString(16).padStart(8, '0')
  const user = (fullname: string): HubUser => {
    const handle = `reader-${upTo(1e6)}`
    return { _id: objectId(), avatarUrl: AVATAR, fullname, user: handle, type: 'user', isPro: chance(0.1) }
  }
  const personName = (): string => {
    const [given, family] = pick(NAMES, random)
    const initial = chance(0.15) ? `${String.fromCharCode(65 + upTo(26))}. ` : ''
    return `${pick(given, random)} ${initial}${pick(family, random)}`
  }
  const keyword = (): string => `${pick(LISTS.a, random)} ${pick(LISTS.n, random)}`

  const id = arxivId(seed, day)
  const name = pick(LISTS.r, random) + pick(LISTS.s, random)
  const hardBreaks = day < BREAKS_UNTIL
  const flatTitle = fill(pick(TITLE_POOL, random), name, random)
  const title = hardBreaks ? wrap(flatTitle, 69, '  ') : flatTitle
  const summary = abstractOf(name, random, hardBreaks)
  const authors = Array.from({ length: 1 + upTo(12) }, (): HubAuthor => {
    const author = { _id: objectId(), name: personName(), hidden: chance(0.02) }
    return chance(0.2) ? { ...author, user: user(author.name) } : author
  })
  const lab = pick(LABS, random)
  const affiliated = chance(0.4) && {
    organization: { _id: objectId(), name: lab.toLowerCase(), fullname: `${lab} Institute`, avatar: AVATAR },
  }
  // The id's month is the day's, so the paper cannot be older than that month.
  const age = upTo(Math.min(6, Number(day.slice(8))))
  const publishedAt = new Date(midnight - age * DAY_MS).toISOString()
  const repo = `https://github.com/broadsheet-example/${name}`
  const { user: handle, ...submitter } = user(personName())
  const followers = chance(0.5) && { followerCount: upTo(900) }
  return {
    paper: {
      id,
      authors,
      publishedAt,
      ...(chance(0.85) && { submittedOnDailyAt: new Date(midnight + upTo(DAY_MS)).toISOString() }),
      title,
      summary,
      upvotes: Math.floor(6 / (random() + 0.012)),
      ...(chance(0.9) && { discussionId: objectId() }),
      ...(chance(0.3) && { projectPage: `https://${name.toLowerCase()}.example.org/` }),
      ...(chance(0.5) && { githubRepo: repo, githubStars: Math.floor(1 / (random() + 0.0005)) }),
      ...(chance(0.8) && { ai_summary: fill(pick(POOLS.closing, random), name, random) }),
      ...(chance(0.8) && { ai_keywords: Array.from({ length: 3 + upTo(8) }, keyword) }),
      ...affiliated,
    },
    publishedAt,
    title,
    summary,
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
    numComments: Math.floor(1 / (random() + 0.02)),
    submittedBy: { ...submitter, name: handle, isHf: false, isMod: false, ...followers },
    ...affiliated,
    ...(chance(0.7) && { isAuthorParticipating: chance(0.3) }),
  }
}

/** The paper of this seed on a UTC day. Seeds that differ modulo 99,999 never share an id within a month. */
export function generateEntry(seed: number, day: string): HubEntry {
  return entryFrom(seed, day, 0)
}

function dayOf(day: string, count: number, seed: number, taken: Set<string>): HubEntry[] {
  if (count > PER_DAY) throw new RangeError(`A generated day holds at most ${PER_DAY} papers, not ${count}`)
  // Modulo 99,999 the lists of neighbouring seeds start 517 apart, so short ones share no id.
  const first = seed * 1_000_507 + (Number(day.slice(8)) - 1) * PER_DAY
  const entries = Array.from({ length: count }, (_, index): HubEntry => {
    for (let attempt = 0; ; attempt++) {
      const entry = entryFrom(first + index, day, attempt)
      const title = entry.title.replace('\n  ', ' ').toLowerCase()
      if (taken.has(title)) continue
      taken.add(title)
      const submittedOnDailyAt = entry.paper.submittedOnDailyAt ?? `${day}T00:00:00.000Z`
      return { ...entry, paper: { ...entry.paper, submittedOnDailyAt } }
    }
  })
  return entries.sort((one, other) => other.paper.upvotes - one.paper.upvotes)
}

/** A day's list as the Hub gives it: most upvotes first, all submitted on that UTC day. At most 3,225 papers. */
export function generateDay(day: string, count: number, seed = 1): HubEntry[] {
  return dayOf(day, count, seed, new Set())
}

/** Which days an archive spans and how long each day's list is. */
export type ArchiveSpan = { from: string; to: string; perDay: number; seed?: number }

/** The weekdays from `from` to `to`, both included. Weekends have no key. No title comes twice. */
export function generateArchive(span: ArchiveSpan): Map<string, HubEntry[]> {
  const archive = new Map<string, HubEntry[]>()
  const taken = new Set<string>()
  for (let at = Date.parse(span.from); at <= Date.parse(span.to); at += DAY_MS) {
    const weekday = new Date(at).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    const day = new Date(at).toISOString().slice(0, 10)
    archive.set(day, dayOf(day, span.perDay, span.seed ?? 1, taken))
  }
  return archive
}
