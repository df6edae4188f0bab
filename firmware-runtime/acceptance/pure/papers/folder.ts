// What people have written into the acceptance papers: answers, attachments, reviews and drills, and the states that
// follow. A review covers the exact text reviewed: when the text changes, the paper needs a new review.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { PaperState } from '#base/pure/values/paper-states.ts'
import { personFields, type Paper } from './paper.ts'

interface Signed {
  readonly by: string
  readonly atIso: string
}
interface PaperAnswer extends Signed {
  readonly text: string
}
export interface Attachment extends Signed {
  readonly paper: string
  readonly name: string
  readonly bytes: number
  /** SHA-256 in hex; the file is stored under this name. */
  readonly digest: string
}
export interface PaperReview extends Signed {
  readonly paper: string
  readonly accepted: boolean
  readonly remark: string
  /** Digest of the answers and attachments that were reviewed. */
  readonly digest: string
}
interface Drill extends Signed {
  /** When the drill was held. */
  readonly heldIso: string
  readonly note: string
}

export interface PaperFolder {
  readonly version: 1
  /** By paper and field, for example `J2.general`. */
  readonly answers: Readonly<Record<string, PaperAnswer>>
  readonly attachments: readonly Attachment[]
  readonly reviews: readonly PaperReview[]
  readonly drills: readonly Drill[]
}

export const emptyFolder: PaperFolder = {
  version: 1,
  answers: {},
  attachments: [],
  reviews: [],
  drills: [],
}

export const answerOf = (folder: PaperFolder, paper: Paper, field: string): PaperAnswer | null =>
  folder.answers[`${paper.id}.${field}`] ?? null

/** The content that a review covers, as one canonical text. */
export function paperText(folder: PaperFolder, paper: Paper): string {
  const answers = personFields(paper).map(({ id }) => answerOf(folder, paper, id)?.text ?? '')
  const files = folder.attachments.filter((one) => one.paper === paper.id)
  return canonicalJson({ id: paper.id, answers, files: files.map(({ digest }) => digest) })
}

/** People who wrote an answer of this paper or attached a file to it. */
export const authorsOf = (folder: PaperFolder, paper: Paper): ReadonlySet<string> =>
  new Set([
    ...personFields(paper).flatMap(({ id }) => answerOf(folder, paper, id)?.by ?? []),
    ...folder.attachments.filter((one) => one.paper === paper.id).map(({ by }) => by),
  ])

/** Fields without an answer. */
export const openFields = (folder: PaperFolder, paper: Paper): readonly string[] =>
  personFields(paper)
    .filter(({ id }) => (answerOf(folder, paper, id)?.text.trim() ?? '') === '')
    .map(({ id }) => id)

export function paperState(
  folder: PaperFolder,
  paper: Paper,
  digestOf: (text: string) => string,
): PaperState {
  if (openFields(folder, paper).length > 0) return 'open'
  const last = folder.reviews.findLast((one) => one.paper === paper.id)
  if (last === undefined) return 'filled'
  if (last.digest !== digestOf(paperText(folder, paper))) return 'changed'
  return last.accepted ? 'accepted' : 'returned'
}

export interface DrillState {
  readonly lastIso: string | null
  /** When the next drill is due; null: none was held yet. */
  readonly dueMs: InstantMs | null
  readonly state: 'never' | 'held' | 'soon' | 'overdue'
  readonly words: BilingualText
}

/** Days before the due date from which the state is `soon`. */
const soonDays = 30

/** State of the drills: K.1 row 9, with the interval of the rule pack in days. */
export function drillState(
  { drills }: PaperFolder,
  everyDays: number,
  nowMs: InstantMs,
): DrillState {
  const held = drills.map(({ heldIso }) => heldIso).toSorted()
  const lastIso = held.at(-1) ?? null
  const lastMs = lastIso === null ? null : parseIso(lastIso)
  if (lastIso === null || lastMs === null) {
    const words = t(
      '还没有演练过,宜每年一次(K.1-9)',
      'No drill was held yet; there should be one every year (K.1-9)',
    )
    return { lastIso: null, dueMs: null, state: 'never', words }
  }
  const dueMs = lastMs + everyDays * dayMs
  const leftDays = Math.floor((dueMs - nowMs) / dayMs)
  const last = lastIso.slice(0, 10)
  if (leftDays < 0)
    return {
      lastIso,
      dueMs,
      state: 'overdue',
      words: t(
        `上次演练 ${last},已超过 ${-leftDays} 天(K.1-9)`,
        `The last drill was on ${last}, the next is ${-leftDays} days late (K.1-9)`,
      ),
    }
  const state = leftDays <= soonDays ? 'soon' : 'held'
  const words = t(
    `上次演练 ${last},还有 ${leftDays} 天(K.1-9)`,
    `The last drill was on ${last}, the next is due in ${leftDays} days (K.1-9)`,
  )
  return { lastIso, dueMs, state, words }
}
