// The schema of a tariff file, version 2: its members, and the checks that look at several of them.
// What the members mean: docs/tariffs.md and ADR 142.
import { rule } from '../../core/values/issue-why.ts'
import { z } from 'zod'
import { bandFault, minuteOf, type BandFault } from '../../core/billing/bands.ts'
import { dayKinds, type TariffPlan } from '../../core/billing/tariff.ts'
import { parseIso } from '../../core/values/instant.ts'
import { plateColours } from '../../core/values/plates/plate.ts'
import {
  freeMinutes,
  graceMinutes,
  periodMinutes,
  stepAmount,
  tariffId,
  words,
} from './tariff-parts.ts'

/** Far more than a board has; a price goes from one to the next, and a refusal names one of them. */
const most = {
  editions: 32,
  plans: 32,
  bands: 24,
  steps: 64,
  blocks: 31,
  packages: 16,
  dates: 2000,
  named: 16,
}

const clockShape = '([01]\\d|2[0-3]):[0-5]\\d'
const clock = z.string().regex(new RegExp(`^${clockShape}$`))
const clockTo = z.string().regex(new RegExp(`^(${clockShape}|24:00)$`))
const isDate = (text: string): boolean => parseIso(`${text}T00:00:00+08:00`) !== null
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDate, rule('没有这一天', 'there is no such date'))
const dates = z.array(date).max(most.dates)
const dayList = z.array(z.enum(dayKinds)).min(1).max(dayKinds.length).optional()
const someNames = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(most.named).optional()

/** `zh`: the same for people who read Chinese; the check of a draft shows it. */
type Issue = (path: readonly PropertyKey[], message: string, zh: string) => void
/** A check over several members, whose refusal names one of them. */
const over =
  <T>(check: (value: T, issue: Issue) => void) =>
  (value: T, context: z.RefinementCtx<T>): void =>
    check(value, (path, message, zh) =>
      context.addIssue({ code: 'custom', path: [...path], message, params: { zh } }),
    )

const step = z.strictObject({
  min: periodMinutes,
  fen: stepAmount,
  times: z.int().min(1).max(10_000).optional().describe('The last step has none'),
})

