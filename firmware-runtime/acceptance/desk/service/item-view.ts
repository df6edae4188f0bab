// An item of the acceptance as a page shows it: its rule, how long it takes, and its result or its absence.
import { appendices } from '../../pure/appendices.ts'
import { notDeclared, type Declaration } from '../../pure/declaration.ts'
import { expectedEnd, expectedItem, takesOf } from '../../pure/expected-time.ts'
import { clauseOf, found, limitsOf, type AcceptanceItem, type Finding } from '../../pure/item.ts'
import { acceptanceItems } from '../../pure/items/index.ts'
import type { ItemId } from '../../pure/items/ids.ts'
import { nextOf } from '../../pure/next-steps.ts'
import { drives, isPlant, type DriveTime } from '../../pure/plant.ts'
import { twoVerdicts } from '../../pure/quirks.ts'
import type { AcceptanceItemView, AcceptanceView } from '../../calls/acceptance-views.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { alteredWords } from '#base/pure/rules/rule-alterations.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { isRedKept, type KeptSession } from './run-notes.ts'
import { matrixOf } from './run-views.ts'
import type { AcceptanceSession, Skipped } from './session.ts'
import { wantedItems } from './wanted.ts'

export const notRun: Finding = found('incomplete', t('尚未运行', 'Not run yet'))

/** A person left it out: it is not run, and never passed. */
export const skippedFinding = ({ by }: Pick<Skipped, 'by'>): Finding =>
  found(
    'incomplete',
    by === null
      ? t('没有运行:被跳过,没有写姓名', 'Not run: skipped, and nobody was named')
      : t(`没有运行:${by} 跳过`, `Not run: skipped by ${by}`),
  )

interface ItemFacts {
  readonly rules: Rules
  readonly declaration: Declaration
  readonly simulated: boolean
  readonly kept: readonly KeptSession[]
  readonly nowMs: InstantMs
  /** Faults can be planted. */
  readonly hasPlants: boolean
}

/** What a red-first run waits for at an item that applies. */
export function timeOf(id: ItemId, { declaration }: Pick<ItemFacts, 'declaration'>) {
  const item = acceptanceItems.find((one) => one.id === id)
  return item === undefined || notDeclared(item, declaration) !== null ? null : takesOf(item)
}

function takesView(item: AcceptanceItem, of: ItemFacts): Pick<AcceptanceItemView, 'takes'> {
  const takes = timeOf(item.id, of)
  if (!of.hasPlants || takes === null || !isPlant(item.plant)) return {}
  const { untilMs, endMs } = expectedItem(takes, of.nowMs)
  const { of: waitsFor } = drives[item.plant.drive]
  const untilIso = untilMs === null ? null : isoOf(untilMs)
  const minutes = Math.ceil((endMs - of.nowMs) / minuteMs)
  return { takes: { of: waitsFor, minutes, untilIso } }
}

/** The next run of each table, and of all: its length with each fault planted first. */
export function plansOf(session: AcceptanceSession, of: ItemFacts): AcceptanceView['plans'] {
  if (!of.hasPlants) return []
  return [null, ...appendices].map((appendix) => {
    const wanted = wantedItems(session, appendix === null ? {} : { appendix })
    const all = wanted.map((id): DriveTime | null => timeOf(id, of))
    const endMs = expectedEnd(all, of.nowMs)
    return {
      appendix,
      items: wanted.length,
      waits: all.filter((takes) => takes !== null).length,
      minutes: Math.ceil((endMs - of.nowMs) / minuteMs),
      endIso: isoOf(endMs),
    }
  })
}

export function itemView(
  item: AcceptanceItem,
  { results, quirks: on, sessionId }: AcceptanceSession,
  of: ItemFacts,
): AcceptanceItemView {
  const { rules, declaration } = of
  const { id, title, steps, needs } = item
  const result = results[id]
  const finding = result ?? notRun
  const { verdict, words, evidence, failed, warned } = finding
  const simulated = result?.simulated ?? of.simulated
  const said = {
    id,
    clause: clauseOf(id, rules),
    title,
    printed: rules.printed(id) ?? item.printed,
    needs,
    away: notDeclared(item, declaration),
    steps,
    expected: item.expected(rules),
    assumed: item.assumed(rules),
    limits: limitsOf(item, rules),
    altered: alteredWords(rules.altered, id),
    ...takesView(item, of),
  }
  const typed = result?.red ?? null
  const red = typed !== null && isRedKept(of.kept, sessionId, item, typed) ? typed : null
  const two = twoVerdicts(id, finding, on)
  const shown = { verdict, ...two, words, simulated, evidence, failed, warned }
  const skipped = result?.skipped ?? null
  const judgedAtIso = skipped === null ? (result?.atIso ?? null) : null
  const left = skipped === null ? {} : { skipped }
  const next = nextOf(item, finding, judgedAtIso !== null)
  return { ...said, ...shown, next, ...matrixOf(finding), red, ...left, judgedAtIso }
}
