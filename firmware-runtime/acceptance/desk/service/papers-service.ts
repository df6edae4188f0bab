// The acceptance papers: facts of the lot, people's answers, attachments and reviews, and the yearly drill. The author
// of a paper cannot review it, and a review covers the exact text reviewed.
import { attachmentBytesMax } from '#base/pure/data/photo.ts'
import { createHash } from 'node:crypto'
import {
  answerOf,
  authorsOf,
  drillState,
  openFields,
  paperState,
  paperText,
  type PaperFolder,
} from '../../pure/papers/folder.ts'
import { personFields, type Paper, type PaperFacts } from '../../pure/papers/paper.ts'
import { paperOf, papers } from '../../pure/papers/table.ts'
import type { PapersView, PaperView } from '../../calls/papers-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import { isSamePerson } from '#base/pure/values/same-person.ts'

interface PapersPorts {
  read(): PaperFolder
  /** Durable when it returns. */
  keep(folder: PaperFolder): void
  /** Stores it beside the folder's file, under its digest. */
  keepFile(digest: string, bytes: Uint8Array): void
  facts(folder: PaperFolder): PaperFacts
  isSimulated(): boolean
  /** K.1 row 9: interval of the drills by the rule pack, days. */
  drillDays(): number
  nowMs(): InstantMs
}

const attachmentsMax = 200
/** Tolerance for a drill's time in the future: only a held drill can be entered. */
const aheadMs = 60_000

const digestOf = (of: string | Uint8Array): string => createHash('sha256').update(of).digest('hex')
const unknownPaper = (value: string): LaneFault =>
  new LaneFault('ARG-01', { field: '/paper', value, note: papers.map(({ id }) => id).join(', ') })

function known(id: string): Paper {
  const paper = paperOf(id)
  if (paper === null) throw unknownPaper(id)
  return paper
}

function viewOf(paper: Paper, folder: PaperFolder, facts: PaperFacts): PaperView {
  const { id, group, clause, title, printed, assumed } = paper
  const head = { id, group, clause, title, printed, assumed }
  return {
    ...head,
    lines: paper.fields.map((field) => {
      const answer = field.known === undefined ? answerOf(folder, paper, field.id) : null
      return {
        id: field.id,
        ask: field.ask,
        isKnown: field.known !== undefined,
        known: field.known === undefined ? null : facts[field.known],
        text: answer?.text ?? null,
        by: answer?.by ?? null,
        atIso: answer?.atIso ?? null,
      }
    }),
    state: paperState(folder, paper, digestOf),
    open: openFields(folder, paper).length,
    attachments: folder.attachments.filter((one) => one.paper === id),
    review: folder.reviews.findLast((one) => one.paper === id) ?? null,
  }
}

export class PapersService {
  private readonly ports: PapersPorts

  constructor(ports: PapersPorts) {
    this.ports = ports
  }

  view(): PapersView {
    const { ports } = this
    const folder = ports.read()
    const facts = ports.facts(folder)
    return {
      papers: papers.map((paper) => viewOf(paper, folder, facts)),
      simulated: ports.isSimulated(),
      drill: drillState(folder, ports.drillDays(), ports.nowMs()),
    }
  }

  /** An empty text removes the answer. */
  fill({ field, text, by }: { field: string; text: string; by: string }): PapersView {
    const { ports } = this
    const [paperId = '', name = ''] = field.split('.')
    const paper = known(paperId)
    const fields = personFields(paper).map(({ id }) => id)
    if (!fields.includes(name)) {
      const note = fields.map((id) => `${paper.id}.${id}`).join(', ')
      throw new LaneFault('ARG-01', { field: '/field', value: field, note })
    }
    const folder = ports.read()
    const answers = { ...folder.answers, [field]: { text, by, atIso: isoOf(ports.nowMs()) } }
    ports.keep({ ...folder, answers })
    return this.view()
  }

  attach(paperId: string, name: string, bytes: Uint8Array, by: string): PapersView {
    const { ports } = this
    const paper = known(paperId)
    const folder = ports.read()
    if (bytes.length === 0 || bytes.length > attachmentBytesMax)
      throw new LaneFault('FILE-02', {
        file: name,
        note: t(`1 到 ${attachmentBytesMax} 字节`, `1 to ${attachmentBytesMax} bytes`),
      })
    if (folder.attachments.length >= attachmentsMax)
      throw new LaneFault('ARG-01', { field: '/file', value: name, note: `${attachmentsMax}` })
    const digest = digestOf(bytes)
    // The file is stored before a line names it.
    ports.keepFile(digest, bytes)
    const atIso = isoOf(ports.nowMs())
    const line = { paper: paper.id, name, bytes: bytes.length, digest, by, atIso }
    ports.keep({ ...folder, attachments: [...folder.attachments, line] })
    return this.view()
  }

  /** Throws PAPER-01 for an author of the paper, PAPER-02 while a question is open. */
  mayReview(paperId: string, by: string): void {
    const paper = known(paperId)
    const folder = this.ports.read()
    const [open] = openFields(folder, paper)
    if (open !== undefined)
      throw new LaneFault('PAPER-02', { field: '/paper', value: `${paperId}.${open}` })
    if ([...authorsOf(folder, paper)].some((one) => isSamePerson(one, by)))
      throw new LaneFault('PAPER-01', { field: '/by', value: by })
  }

  review(paperId: string, accepted: boolean, by: string, remark: string): void {
    const { ports } = this
    this.mayReview(paperId, by)
    const paper = known(paperId)
    const folder = ports.read()
    const digest = digestOf(paperText(folder, paper))
    const one = { paper: paperId, accepted, remark, digest, by, atIso: isoOf(ports.nowMs()) }
    ports.keep({ ...folder, reviews: [...folder.reviews, one] })
  }

  /** Throws ARG-01 for a drill in the future. */
  mayDrill(heldIso: string): void {
    const heldMs = parseIso(heldIso)
    if (heldMs === null || heldMs > this.ports.nowMs() + aheadMs)
      throw new LaneFault('ARG-01', {
        field: '/heldIso',
        value: heldIso,
        note: t('只记已经举行的演练', 'only drills that have been held are entered'),
      })
  }

  drill(heldIso: string, by: string, note: string): void {
    const { ports } = this
    this.mayDrill(heldIso)
    const folder = ports.read()
    const one = { heldIso, note, by, atIso: isoOf(ports.nowMs()) }
    ports.keep({ ...folder, drills: [...folder.drills, one] })
  }
}
