// Sentences for the survey by passages: known figures with their interval, unknown ones with the reason and the advice.
// One place for command, window and report.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { quietDaysPerAlarm, type DriftAnswer } from './drift.ts'
import type { BesideRate, PassingEdge, PassingUnknown } from './estimate.ts'
import type { PassingReview } from './review.ts'

const unknownWords: Readonly<Record<PassingUnknown, BilingualText>> = {
  noLoops: t(
    '车道没有触发线圈和闸下线圈,不知道车在哪里',
    'the lane has no loops at trigger and boom: where its cars are is not known',
  ),
  noMeasures: t(
    '安装位置里没有填触发线圈到道闸的距离和线圈的长度',
    'the distance of the trigger loop from the boom and its length were not entered under "Where devices stand"',
  ),
  noSpeed: t(
    '车辆在线圈之间停车或变速,算不出速度',
    'cars stop or change speed between the loops, which then tell no speed',
  ),
  tooFewPassages: t('过车太少', 'too few passages'),
  insideAtOnce: t(
    '天线一开就有应答:车触发时已在区内,看不到远端',
    'cars answer as soon as the antenna is on: they are inside by then, and its far end is not seen',
  ),
  heardOnce: t(
    '每辆车只应答一次,不知道之后还能否读到',
    'cars answer once only: whether they could be read later on is not known',
  ),
  switchedOff: t(
    '天线在车离开通信区域之前已关闭,看不到近端',
    'the antenna is off before cars leave its zone, and its near end is not seen',
  ),
}

const metres = (mm: number): string => (mm / 1000).toFixed(1)
const place = (mm: number): BilingualText =>
  mm >= 0
    ? t(`道闸前 ${metres(mm)} m`, `${metres(mm)} m before the boom`)
    : t(`道闸后 ${metres(-mm)} m`, `${metres(-mm)} m beyond the boom`)

function edgeWords(edge: PassingEdge, name: BilingualText): BilingualText {
  if (edge.known) {
    const at = place(edge.atMm)
    const [low, high] = [metres(edge.lowMm), metres(edge.highMm)]
    return t(
      `${name.zh}:${at.zh}(95%:${low} 至 ${high} m),${edge.passages} 次过车`,
      `${name.en}: ${at.en} (95 %: ${low} to ${high} m), ${edge.passages} passages`,
    )
  }
  const why = unknownWords[edge.why]
  const least = edge.reachesMm === null ? null : place(edge.reachesMm)
  return t(
    `${name.zh}:不知道。${why.zh}${least === null ? '' : `;至少包括${least.zh}`}`,
    `${name.en}: not known. ${why.en}${least === null ? '' : `; it includes at least ${least.en}`}`,
  )
}

function besideWords(rate: BesideRate): BilingualText {
  const name = t('误读邻道车', 'Reads of cars beside')
  if (!rate.known)
    return t(
      `${name.zh}:不知道。${unknownWords[rate.why].zh}`,
      `${name.en}: not known. ${unknownWords[rate.why].en}`,
    )
  const { perHundred, lowPerHundred: low, highPerHundred: high, reads, unsure } = rate
  return t(
    `${name.zh}:每百次过车 ${perHundred} 次(95%:${low} 至 ${high}),共 ${reads} 次;另有 ${unsure} 次分不清是否本道车`,
    `${name.en}: ${perHundred} of a hundred passages (95 %: ${low} to ${high}), ${reads} in all; of ${unsure} more nobody can say whose they were`,
  )
}

function driftWords(drift: DriftAnswer | null, days: number): BilingualText {
  if (drift === null) return t('不与基准期比较', 'Not compared with a reference')
  if (!drift.known)
    return drift.why === 'noReference'
      ? t(
          `还没有基准:需要 ${drift.needed} 次可用过车,已有 ${drift.passages} 次`,
          `No reference yet: it needs ${drift.needed} usable passages and has ${drift.passages}`,
        )
      : t(
          `最近的过车还不够比较:需要 ${drift.needed} 次,已有 ${drift.passages} 次`,
          `Too few passages to compare: it needs ${drift.needed} and has ${drift.passages}`,
        )
  if (drift.alarms.length > 0) {
    const codes = drift.alarms.map(({ code }) => code).join(', ')
    return t(
      `与 ${days} 天基准不同:${codes}`,
      `Differs from the ${days} days of reference: ${codes}`,
    )
  }
  return t(
    `与 ${days} 天基准没有差别(正常日误报不超过 ${quietDaysPerAlarm} 天一次)`,
    `As in the ${days} days of reference (at most one quiet day in ${quietDaysPerAlarm} raises an alarm)`,
  )
}

export interface PassingWords {
  readonly entry: BilingualText
  readonly exit: BilingualText
  readonly beside: BilingualText
  readonly drift: BilingualText
}

export const passingWords = ({ estimate, drift, referenceDays }: PassingReview): PassingWords => ({
  entry: edgeWords(estimate.entry, t('通信区域远端', 'Far end of the zone')),
  exit: edgeWords(estimate.exit, t('通信区域近端', 'Near end of the zone')),
  beside: besideWords(estimate.beside),
  drift: driftWords(drift, referenceDays.length),
})
