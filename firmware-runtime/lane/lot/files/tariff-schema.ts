// The schema of a tariff file, version 2, made from its rows (money/pure/billing/tariff-members.ts), with checks over several
// members. Their meaning: docs/tariffs.md and ADR 142.
import type { z } from 'zod'
import { fileSchema, type RowChecks } from '../../calls/member-schema.ts'
import { bandFault, minuteOf, type BandFault } from '#money/pure/billing/bands.ts'
import {
  bandRow,
  dayWords,
  editionRow,
  holidayRow,
  packageRow,
  planRow,
  tariffMembers,
  whenRow,
  workdayRow,
} from '#money/pure/billing/tariff-members.ts'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { Member, ValueOf } from '#base/pure/lot/member.ts'

/** `zh`: the Chinese text; the check of a draft shows it. */
type Issue = (path: readonly PropertyKey[], message: string, zh: string) => void
/** A check over several members, whose refusal names one of them. */
const over =
  <T>(check: (value: T, issue: Issue) => void) =>
  (value: T, context: z.RefinementCtx<T>): void =>
    check(value, (path, message, zh) =>
      context.addIssue({ code: 'custom', path: [...path], message, params: { zh } }),
    )
const of = <const M extends Member>(row: M, check: (value: ValueOf<M>, issue: Issue) => void) =>
  [row, over(check)] as const

const isDate = (text: string, issue: Issue): void => {
  if (parseIso(`${text}T00:00:00+08:00`) === null) issue([], 'there is no such date', '没有这一天')
}

const two = (n: number): string => String(n).padStart(2, '0')
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

function bandIssue({ day, fromMin, toMin, bands }: BandFault, issue: Issue): void {
  const minutes = `${clockOf(fromMin)} to ${clockOf(toMin)} on a ${day}`
  const span = `${dayWords[day].zh} ${clockOf(fromMin)} 到 ${clockOf(toMin)}`
  if (bands === null) issue(['bands'], `no band has ${minutes}`, `${span} 没有时段`)
  else
    issue(
      ['bands', bands[1], 'from'],
      `it overlaps bands/${bands[0]} from ${minutes}`,
      `${span} 与第 ${bands[0] + 1} 个时段重叠`,
    )
}

function dayVisitsTogether(
  { freeEach24h, caps }: Pick<TariffPlan, 'freeEach24h' | 'caps'>,
  { free, capTogether }: NonNullable<TariffPlan['dayVisits']>,
  issue: Issue,
): void {
  if (free === 'each' && !capTogether)
    issue(
      ['dayVisits', 'free'],
      'neither free time nor cap is for several stays',
      '免费时长和封顶都不合计,这一项没有作用',
    )
  if (free !== 'each' && freeEach24h === true)
    issue(
      ['dayVisits', 'free'],
      'not together with freeEach24h',
      '不能同时写每 24 小时都有免费时长(freeEach24h)',
    )
  if (capTogether && caps.dayFen === undefined)
    issue(['dayVisits', 'capTogether'], 'only where caps has dayFen', '要先写每天最多(caps.dayFen)')
}

/** Members whose meaning depends on another one. */
function membersTogether(one: Omit<TariffPlan, 'packages' | 'when'>, issue: Issue): void {
  const { stepsRestart, freeEach24h, freeMin, tailMin, first, bands, caps } = one
  const { wholePeriods, dayVisits } = one
  if (freeEach24h !== undefined && stepsRestart !== '24h')
    issue(['freeEach24h'], 'only where stepsRestart is 24h', '只有 stepsRestart 为 24h 时才能写')
  if (freeEach24h === true && freeMin >= 1440)
    issue(['freeEach24h'], 'each 24 h would be free', '每个 24 小时都会全部免费')
  const shortest = Math.min(...bands.flatMap(({ steps = [] }) => steps.map(({ min }) => min)))
  if (tailMin !== undefined && tailMin >= Math.min(shortest, first?.min ?? Infinity))
    issue(
      ['tailMin'],
      'not shorter than the shortest period: its last one would never be charged',
      '不短于最短的时段:最后一个时段将从不收费',
    )
  if (tailMin !== undefined && wholePeriods === true)
    issue(
      ['tailMin'],
      'wholePeriods leaves every cut period out already',
      '已写不满一个时段不收费(wholePeriods),不能再写最后不计的时长',
    )
  if (dayVisits !== undefined) dayVisitsTogether(one, dayVisits, issue)
  if (caps.later24hFen !== undefined && caps.day24hFen === undefined)
    issue(['caps', 'later24hFen'], 'only behind day24hFen', '要先写 day24hFen')
}

