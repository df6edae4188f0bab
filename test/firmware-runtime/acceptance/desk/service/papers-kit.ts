// Papers of a lot in memory: what people wrote, attached and reviewed, with a clock that the test moves.
// Shared by the tests of papers, of rules and of their document.
import { emptyFolder, type PaperFolder } from '#acceptance/pure/papers/folder.ts'
import { knownKeys, personFields, type PaperFacts } from '#acceptance/pure/papers/paper.ts'
import { papers } from '#acceptance/pure/papers/table.ts'
import { PapersService } from '#acceptance/desk/service/papers-service.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { dayMs, instantOf, isoOf } from '#base/pure/values/instant.ts'

const facts = Object.fromEntries(
  knownKeys.map((key) => [key, key === 'link' ? null : t(`知道 ${key}`, `known ${key}`)]),
) as PaperFacts

export class MemoryPapers {
  folder: PaperFolder = emptyFolder
  readonly files = new Map<string, Uint8Array>()
  nowMs = instantOf(2026, 3, 2, 9 * 3_600_000)
  drillDays = 365
  simulated = true
  readonly service = new PapersService({
    read: () => this.folder,
    keep: (folder) => {
      this.folder = folder
    },
    keepFile: (digest, bytes) => void this.files.set(digest, bytes),
    facts: () => facts,
    isSimulated: () => this.simulated,
    drillDays: () => this.drillDays,
    nowMs: () => this.nowMs,
  })

  /** Answers every question of these papers, or of all. */
  fillAll(by = '填写人', ids = papers.map(({ id }) => id)): this {
    for (const paper of papers.filter(({ id }) => ids.includes(id)))
      for (const { id } of personFields(paper))
        this.service.fill({ field: `${paper.id}.${id}`, text: `写了 ${paper.id} ${id}`, by })
    return this
  }
  reviewAll(by = '评审人', accepted = true, ids = papers.map(({ id }) => id)): this {
    for (const id of ids) this.service.review(id, accepted, by, '读过')
    return this
  }
  heldDaysAgo(days: number): this {
    this.service.drill(isoOf(this.nowMs - days * dayMs), '评审人', '断网一小时')
    return this
  }
  stateOf(id: string): string {
    return this.service.view().papers.find((one) => one.id === id)?.state ?? ''
  }
}
