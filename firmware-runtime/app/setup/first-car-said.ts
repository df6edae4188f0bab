// The first car that drove through a lot, for who takes it over: when, by which lanes, what was done and how it was paid,
// from the rows of its stay. Its plate and numbers are masked.
import { actWords } from '../../api/act-words.ts'
import { masked } from '../../core/explain/mask.ts'
import { whyOf } from '../../core/explain/why.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { t } from '../../core/values/fault-text.ts'
import type { BilingualText } from '../../core/faults/faults.ts'
import { fenText } from '../../core/values/fen.ts'
import { plateShown } from '../../core/values/plates/plate.ts'
import type { LedgerReader, StayView } from '../../ports/ledger-reader.ts'
import { laneNames } from '../../core/lot/lane-names.ts'

export interface FirstCarSaid {
  /** It came in by one of the lanes and left by one: a car that was counted out, or never came in, did not. */
  readonly isThrough: boolean
  readonly facts: readonly (readonly [what: BilingualText, value: BilingualText])[]
  /** What happened with it, a sentence each. */
  readonly lines: readonly BilingualText[]
}

/** Cars that stay for days are passed over by those that leave. */
const looked = 200

const isThrough = ({ laneId, exitLaneId, leftAtIso, noEntry }: StayView): boolean =>
  leftAtIso !== null && !noEntry && laneId !== null && exitLaneId !== null

/** The first that drove through; while none has, the first that came. Null: none came. */
export function firstCarSaid(
  reader: Pick<LedgerReader, 'query' | 'timeline'>,
  config: Pick<LotConfig, 'lanes'>,
): FirstCarSaid | null {
  const { rows: stays } = reader.query('stay', { limit: looked })
  const first = stays.find(isThrough) ?? stays[0]
  if (first === undefined) return null
  const rows = reader.timeline(first.stayId)
  const laneName = laneNames(config)
  const { stay, why } = masked({ rows, stay: first, why: whyOf(rows, laneName, actWords) }, [], [])
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
