// Files and devices beside the lanes in the set-up: files of the platform, the channel file, gateway, printers,
// scanners, limits and clock. Each is part of the same draft; only the disk and the devices are fakes.
import { forgetfulBooms } from '../../../kit/forgetful-booms.ts'
import { beforeEach, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { TryNews, TryTarget } from '#devices/desk/lane/device-try.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { HandClock } from '../../../firmware-runtime/runtime/control/control-kit.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { eventually } from '../../../kit/eventually.ts'
import { all, named, one, type, wordOf, fill, press, textOf, click, pick } from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { seekStates } from '../find/seek-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { openSetup } from './setup-page.ts'

let lot: ScriptedLot
let ports: MemoryPorts
let tell: (news: TryNews) => void
let target: TryTarget | null

async function open(draft: SetupDraft, row = 'charge'): Promise<void> {
  ports = new MemoryPorts(draft)
  const handle = { open: () => undefined, command: () => undefined, close: () => undefined }
  ports.tries = {
    mono: new HandClock(),
    raised: forgetfulBooms(),
    wall: { nowMs: () => 0 },
    open: (asked, said) => {
      target = asked
      tell = said
      return Promise.resolve(handle)
    },
  }
  lot = await openSetup(new SetupService(ports), row)
}
async function tick(name: string): Promise<void> {
  await click(one(`[name="${name}"]`))
}
const draft = (): SetupDraft | null => ports.draft.read()
const isWrong = () => textOf('row-charge').includes('不通过')

const platform = { url: 'https://a.example', caFile: '/c/ca.pem', certDir: '/c', appId: 'GX00012' }
const joined = { ...wholeDraft, charge: { mode: 'card' as const, platform } }
beforeEach(() => open(joined))

it('a form of a platform in which nothing was typed leaves the platform for later, and one with an address does not', async () => {
  closePage()
  await open({ ...wholeDraft, charge: { mode: 'card', platform: 'later' } })
  const [, now] = all('[name="platform"]')
  await click(now)
  expect(draft()?.charge?.platform).toBe('later')
  expect(isWrong()).toBe(false)
  await fill('url', 'https://a.example')
  expect(draft()?.charge?.platform).toMatchObject({ url: 'https://a.example' })
  await fill('url', '')
  expect(draft()?.charge?.platform).toBe('later')
})

it('each file of a platform says whose it is and until when, what is wrong, and where it belongs', async () => {
  closePage()
  await open(joined, 'lot')
  const none = { who: '', certSerial: null, fromIso: null, untilIso: null, fault: null }
  const fault = {
    code: 'CERT-01',
    message: '证书读不懂',
    means: '',
    todo: '',
    field: '',
    value: '',
  }
  ports.filesOf = [
    {
      ...none,
      name: 'client',
      file: '/c/client.pem',
      state: 'soon',
      who: 'GX00012',
      certSerial: '0A0B',
      untilIso: '2026-12-01T00:00:00+08:00',
    },
    { ...none, name: 'key', file: '/c/client.key.pem', state: 'absent', fault },
    { ...none, name: 'platform', file: '/c/platform.pem', state: 'bad', fault },
  ]
  await press('row-charge')
  const said = (name: string): string => textOf(`file-${name}`)
  expect(said('client')).toMatch(/▲ 快到期.*GX00012.*2026-12-01.*0A0B/s)
  expect(said('key')).toMatch(/○ 缺少.*请放到 \/c\/client\.key\.pem/s)
  expect(said('platform')).toMatch(/✕ 不可用.*CERT-01/s)
})

it('a channel file is looked at first and taken over by a press; a slip is refused and changes nothing', async () => {
  ports.channel = JSON.stringify({
    format: 'etc-channel',
    version: 1,
    appId: 'GX_1',
    url: platform.url,
  })
  await type('[name="channelFile"]', '/stick/channel.json')
  await press('look-channel')
  expect(textOf('channel')).toMatch(/SETUP-07/)
  expect(textOf('channel')).toContain('/appId')
  const good = { format: 'etc-channel', version: 1, appId: 'GX00099', url: 'https://b.example' }
  ports.channel = JSON.stringify(good)
  await press('look-channel')
  expect(textOf('changes')).toMatch(/渠道号.*GX00012.*GX00099/s)
  expect(draft()?.charge?.platform).toEqual(platform)
  await press('take-channel')
  const { url, appId } = good
  expect(draft()?.charge?.platform).toEqual({ ...platform, url, appId })
  expect((one('[name="appId"]') as HTMLInputElement).value).toBe('GX00099')
})

it('keeps what is being typed in a field while another one is saved', async () => {
  await tick('gateway-has')
  const merchant = one('[name="gateway-merchantNo"]') as HTMLInputElement
  merchant.value = 'TES'
  merchant.dispatchEvent(new Event('input'))
  await fill('gateway-url', 'https://pay.example.com')
  expect(draft()?.gateway).toMatchObject({ url: 'https://pay.example.com', merchantNo: '' })
  expect(merchant.value).toBe('TES')
  await fill('gateway-merchantNo', 'TEST-MERCHANT')
  expect(draft()?.gateway).toMatchObject({ merchantNo: 'TEST-MERCHANT' })
})

it('a gateway is typed, its key sealed and never shown, and it is asked who it is', async () => {
  await tick('gateway-has')
  expect(textOf('row-charge')).toContain('还缺')
  await fill('gateway-url', 'https://pay.example.com')
  await fill('gateway-merchantNo', 'M1')
  const gateway = {
    url: 'https://pay.example.com',
    merchantNo: 'M1',
    caFile: null,
    secret: 'gateway',
  }
  expect(draft()?.gateway).toEqual(gateway)
  expect(textOf('gateway-key')).toContain('▲')
  await type('[name="gatewayKey"]', 'k1:short')
  await press('keep-gateway-key')
  expect(textOf('part-gateway')).toContain('PAY-01')
  await type('[name="gatewayKey"]', `k1:${'a'.repeat(64)}`)
  await press('keep-gateway-key')
  expect(textOf('gateway-key')).toContain('○')
  expect((one('[name="gatewayKey"]') as HTMLInputElement).value).toBe('')
  expect(JSON.stringify(draft())).not.toContain('aaaa')
  await press('try-look-gateway-gateway')
  expect(target).toMatchObject({ link: gateway.url, gateway })
  tell({ is: 'over', what: 'gateway', isGood: false, note: 'wrongSignature' })
  await eventually(() => textOf('end-gateway-gateway')).toContain('✕')
  expect(textOf('try-gateway-gateway')).toContain(wordOf('setup.tried.why.wrongSignature'))
  await tick('gateway-has')
  expect(draft()?.gateway).toBe(null)
})

it('printers: added, placed, tried, taken out; a wrong address fails the row beside the form', async () => {
  await press('add-printer')
  await press('add-printer')
  expect(draft()?.printers?.map(({ id }) => id)).toEqual(['printer', 'printer-2'])
  await press('remove-printer-2')
  await fill('printer-link', 'usb:1')
  expect(isWrong()).toBe(true)
  await fill('printer-link', 'tcp://192.168.1.60:9100')
  expect(isWrong()).toBe(false)
  for (const [name, value] of [
    ['lanes', 'exit'],
    ['prints', 'always'],
    ['drawer', 'pin2'],
  ] as const) {
    await pick(`[name="printer-${name}"]`, value)
  }
  const own = { id: 'printer', link: 'tcp://192.168.1.60:9100', prints: 'always', plate: 'whole' }
  expect(draft()?.printers).toEqual([{ ...own, lanes: ['exit'], drawer: 'pin2' }])
  await press('try-look-printer-printer')
  tell({ is: 'reached' })
  tell({ is: 'over', what: 'printed', isGood: false, note: 'paperOut' })
  await eventually(() => textOf('end-printer-printer')).toContain(
    wordOf('setup.tried.end.notPrinted'),
  )
  expect(textOf('try-printer-printer')).toContain('没有纸')
  const sign = () => one(`${named('row-charge')} .state`).dataset['sign'] ?? ''
  expect(sign()).toBe('filled')
  expect(textOf('row-charge')).toMatch(/○ 已填，未测试[^]*还没有测试：拓展平台、打印机/)
  await press('try-look-platform-platform')
  tell({ is: 'over', what: 'asked', isGood: true, note: '' })
  await eventually(() => textOf('row-charge')).toMatch(/还没有测试：打印机/)
  await press('try-look-printer-printer')
  tell({ is: 'over', what: 'printed', isGood: true, note: '' })
  await eventually(sign).toBe('passed')
  expect(textOf('row-charge')).toMatch(/✓ 已通过 \d\d:\d\d:\d\d/)
  // The old result disappears during another test, and for another address.
  await press('try-look-printer-printer')
  await eventually(sign).toBe('filled')
  tell({ is: 'over', what: 'printed', isGood: true, note: '' })
  await eventually(sign).toBe('passed')
  await fill('printer-link', 'tcp://192.168.1.61:9100')
  expect(sign()).toBe('filled')
})

it('scanners: one at each exit, tried by a code', async () => {
  await press('add-scanner')
  expect(all(named('add-scanner'))).toEqual([])
  await fill('scanner-link', 'hid:0C2E:0B61')
  expect(draft()?.scanners).toEqual([{ id: 'scanner', link: 'hid:0C2E:0B61', lane: 'exit' }])
  await press('try-look-scanner-scanner')
  tell({ is: 'listening', note: 'hid:0C2E:0B61' })
  tell({ is: 'over', what: 'scanned', isGood: true, note: '134567890123456789' })
  await eventually(() => textOf('end-scanner-scanner')).toContain('✓')
  expect(textOf('try-scanner-scanner')).toContain('134567890123456789')
  await press('remove-scanner')
  expect(draft()?.scanners).toEqual([])
})

it('what hangs on USB is looked for beside the form and picked, not typed', async () => {
  lot.seek = { ...seekStates.quiet, place: 'workbench' }
  await press('add-scanner')
  expect(all('[name="scanner-found"]')).toEqual([])
  lot.seek = { ...seekStates.found, place: 'workbench' }
  await press('seek-scanner')
  const list = one('[name="scanner-found"]') as HTMLSelectElement
  const found = 'evdev:/dev/input/by-id/usb-Maker_1900-event-kbd'
  // A HID keyboard whose link is not a scanner's cannot be chosen.
  expect([...list.options].map(({ value }) => value)).toHaveLength(3)
  await pick('[name="scanner-found"]', found)
  expect(draft()?.scanners).toEqual([{ id: 'scanner', link: found, lane: 'exit' }])
  expect((one('[name="scanner-link"]') as HTMLInputElement).value).toBe(found)
  lot.seek = { ...seekStates.empty, place: 'workbench' }
  await press('seek-scanner')
  expect(textOf('part-scanners')).toContain(wordOf('setup.devices.noneOnUsb.scanner'))
})

it('limits: an empty field is the standard, which is said; beyond its bounds nothing is saved', async () => {
  const said = (): string => one(`${named('part-rules')} summary`).innerText
  expect(said()).toContain(wordOf('setup.rules.standard'))
  await fill('plateMatch.scoreMin', '90')
  await fill('aloneFenMax', '20')
  expect(draft()?.settings).toEqual({ 'plateMatch.scoreMin': 90, aloneFenMax: 2000 })
  expect(said()).toContain('一个人能退或免的最多 ¥ 20.00、自动纠正车牌的最低分 90 分')
  await fill('plateMatch.scoreMin', '60')
  expect(draft()?.settings?.['plateMatch.scoreMin']).toBe(90)
  await fill('plateMatch.scoreMin', '')
  expect(draft()?.settings?.['plateMatch.scoreMin']).toBe(null)
})

it('clock: servers by blanks, a receiver, and whether it may be stepped', async () => {
  closePage()
  await open(joined, 'keep')
  await fill('time-servers', 'ntp.aliyun.com ntp.tencent.com')
  expect(draft()?.time).toEqual({ servers: ['ntp.aliyun.com', 'ntp.tencent.com'] })
  await tick('time-mayStep')
  expect(draft()?.time?.mayStep).toBe(true)
  await fill('time-servers', 'ntp/pool')
  expect(textOf('row-keep')).toContain('不通过')
})

it('copies: a server is taken when a file was written there, a folder when it is named', async () => {
  closePage()
  await open(joined, 'keep')
  await fill('copiesTo', '/media/stick')
  expect(draft()?.keep).toEqual({ to: '/media/stick' })
  await click(one('[name="copiesToKind"][value="server"]'))
  for (const [name, text] of [
    ['serverHost', 'nas'],
    ['serverUser', 'lot'],
    ['serverPath', '/copies'],
  ] as const)
    await fill(name, text)
  const hostKey = `SHA256:${'k'.repeat(43)}`
  ports.server = { hostKey, isWritten: false, roomBytes: null }
  await press('look-server')
  await tick('serverAgreed')
  await fill('serverPassword', 'Simulated 7')
  expect(draft()?.keep?.to).toBe('/media/stick')
  ports.server = { hostKey, isWritten: true, roomBytes: 3 * 2 ** 30 }
  await press('try-server')
  expect(textOf('server-tried')).toContain('3072 MB')
  const to = 'sftp://lot@nas:22/copies'
  expect(draft()?.keep).toEqual({ to, hostKey })
  expect(ports.keys.get('copies')).toBe('Simulated 7')
})

it('a path that was typed gives way to what a channel file says later', async () => {
  const certDir = () => (one('[name="certDir"]') as HTMLInputElement).value
  await fill('certDir', ' /typed ')
  expect([certDir(), draft()?.charge?.platform]).toEqual([
    '/typed',
    { ...platform, certDir: '/typed' },
  ])
  const own = { format: 'etc-channel', version: 1, appId: 'GX00099', url: 'https://b.example' }
  ports.channel = JSON.stringify({ ...own, certDir: '/stick/keys' })
  await type('[name="channelFile"]', '/stick/channel.json')
  await press('look-channel')
  await press('take-channel')
  expect(certDir()).toBe('/stick/keys')
})
