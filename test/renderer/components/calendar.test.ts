// The calendar of a day field, by keys and by the pointer, and the phrases beside it: what each puts into the field, and
// what the page then asks for. Today is Saturday, 14 March 2026.
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp, h, ref, type App } from 'vue'
import { useBoard } from '#renderer/api/board-store.ts'
import DateField from '#renderer/components/forms/DateField.vue'
import { i18n } from '#renderer/i18n/index.ts'
import { boards } from '../pages/lane/lane-views.ts'
import { all, click, fill, named, one, openPage, press, settle } from '../kit/page.ts'
import { ScriptedLot, seatOf } from '../kit/scripted-lot.ts'

let app: App
/** The day of the field. */
const day = ref('')
const field = (name: string) => one(`input[name="${name}"]`) as HTMLInputElement
const focused = () => (document.activeElement as HTMLElement).dataset['day']
const month = () => one(named('calendar-month')).textContent

/** A field that has the focus. */
async function show(value: string, kind: 'day' | 'second' = 'day'): Promise<void> {
  document.body.innerHTML = '<div id="app"></div>'
  i18n.global.locale.value = 'zh'
  day.value = value
  const pinia = createPinia()
  useBoard(pinia).board = boards.normal
  const put = (text: string): string => (day.value = text)
  app = createApp(() =>
    h(DateField, { name: 'day', kind, modelValue: day.value, 'onUpdate:modelValue': put }),
  )
  app.use(pinia).use(i18n).mount('#app')
  await settle()
  field('day').focus()
}

async function key(...keys: readonly string[]): Promise<void> {
  for (const one of keys) {
    const parts = one.split('+')
    const held = { shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt') }
    const init = { key: parts.at(-1) ?? '', ...held, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
    await settle()
  }
}

describe('the calendar', () => {
  beforeEach(() => show('2026-03-14'))
  afterEach(() => app.unmount())

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
  ] as const)('by %j and Enter takes %s', async (keys, taken) => {
    await key('Alt+ArrowDown', ...keys)
    expect(focused()).toBe(taken)
    await key('Enter')
    expect([day.value, field('day').value]).toEqual([taken, taken])
    expect(all(named('calendar'))).toEqual([])
    expect(document.activeElement).toBe(field('day'))
  })

  it('by Esc stays closed and leaves the day as it was', async () => {
    await key('Alt+ArrowDown', 'PageDown', 'Escape')
    expect(all(named('calendar'))).toEqual([])
    expect(field('day').value).toBe('2026-03-14')
    expect(document.activeElement).toBe(field('day'))
    expect(day.value).toBe('2026-03-14')
  })

  it('opens by its button, and takes the day that is pressed', async () => {
    await press('calendar-open')
    expect(month()).toBe('2026年3月')
    await click(one('[data-day="2026-03-30"]'))
    expect(field('day').value).toBe('2026-03-30')
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
    await fill('day', '2026-03-05')
    field('day').focus()
    await key('Alt+ArrowDown', 'ArrowRight')
    const daysWith = (mark: string) => all(`td${mark}`).map(({ dataset }) => dataset['day'])
    expect(daysWith('[aria-current="date"]')).toEqual(['2026-03-14'])
    expect(daysWith('[aria-selected="true"]')).toEqual(['2026-03-05'])
    expect(daysWith('[tabindex="0"]')).toEqual(['2026-03-06'])
  })

  it('ends at the last day that a field takes', async () => {
    await fill('day', '2099-12-31')
    field('day').focus()
    await key('Alt+ArrowDown', 'ArrowRight', 'PageDown')
    expect(focused()).toBe('2099-12-31')
  })

  it('leaves the time of day as it was', async () => {
    app.unmount()
    await show('2026-03-05T08:30:07', 'second')
    await key('Alt+ArrowDown', 'ArrowDown', 'Enter')
    expect(day.value).toBe('2026-03-12T08:30:07')
    expect(field('day').value).toBe('2026-03-12 08:30:07')
  })
})

it.each([
  ['week', '2026-03-09', '2026-03-14'],
  ['month', '2026-03-01', '2026-03-14'],
  ['lastMonth', '2026-02-01', '2026-02-28'],
])('the phrase %s makes the report of its days', async (span, from, to) => {
  const lot = new ScriptedLot()
  await openPage(lot, '/reports')
  await press(`span-${span}`)
  expect(lot.argsOf('report.start').at(-1)).toMatchObject({ from, to })
  expect([field('from').value, field('to').value]).toEqual([from, to])
})

it.each([
  ['monthEnd', '2026-05-20', '2026-05-31'],
  ['oneMonth', '2026-05-20', '2026-06-19'],
  ['oneYear', '2026-05-20', '2027-05-19'],
  // No day: it begins today.
  ['oneMonth', 'soon', '2026-04-13'],
])('the phrase %s ends what begins on %s', async (end, from, until) => {
  const lot = new ScriptedLot()
  lot.seat = seatOf('owner')
  await openPage(lot, '/coupons')
  await press('issue')
  await fill('from', from)
  await press(`end-${end}`)
  expect(field('until').value).toBe(until)
})
