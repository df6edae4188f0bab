// The first car that drove through a lot, for the hand-over: time, lanes, steps and payment, from the rows of its stay.
// Plate and numbers are masked.
import { actWords } from '#runtime/api/act-words.ts'
import { masked } from '#base/pure/words/mask.ts'
import { whyOf } from '../../pure/explain/why.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import type { LedgerReader, StayView } from '#ledger/ports/ledger-reader.ts'
import { laneNames } from '../../pure/lot/lane-names.ts'

export interface FirstCarSaid {
  /** It entered and left through a lane: a car that was counted out, or never entered, did not. */
  readonly isThrough: boolean
  readonly facts: readonly (readonly [what: BilingualText, value: BilingualText])[]
  /** Events of its stay, one sentence each. */
  readonly lines: readonly BilingualText[]
}

/** Number of stays that are searched, so that cars that stay for days do not hide those that left. */
const looked = 200

const isThrough = ({ laneId, exitLaneId, leftAtIso, noEntry }: StayView): boolean =>
  leftAtIso !== null && !noEntry && laneId !== null && exitLaneId !== null

/** The first car that drove through; without one, the first that entered. Null: no car yet. */
export function firstCarSaid(
  reader: Pick<LedgerReader, 'query' | 'timeline'>,
  config: Pick<LotConfig, 'lanes'>,
): FirstCarSaid | null {
  const { rows: stays } = reader.query('stay', { limit: looked })
  const first = stays.find(isThrough) ?? stays[0]
  if (first === undefined) return null
  const rows = reader.timeline(first.stayId)
  const laneName = laneNames(config)
  const { stay, why } = masked(
    { rows, stay: first, why: whyOf(rows, laneName, actWords) },
    [],
    [],
    'X',
  )
  const { enteredAtIso, leftAtIso, laneId, exitLaneId, amountFen, plate } = stay
  const at = (iso: string, lane: string | null): BilingualText => {
    const time = iso.slice(0, 19).replace('T', ' ')
    const { zh, en } = laneName(lane ?? '')
    return t(`${time} ${zh}`, `${time} ${en}`)
  }
  const inside = t('还没有出场', 'It has not left yet')
  const shown = plate === null ? t('没有车牌', 'no plate') : t(plateShown(plate), plateShown(plate))
  const cost =
    amountFen === null ? t('还没有', 'not yet') : t(fenText(amountFen), fenText(amountFen))
  return {
    isThrough: isThrough(first),
    facts: [
      [t('车牌', 'Plate'), shown],
      [t('入场', 'Came in'), at(enteredAtIso, laneId)],
      [t('出场', 'Left'), leftAtIso === null ? inside : at(leftAtIso, exitLaneId)],
      [t('应收', 'To pay'), cost],
    ],
    lines: why.flatMap(({ title, lines }) =>
      lines.map(({ zh, en }) => t(`${title.zh}:${zh}`, `${title.en}: ${en}`)),
    ),
  }
}
