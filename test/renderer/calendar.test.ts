// The calendar of a day field, by keys and by the pointer, and the phrases beside it: what each puts into the field, and
// what the page then asks for. Today is Saturday, 14 March 2026.
import { beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '../../renderer/i18n/index.ts'
import { all, click, fill, named, one, openPage, press, settle } from './page.ts'
import { ScriptedLot, seatOf } from './scripted-lot.ts'

let lot: ScriptedLot
const field = (name: string) => one(`input[name="${name}"]`) as HTMLInputElement
const focused = () => (document.activeElement as HTMLElement).dataset['day']
const month = () => one(named('calendar-month')).textContent
const asked = () => lot.argsOf('report.start').at(-1)

async function key(...keys: readonly string[]): Promise<void> {
  for (const one of keys) {
    const parts = one.split('+')
    const held = { shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt') }
    const init = { key: parts.at(-1) ?? '', ...held, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
    await settle()
  }
}

beforeEach(async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/reports')
  field('from').focus()
})

describe('the calendar', () => {
  it.each([
    [[], '2026-03-14'],
    [['ArrowRight'], '2026-03-15'],
    [['ArrowLeft', 'ArrowLeft'], '2026-03-12'],
    [['ArrowUp', 'ArrowUp'], '2026-02-28'],
    [['ArrowDown'], '2026-03-21'],
    [['Home'], '2026-03-09'],
    [['End'], '2026-03-15'],
    [['End', 'ArrowRight', 'Home'], '2026-03-16'],
    [['PageUp'], '2026-02-14'],
    [['PageDown', 'PageDown'], '2026-05-14'],
    [['Shift+PageUp'], '2025-03-14'],
    [['Shift+PageDown'], '2027-03-14'],
  ] as const)('by %j and Enter takes %s', async (keys, day) => {
    await key('Alt+ArrowDown', ...keys)
    expect(focused()).toBe(day)
    await key('Enter')
    expect(field('from').value).toBe(day)
    expect(asked()).toMatchObject({ from: day })
    expect(all(named('calendar'))).toEqual([])
    expect(document.activeElement).toBe(field('from'))
  })

  it('by Esc stays closed and leaves the day as it was', async () => {
    const before = lot.sent('report.start').length
    await key('Alt+ArrowDown', 'PageDown', 'Escape')
    expect(all(named('calendar'))).toEqual([])
    expect(field('from').value).toBe('2026-03-14')
    expect(document.activeElement).toBe(field('from'))
    expect(lot.sent('report.start')).toHaveLength(before)
  })

  it('opens by its button, and takes the day that is pressed', async () => {
    await press('calendar-open')
    expect(month()).toBe('2026年3月')
    await click(one('[data-day="2026-03-30"]'))
    expect(field('from').value).toBe('2026-03-30')
  })

  it.each([
    ['zh', '2026年3月', '一'],
    ['en', 'March 2026', 'M'],
  ] as const)('in %s names month and weekdays, Monday first', async (language, name, monday) => {
    i18n.global.locale.value = language
    await key('Alt+ArrowDown')
    expect(month()).toBe(name)
    expect(all(`${named('calendar')} th`)[0]?.textContent.trim()).toBe(monday)
    const [first] = all('td')
    expect(first?.dataset['day']).toBe('2026-02-23')
  })

  it('marks today and the day of the field, and one day can be reached by Tab', async () => {
    await fill('from', '2026-03-05')
    field('from').focus()
    await key('Alt+ArrowDown', 'ArrowRight')
    const daysWith = (mark: string) => all(`td${mark}`).map(({ dataset }) => dataset['day'])
    expect(daysWith('[aria-current="date"]')).toEqual(['2026-03-14'])
    expect(daysWith('[aria-selected="true"]')).toEqual(['2026-03-05'])
    expect(daysWith('[tabindex="0"]')).toEqual(['2026-03-06'])
  })

  it('ends at the last day that a field takes', async () => {
    await fill('from', '2099-12-31')
    field('from').focus()
    await key('Alt+ArrowDown', 'ArrowRight', 'PageDown')
    expect(focused()).toBe('2099-12-31')
  })
})

it.each([
  ['week', '2026-03-09', '2026-03-14'],
  ['month', '2026-03-01', '2026-03-14'],
  ['lastMonth', '2026-02-01', '2026-02-28'],
])('the phrase %s makes the report of its days', async (span, from, to) => {
  await press(`span-${span}`)
  expect(asked()).toMatchObject({ from, to })
  expect([field('from').value, field('to').value]).toEqual([from, to])
})

it.each([
  ['monthEnd', '2026-05-20', '2026-05-31'],
  ['oneMonth', '2026-05-20', '2026-06-19'],
  ['oneYear', '2026-05-20', '2027-05-19'],
  // No day: it begins today.
  ['oneMonth', 'soon', '2026-04-13'],
])('the phrase %s ends what begins on %s', async (end, from, until) => {
  lot = new ScriptedLot()
  lot.seat = seatOf('owner')
  await openPage(lot, '/coupons')
  await press('issue')
  await fill('from', from)
  await press(`end-${end}`)
  expect(field('until').value).toBe(until)
})

it('a time of day stays with another day', async () => {
  lot = new ScriptedLot()
  await openPage(lot, '/ledger')
  await fill('from', '2026-03-05 08:30:07')
  field('from').focus()
  await key('Alt+ArrowDown', 'ArrowDown', 'Enter')
  expect(field('from').value).toBe('2026-03-12 08:30:07')
})