const checks: RowChecks = new Map<Member, (value: never, context: z.RefinementCtx<never>) => void>([
  of(holidayRow, isDate),
  of(workdayRow, isDate),
  of(bandRow, ({ from, to, steps, visitFen }, issue) => {
    if (from === to)
      issue(
        ['to'],
        'a band of no length; the whole day is 00:00 to 24:00',
        '时段没有长度;全天写 00:00 到 24:00',
      )
    if ((steps === undefined) === (visitFen === undefined))
      issue(
        [steps === undefined ? 'steps' : 'visitFen'],
        'a band has either steps or visitFen',
        '一个时段按时长收费或按次收费,只能选一种',
      )
    for (const [i, { times }] of (steps ?? []).entries())
      if ((times === undefined) !== (i + 1 === steps?.length))
        issue(
          ['steps', i, 'times'],
          'each step but the last has times',
          '除最后一档外,每一档都要写有几次',
        )
  }),
  of(packageRow, ({ enterFrom, enterTo, leaveFrom, leaveTo, leaveAfterDays }, issue) => {
    if (minuteOf(enterFrom) >= minuteOf(enterTo))
      issue(['enterTo'], 'not behind enterFrom', '入场的结束时间不晚于开始时间')
    if (minuteOf(leaveFrom) >= minuteOf(leaveTo))
      issue(['leaveTo'], 'not behind leaveFrom', '出场的结束时间不晚于开始时间')
    if (leaveAfterDays === 0 && minuteOf(leaveTo) <= minuteOf(enterFrom))
      issue(['leaveTo'], 'no stay can leave before it enters', '没有车能在入场前离场')
  }),
  of(whenRow, (members, issue) => {
    if (Object.keys(members).length === 0) issue([], 'it asks for nothing', '没有写适用于哪些车')
  }),
  of(planRow, (one, issue) => {
    const fault = bandFault(one.bands)
    if (fault !== null) bandIssue(fault, issue)
    membersTogether(one, issue)
  }),
  of(editionRow, ({ plans }, issue) => {
    for (const [i, one] of plans.entries())
      if ((one.when === undefined) !== (i + 1 === plans.length))
        issue(
          ['plans', i, 'when'],
          'each plan but the last says when, the last is for everybody',
          '除最后一个方案外都要写适用于哪些车,最后一个适用于所有车',
        )
  }),
])

export const tariffSchema = fileSchema(tariffMembers, checks)
  .superRefine(
    over<Tariff>(({ use, days, editions }, issue) => {
      const seen = new Set<string>()
      for (const kind of ['holidays', 'workdays'] as const)
        for (const [i, text] of days[kind].entries()) {
          if (seen.has(text)) issue(['days', kind, i], 'the date is there twice', '日期重复')
          seen.add(text)
        }
      if ((use === 'commercial') !== editions.length > 0)
        issue(
          ['editions'],
          'a commercial lot has editions, a non-commercial one has none',
          '经营性停车场至少要有一个版本,非经营性的没有版本',
        )
      let beforeMs = -Infinity
      for (const [i, { validFrom }] of editions.entries()) {
        if ((validFrom === undefined) !== (i === 0))
          return issue(
            ['editions', i, 'validFrom'],
            'each edition but the first has validFrom',
            '除第一个版本外都要写从何时起生效',
          )
        if (validFrom === undefined) continue
        const atMs = parseIso(validFrom)
        if (atMs === null)
          return issue(
            ['editions', i, 'validFrom'],
            'not a time such as 2027-01-01T00:00:00+08:00',
            '要写时间,例如 2027-01-01T00:00:00+08:00',
          )
        if (atMs <= beforeMs)
          return issue(
            ['editions', i, 'validFrom'],
            'not behind that of the edition before',
            '不晚于前一个版本的生效时间',
          )
        beforeMs = atMs
      }
    }),
  )
  .meta({ title: 'Tariff of a car park', description: 'Money is integer fen, times are +08:00.' })