const band = z
  .strictObject({
    name: words.optional(),
    days: dayList.describe('Absent: every day'),
    from: clock,
    to: clockTo.describe('Not behind `from`: over midnight'),
    steps: z.array(step).min(1).max(most.steps).optional(),
    visitFen: stepAmount.optional().describe('Once for each time that a stay comes into the band'),
    capFen: stepAmount.optional().describe('Most for one unbroken run of the band'),
  })
  .superRefine(
    over(({ from, to, steps, visitFen }, issue) => {
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
  )

const tariffPackage = z
  .strictObject({
    name: words,
    days: dayList.describe('Of the day of the entry'),
    enterFrom: clock,
    enterTo: clockTo,
    leaveAfterDays: z.int().min(0).max(7),
    leaveFrom: clock,
    leaveTo: clockTo,
    fen: stepAmount,
  })
  .superRefine(
    over(({ enterFrom, enterTo, leaveFrom, leaveTo, leaveAfterDays }, issue) => {
      if (minuteOf(enterFrom) >= minuteOf(enterTo))
        issue(['enterTo'], 'not behind enterFrom', '入场的结束时间不晚于开始时间')
      if (minuteOf(leaveFrom) >= minuteOf(leaveTo))
        issue(['leaveTo'], 'not behind leaveFrom', '出场的结束时间不晚于开始时间')
      if (leaveAfterDays === 0 && minuteOf(leaveTo) <= minuteOf(enterFrom))
        issue(['leaveTo'], 'no stay can leave before it enters', '没有车能在入场前离场')
    }),
  )

const when = z
  .strictObject({
    classes: someNames(z.int().min(1).max(99)).describe('Vehicle class as in the OBU'),
    colours: someNames(z.enum(plateColours).exclude(['unknown'])),
    newEnergy: z.boolean().optional().describe('A green or yellow-green plate'),
    areas: someNames(z.string().trim().min(1).max(40)),
  })
  .superRefine(
    over((members, issue) => {
      if (Object.keys(members).length === 0) issue([], 'it asks for nothing', '没有写适用于哪些车')
    }),
  )

const two = (n: number): string => String(n).padStart(2, '0')
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

const dayWords = { workday: '工作日', weekend: '周末', holiday: '节假日' } as const

function bandIssue({ day, fromMin, toMin, bands }: BandFault, issue: Issue): void {
  const minutes = `${clockOf(fromMin)} to ${clockOf(toMin)} on a ${day}`
  const span = `${dayWords[day]} ${clockOf(fromMin)} 到 ${clockOf(toMin)}`
  if (bands === null) issue(['bands'], `no band has ${minutes}`, `${span} 没有时段`)
  else
    issue(
      ['bands', bands[1], 'from'],
      `it overlaps bands/${bands[0]} from ${minutes}`,
      `${span} 与第 ${bands[0] + 1} 个时段重叠`,
    )
}

/** Members that another one gives its meaning. */
function membersTogether(one: Omit<TariffPlan, 'packages' | 'when'>, issue: Issue): void {
  const { stepsRestart, freeEach24h, freeMin, tailMin, first, bands, caps } = one
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
  if (caps.later24hFen !== undefined && caps.day24hFen === undefined)
    issue(['caps', 'later24hFen'], 'only behind day24hFen', '要先写 day24hFen')
}

const plan = z
  .strictObject({
    when: when.optional(),
    freeMin: freeMinutes,
    freeMinutesCounted: z.boolean().describe('Whether a charged stay pays from its entry on'),
    stepsRestart: z
      .enum(['never', 'day', 'run', '24h'])
      .describe('When the steps of a band begin anew; 24h: each 24 h are a stay of their own'),
    freeEach24h: z.boolean().optional().describe('With 24h: whether each has its free minutes'),
    tailMin: freeMinutes
      .optional()
      .describe('What begins no more than this before the exit is not charged'),
    first: z
      .strictObject({ min: periodMinutes, fen: stepAmount })
      .optional()
      .describe('A flat in front of the steps, whatever band it begins in'),
    bands: z.array(band).min(1).max(most.bands),
    caps: z.strictObject({
      stayFen: stepAmount.optional(),
      dayFen: stepAmount.optional().describe('From 00:00 to 24:00'),
      day24hFen: stepAmount.optional().describe('Blocks of 24 h from the entry'),
      later24hFen: z
        .array(stepAmount)
        .min(1)
        .max(most.blocks)
        .optional()
        .describe('Of the second block, the third ...; the last of all further ones'),
    }),
    packages: z.array(tariffPackage).max(most.packages).optional(),
  })
  .superRefine(
    over((one, issue) => {
      const fault = bandFault(one.bands)
      if (fault !== null) bandIssue(fault, issue)
      membersTogether(one, issue)
    }),
  )

const pointsCount = z.int().min(0).max(1_000)
const pointsRules = z.strictObject({
  perYuan: pointsCount.describe('For each whole yuan that was paid'),
  perVisit: pointsCount.describe('For each stay'),
  validDays: z.int().min(1).max(366).describe('After the day on which they were earned'),
  fenPerPoint: z.int().min(1).max(10_000).describe('What one point takes off'),
  stayFenMax: stepAmount.describe('Most that points take off one stay'),
})

const edition = z
  .strictObject({
    validFrom: z.string().optional().describe('ISO 8601 with offset; the first has none'),
    graceAfterPayMin: graceMinutes,
    noEntryFen: stepAmount.optional().describe('a car without an entry record pays it by code'),
    points: pointsRules.optional().describe('What members of the kind `points` earn'),
    plans: z.array(plan).min(1).max(most.plans),
  })
  .superRefine(
    over(({ plans }, issue) => {
      for (const [i, one] of plans.entries())
        if ((one.when === undefined) !== (i + 1 === plans.length))
          issue(
            ['plans', i, 'when'],
            'each plan but the last says when, the last is for everybody',
            '除最后一个方案外都要写适用于哪些车,最后一个适用于所有车',
          )
    }),
  )

export const tariffSchema = z
  .strictObject({
    id: tariffId,
    version: z.literal(2),
    name: words,
    use: z.enum(['commercial', 'nonCommercial']).describe('A non-commercial lot charges nothing'),
    decidedBy: z.enum(['entry', 'exit']).describe('Which instant of a stay picks its edition'),
    days: z.strictObject({ holidays: dates, workdays: dates }),
    editions: z.array(edition).max(most.editions),
  })
  .superRefine(
    over(({ use, days, editions }, issue) => {
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
