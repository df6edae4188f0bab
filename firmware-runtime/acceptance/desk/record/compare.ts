// Compares two acceptance runs, of two lots or two times: program, rule pack, and the items whose verdicts differ.
import type { Verdict } from '../../pure/item.ts'
import { itemIds, type ItemId } from '../../pure/items/ids.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { AcceptanceSession } from '../service/session.ts'
import type { AcceptRecord } from './record.ts'

interface RunItem {
  readonly verdict: Verdict
  readonly words: BilingualText
  readonly simulated: boolean
}

export interface ComparedRun {
  readonly sessionId: string | null
  /** Null for a run of an older version, which did not record it. */
  readonly lotId: string | null
  readonly program: string | null
  readonly pack: string | null
  readonly fromIso: string | null
  /** Absent: the item was not run. */
  readonly items: Readonly<Partial<Record<ItemId, RunItem>>>
}

export const runOfSession = (session: AcceptanceSession): ComparedRun => ({
  sessionId: session.sessionId,
  lotId: session.made?.lotId ?? null,
  program: session.made?.program ?? null,
  pack: session.made?.pack.digest ?? null,
  fromIso: session.fromMs === null ? null : isoOf(session.fromMs),
  items: session.results,
})

export const runOfRecord = ({ head, items }: AcceptRecord): ComparedRun => ({
  sessionId: head.sessionId,
  lotId: head.lotId,
  program: head.program,
  pack: head.pack.digest,
  fromIso: head.fromIso,
  items: Object.fromEntries(
    items.flatMap(({ id, verdict, words, simulated, judgedAtIso }) =>
      judgedAtIso === null ? [] : [[id, { verdict, words, simulated }]],
    ),
  ),
})

const shown = (item: RunItem | undefined): RunItem | null =>
  item === undefined
    ? null
    : { verdict: item.verdict, words: item.words, simulated: item.simulated }

export function compareRuns(a: ComparedRun, b: ComparedRun) {
  const { items: ofA, ...headA } = a
  const { items: ofB, ...headB } = b
  const differing = itemIds.filter(
    (id) => ofA[id]?.verdict !== ofB[id]?.verdict || ofA[id]?.simulated !== ofB[id]?.simulated,
  )
  return {
    a: headA,
    b: headB,
    same: itemIds.length - differing.length,
    differs: differing.map((id) => ({ id, a: shown(ofA[id]), b: shown(ofB[id]) })),
  }
}
