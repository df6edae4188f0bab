// Members that a new tariff of a working lot must not change: those that could have priced a stay up to now.
// Prices change by an edition that begins later, never by rewriting one that has begun.
import type { BilingualText } from '#base/pure/faults/faults.ts'
import { instantOfIso, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import type { Tariff, TariffDays } from './tariff.ts'

interface PastChange {
  readonly path: readonly PropertyKey[]
  readonly text: BilingualText
}

const fixed = {
  id: { zh: '收费标准的编号不能改', en: 'The id of a tariff stays' },
  use: { zh: '经营性质在开通时定,不能在这里改', en: 'Commercial or not is decided at set-up' },
  decidedBy: {
    zh: '按入场还是按出场选版本不能改:场内的车会按另一个版本计价',
    en: 'Whether entry or exit picks the edition stays: cars inside would be priced by another one',
  },
} as const satisfies Partial<Record<keyof Tariff, BilingualText>>

const begun = { zh: '已经生效的版本不能改', en: 'An edition that has begun stays as it is' }
const notLater = { zh: '新版本必须从以后的时间起生效', en: 'A new edition begins later than now' }
const pastDay = { zh: '今天和以前的日子不能改', en: 'Today and days before it stay as they are' }

/** The first member that would change the past; null: none. */
export function pastChange(before: Tariff, after: Tariff, nowMs: InstantMs): PastChange | null {
  for (const member of ['id', 'use', 'decidedBy'] as const)
    if (before[member] !== after[member]) return { path: [member], text: fixed[member] }
  return editionChange(before, after, nowMs) ?? dayChange(before.days, after.days, nowMs)
}

const beginsMs = (validFrom: string | undefined): InstantMs =>
  validFrom === undefined ? -Infinity : instantOfIso(validFrom)

function editionChange(before: Tariff, after: Tariff, nowMs: InstantMs): PastChange | null {
  const kept = before.editions.filter(({ validFrom }) => beginsMs(validFrom) <= nowMs)
  for (const [i, edition] of kept.entries())
    if (canonicalJson(after.editions[i]) !== canonicalJson(edition))
      return { path: ['editions', i], text: begun }
  for (const [i, { validFrom }] of after.editions.entries())
    if (i >= kept.length && beginsMs(validFrom) <= nowMs)
      return { path: ['editions', i, 'validFrom'], text: notLater }
  return null
}

function dayChange(before: TariffDays, after: TariffDays, nowMs: InstantMs): PastChange | null {
  const today = isoOf(nowMs).slice(0, 10)
  for (const kind of ['holidays', 'workdays'] as const) {
    const past = (days: TariffDays) => days[kind].filter((date) => date <= today)
    const [was, is] = [past(before), past(after)]
    const other = was.find((date) => !is.includes(date)) ?? is.find((date) => !was.includes(date))
    if (other !== undefined) return { path: ['days', kind], text: pastDay }
  }
  return null
}
