// The window as Windows feeds it: ports named COM, folders with drives, shares and backslashes from its dialogs.
// The page runs here; only what reaches it from below is that of Windows.
import { afterEach, expect, it, vi } from 'vitest'
import type { RestoreWish } from '#runtime/api/start.ts'
import { findStates } from '../find/find-views-kit.ts'
import { lotOnFakeTime } from '../../kit/fake-time.ts'
import { click, named, one, openPage, press, submit, textOf, type } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

afterEach(() => vi.unstubAllGlobals())

it.each(['COM3', 'COM12', 'COM256'])(
  'a device at %s is listed, found and connected',
  async (port) => {
    const lot = lotOnFakeTime()
    const seen = JSON.stringify(findStates.normal).replaceAll('/dev/ttyUSB0', port)
    lot.find = JSON.parse(seen) as typeof findStates.normal
    await openPage(lot, '/devices/find')
    const row = textOf(`port-${port}`)
    for (const word of [port, 'generic-bcc · 460800']) expect(row).toContain(word)
    expect(textOf('report')).toContain('FIND-05')
    await click(one(`${named(`port-${port}`)} ${named('connect')}`))
    const link = `serial:${port}?baud=460800&variant=generic-bcc`
    expect(lot.argsOf('find.connect')).toEqual([{ link }])
  },
)

it.each(['D:\\停车 场', '\\\\server\\share\\copies', 'E:\\'])(
  '%s, chosen in a dialog, is named and sent as it is',
  async (dir) => {
    const wishes: RestoreWish[] = []
    vi.stubGlobal('start', {
      choose: () => Promise.resolve({ state: 'noLot', dir }),
      known: () => Promise.resolve([{ dir, name: dir }]),
      restore: (wish: RestoreWish) => {
        wishes.push(wish)
        return Promise.resolve({ ok: false, error: { code: 'COPY-06' } })
      },
    })
    vi.stubGlobal('pick', { path: () => Promise.resolve(dir) })
    const lot = new ScriptedLot()
    lot.refuses('board.get', 'START-01')
    vi.spyOn(lot, 'subscribe').mockReturnValue(() => undefined)
    await openPage(lot, '/lane')
    await press('start-open')
    expect(textOf('no-lot')).toContain(dir)
    await press('start-restore')
    await press('pick-from')
    await press('pick-keyFile')
    await type('[name="by"]', '店主')
    await submit(one(named('restore-form')))
    expect(wishes).toMatchObject([{ from: dir, keyFile: dir }])
  },
)
