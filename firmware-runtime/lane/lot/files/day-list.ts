// Imports a published calendar of holidays and of working weekends into a tariff. JSON as in the public lists (`days`
// with `date` and `isOffDay`), or a table of `date,off` or 休, `date,work` or 班.
import type { TariffDaysView } from '#money/calls/tariff-views.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { readCell, rowsOf } from '#base/pure/data/table-rows.ts'
import { remarksOf } from '#base/pure/words/table-remarks.ts'
import { dayOf } from '#base/pure/tables/cells.ts'
import { z } from 'zod'
import type { Tariff, TariffDays } from '#money/pure/billing/tariff.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { checkTariff } from './tariff-file.ts'

const publishedDays = z.object({
  days: z.array(z.object({ date: z.string(), isOffDay: z.boolean() })),
})

interface PublishedDay {
  readonly date: string
  readonly isOffDay: boolean
}

/** Heading above the first date, as in a spreadsheet. */
const titles = /^(date|日期)$/i
const kinds: ReadonlyMap<string, boolean> = new Map([
  ['off', true],
  ['休', true],
  ['work', false],
  ['班', false],
])

function daysOfCsv(text: string, file: string): readonly PublishedDay[] {
  const days: PublishedDay[] = []
  const { daysFrom } = remarksOf(text)
  for (const { line, cells } of rowsOf(text)) {
    const [given = '', kind = ''] = cells.map(readCell)
    if (given.startsWith('#') || (days.length === 0 && titles.test(given))) continue
    const date = dayOf(given, daysFrom)
    const isOffDay = kinds.get(kind)
    if (isOffDay === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(date))
      throw new LaneFault('TARIFF-01', {
        file,
        field: `line ${line}`,
        value: cells.join(',').slice(0, 80),
        note: t(
          '每行一天,例如 2026-10-01,off 或 2026-10-10,work',
          'write one day per line, for example 2026-10-01,off or 2026-10-10,work',
        ),
      })
    days.push({ date, isOffDay })
  }
  return days
}

function daysOf(given: string, file: string): readonly PublishedDay[] {
  const text = given.replace(/^\ufeff/, '')
  if (!text.trimStart().startsWith('{')) return daysOfCsv(text, file)
  const parsed = publishedDays.safeParse(readStrictJson(text, file))
  if (parsed.success) return parsed.data.days
  const [issue] = parsed.error.issues
  const field = `/${(issue?.path ?? []).join('/')}`
  throw new LaneFault('TARIFF-01', {
    file,
    field,
    note: issue === undefined ? t('不是节假日表', 'this is not a calendar') : issueWhy(issue),
  })
}

/** The tariff with these dates: those of the same years are replaced, other years stay. */
export function withDays(tariff: Tariff, text: string, file: string): TariffDaysView {
  const published = daysOf(text, file)
  if (published.length === 0)
    throw new LaneFault('TARIFF-01', {
      file,
      field: '/days',
      note: t('日历里没有日期', 'the calendar has no dates'),
    })
  const years = new Set(published.map(({ date }) => date.slice(0, 4)))
  const merged = (kept: readonly string[], isOffDay: boolean): string[] => {
    const others = kept.filter((date) => !years.has(date.slice(0, 4)))
    const own = published.filter((day) => day.isOffDay === isOffDay).map(({ date }) => date)
    return [...others, ...own].sort()
  }
  const days: TariffDays = {
    holidays: merged(tariff.days.holidays, true),
    workdays: merged(tariff.days.workdays, false),
  }
  const checked = checkTariff({ ...tariff, days }, file)
  const marked = ({ holidays, workdays }: TariffDays): ReadonlySet<string> =>
    new Set([...holidays.map((date) => `${date} off`), ...workdays.map((date) => `${date} work`)])
  const [before, after] = [marked(tariff.days), marked(days)]
  return {
    tariff: checked.tariff,
    added: [...after].filter((one) => !before.has(one)).length,
    removed: [...before].filter((one) => !after.has(one)).length,
  }
}
