// The page of reports: made when it opens, another kind and other days, progress and stop, open items, and the
// file from the runtime.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '#renderer/i18n/index.ts'
import { all, named as test, one, openPage, settle, type, press } from '../../kit/page.ts'
import { reportRun } from './report-view.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

let lot: ScriptedLot
beforeEach(() => void (lot = new ScriptedLot()))
afterEach(() => {
  i18n.global.locale.value = 'zh'
  vi.restoreAllMocks()
})
const open = async (data: unknown = reportRun): Promise<void> => {
  lot.answers('report.start', data)
  await openPage(lot, '/reports')
}
const text = (name: string): string => one(test(name)).textContent
const asked = (name: string) => lot.sent(name)

describe('a report', () => {
  it('is that of today when the page opens, with its sums and what is open', async () => {
    await open()
    expect(asked('report.start')[0]?.args).toMatchObject({ kind: 'day', language: 'zh' })
    expect(text('table-收费')).toContain('¥ 1152.00')
    expect(text('notices')).toContain('! 未结束')
    expect(text('facts')).toContain('ab'.repeat(32))
    // Times are in the lot's zone, even on a machine in another zone.
    expect(text('table-按日')).toContain('2026-03-14')
    expect(text('table-按日')).toContain('2026-03-14 23:30:00')
  })

  it('is made anew for another kind; a month begins with its first day', async () => {
    await open()
    await type('[name="from"]', '2026-03-14')
    one('[name="from"]').dispatchEvent(new Event('change'))
    await type('[name="to"]', '2026-03-14')
    const kind = one('[name="kind"]') as HTMLSelectElement
    kind.selectedIndex = 2
    kind.dispatchEvent(new Event('change'))
    await settle()
    const args = { kind: 'month', from: '2026-03-01', to: '2026-03-14', language: 'zh' }
    expect(asked('report.start').at(-1)?.args).toEqual(args)
  })

  it('has what is made by itself below it: when, where, and the last one', async () => {
    const at = { at: '06:30', to: '/media/nas', formats: ['pdf', 'xlsx'] } as const
    const last = {
      period: '2026-03-13',
      edition: 2,
      isOpen: true,
      atIso: '2026-03-14T06:30:05+08:00',
    }
    lot.plans = [
      { report: 'day', every: 'day', ...at, last },
      { report: 'tariff', every: 'month', ...at, last: null },
    ]
    await open()
    expect(text('plans')).toContain('日报表 PDF XLSX每天 06:30/media/nas')
    expect(text('plans')).toMatch(/2026-03-13\s*第 2 版\s*· 2026-03-14 06:30:05\s*▲ 数字可能还会变/)
    expect(text('plans')).toMatch(/每月 1 日 06:30\/media\/nas\s*还没有生成过/)
  })

  it('has no such list where nothing is scheduled', async () => {
    await open()
    expect(all(test('plans'))).toEqual([])
  })

  it('says how far it is, and stops', async () => {
    await open({ ...reportRun, state: 'running', done: 12, of: 31, sheet: null })
    expect(text('progress')).toContain('12 / 31')
    expect(all(test('save-pdf'))[0]?.hasAttribute('disabled')).toBe(true)
    const stopped = { ...reportRun, state: 'stopped', sheet: null }
    lot.answers('report.stop', stopped)
    await press('stop')
    expect(asked('report.stop')[0]?.args).toEqual({ reportId: 'r1' })
    expect(text('none')).toContain('已停止')
  })

  it('tells why there is none', async () => {
    const error = { code: 'ARG-01', message: 'x', means: 'm', todo: 't', field: '/to', value: '' }
    lot.replies.set('report.start', { ok: false, error })
    await openPage(lot, '/reports')
    expect(document.body.textContent).toContain('ARG-01')
    expect(all(test('table-收费'))).toHaveLength(0)
    // An earlier report must not be shown or saved as the answer to a refused request.
    lot.replies.delete('report.start')
    i18n.global.locale.value = 'en'
    await settle()
    expect(asked('report.start').at(-1)?.args).toMatchObject({ language: 'en' })
    expect(all(test('table-收费'))).toHaveLength(1)
    lot.replies.set('report.start', { ok: false, error })
    one('[name="kind"]').dispatchEvent(new Event('change'))
    await settle()
    expect(all(test('table-收费'))).toHaveLength(0)
    expect((one(test('save-pdf')) as HTMLButtonElement).disabled).toBe(true)
  })

  it('is saved as the file of the runtime, under its name', async () => {
    await open()
    const names: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download)
    })
    for (const format of ['pdf', 'xlsx', 'csv']) {
      const data = { fileName: `day-2026-03-14.${format}`, mime: 'x/y', base64: 'eA==' }
      lot.answers('report.file', data)
      await press(`save-${format}`)
    }
    expect(names).toEqual(['pdf', 'xlsx', 'csv'].map((format) => `day-2026-03-14.${format}`))
    expect(asked('report.file')[1]?.args).toEqual({ reportId: 'r1', format: 'xlsx' })
    expect(text('saved')).toContain('day-2026-03-14.csv')
  })
})
