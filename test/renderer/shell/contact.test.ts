// The devices screen at a first contact: what is unknown, what a write would do, no trial; and later
// where the power came from, in both languages.
import { beforeEach, expect, it } from 'vitest'
import type { DeviceSettingsView } from '#devices/calls/settings-views.ts'
import { deviceBackups, deviceSettings } from '../pages/devices/device-views-kit.ts'
import { isoAt } from '../pages/lane/lane-views.ts'
import { all, named, one, openPage, type, wordOf, press, textOf, pass, sign } from '../kit/page.ts'
import type { ScriptedLot } from '../kit/scripted-lot.ts'
import { lotOnFakeTime } from '../kit/fake-time.ts'

let lot: ScriptedLot

/** An antenna that reports no settings and is unknown here. */
const unmet = (): DeviceSettingsView => {
  const whole = deviceSettings({ up: false, identity: null, antennas: [] })
  const settings = whole.settings.map((setting) =>
    setting.mechanical
      ? setting
      : { ...setting, value: null, source: 'nobodyKnows' as const, origin: null },
  )
  return { ...whole, settings, contact: { state: 'asking' } }
}
const withOrigin = (from: 'adopted' | 'default' | 'link'): DeviceSettingsView => {
  const whole = deviceSettings({ contact: { state: 'known' } })
  const settings = whole.settings.map((setting) =>
    setting.id === 'powerStep'
      ? {
          ...setting,
          source: from === 'adopted' ? ('device' as const) : ('lastWritten' as const),
          origin: { from, atIso: isoAt('09:00:00') },
        }
      : setting,
  )
  return { ...whole, settings }
}

beforeEach(() => void (lot = lotOnFakeTime()))

it('asks for the power before anything is written, and writes it without a trial', async () => {
  lot.device = unmet()
  await openPage(lot, '/devices/settings')
  expect(textOf('contact-asks')).toContain(wordOf('contact.asks'))
  expect(textOf('now-powerStep')).toBe('未知')
  expect(document.body.innerText).not.toContain(wordOf('devices.notHeard'))
  await type('input[name="bstIntervalMs"]', '20')
  await pass(200)
  expect(textOf('changes')).toContain(wordOf('contact.needPower'))
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
  await type('input[name="powerStep"]', '12')
  await pass(200)
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(false)
  await press('write')
  expect(one('form.act').innerText).toContain('未知')
  expect(textOf('first-write')).toContain('不试运行')
  expect(all('select[name="trial-sec"]')).toEqual([])
  await sign('装机员')
  expect(lot.sent('device.apply')[0]?.args).toMatchObject({
    wanted: { powerStep: 12, bstIntervalMs: 20 },
    by: '装机员',
  })
})

it.each([
  ['adopted', '取自天线自报', '首次接触时天线自报'],
  ['default', '天线原来的功率没有记录', '常用值，首次接触时写入，之前未知'],
  ['link', '连接设置里写明的值', '连接设置里写明，首次接触时写入'],
] as const)('says of a power that is %s where it came from', async (from, above, beside) => {
  lot.device = withOrigin(from)
  await openPage(lot, '/devices/settings')
  expect(textOf('contact-origin')).toContain(above)
  expect(document.body.innerText).toContain(beside)
})

it('a device whose power a person wrote says nothing of it', async () => {
  lot.device = deviceSettings({ contact: { state: 'known' } })
  await openPage(lot, '/devices/settings')
  expect(all(named('contact-origin'))).toEqual([])
  expect(all(named('contact-asks'))).toEqual([])
})

it('a first write that was kept names no car, and copies of unknown settings say so', async () => {
  lot.device = deviceSettings({
    contact: { state: 'known' },
    last: { end: 'kept', why: 'first contact', atIso: isoAt('10:00:00') },
  })
  const [copy] = deviceBackups
  lot.backups = [
    {
      ...(copy as NonNullable<typeof copy>),
      reason: '现场记录 (first contact, what was before is unknown)',
      by: '装机员',
      settings: {},
      now: {},
    },
    {
      ...(copy as NonNullable<typeof copy>),
      id: '20260313T101502123-002',
      by: 'etc-lane',
      reason: 'first contact wrote power 8, what was before is unknown',
    },
    { ...(copy as NonNullable<typeof copy>), id: 'now-1', reason: '换了电脑 contactUnknown' },
    { ...(copy as NonNullable<typeof copy>), id: 'now-2', reason: 'countedBefore 2009 3000' },
  ]
  await openPage(lot, '/devices/settings')
  expect(textOf('last')).toContain(wordOf('contact.last'))
  expect(document.body.innerText).not.toContain('已读到测试车')
  for (const words of [
    '现场记录 （首次接触，之前未知）',
    '之前的值未知',
    '首次接触：写入功率 8 档',
    '换了电脑 （首次接触',
    '固件 2009 → 3000：换算前',
  ])
    expect(document.body.innerText).toContain(words)
})
