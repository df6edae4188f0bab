// The further platforms in the set-up: the operator's, the ETC operator's, and the reservation platform;
// the cipher suite of each connection. Draft and verdicts are real; only disk and links are in memory.
import { forgetfulBooms } from '../../../kit/forgetful-booms.ts'
import { beforeEach, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { TryNews, TryTarget } from '#devices/desk/lane/device-try.ts'
import { draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { present } from '#base/pure/values/must.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { HandClock } from '../../../firmware-runtime/runtime/control/control-kit.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { eventually } from '../../../kit/eventually.ts'
import {
  all,
  named,
  one,
  settle,
  type,
  wordOf,
  fill,
  press,
  textOf,
  click,
  pick,
} from '../../kit/page.ts'
import { runningSettings } from './setup-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { openSetup } from './setup-page.ts'

let ports: MemoryPorts
let tell: (news: TryNews) => void
let target: TryTarget | null = null

async function show(setup: SetupService): Promise<void> {
  await openSetup(setup, 'charge')
}
async function open(draft: SetupDraft): Promise<void> {
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
  await show(new SetupService(ports))
}
const choose = (name: string, value: string): Promise<void> => pick(`[name="${name}"]`, value)
async function tick(name: string, value?: string): Promise<void> {
  await click(one(`[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`))
}
const draft = (): SetupDraft => present(ports.draft.read(), 'a draft')
const row = (): string => textOf('row-charge')
const saidOf = (part: string): string => one(`${named(`part-${part}`)} summary`).innerText

const platform = { url: 'https://a.example', caFile: '/c/ca.pem', certDir: '/c', appId: 'GX00012' }
const joined = { ...wholeDraft, charge: { mode: 'card' as const, platform } }
const channel = { url: 'https://b.example', appId: 'OP1', certDir: '/o', caFile: '/o/ca.pem' }
async function fillChannel(of: string): Promise<void> {
  for (const [name, text] of Object.entries(channel)) await fill(`${of}-${name}`, text)
}

beforeEach(() => open(joined))

it("the operator's platform: what is missing is named, nothing of it counts before it is whole, and it is in the lot file", async () => {
  expect(saidOf('operator')).toContain(wordOf('setup.operator.none'))
  await tick('operator-has')
  expect(row()).toContain('运营服务商平台地址、运营服务商平台根证书文件')
  await fill('operator-url', channel.url)
  expect(row()).not.toContain('运营服务商平台地址')
  expect(new SetupService(ports).preview().changes.map(({ what }) => what.zh)).not.toContain(
    '运营服务商平台地址',
  )
  await fillChannel('operator')
  expect(row()).toContain('已填')
  expect(draft().operator).toEqual(channel)
  await fill('operator-pacePerMin', '600')
  await choose('operator-suite', 'RSA_AES')
  await tick('operator-encryptVehicleIds')
  const own = { ...channel, pacePerMin: 600, suite: 'RSA_AES', encryptVehicleIds: true }
  expect(draft().operator).toEqual(own)
  // Each kind of record has its own tick; without any choice all are ticked.
  await tick('operator-records', 'shift')
  const told = ['entry', 'entry-plate', 'exit', 'exit-plate', 'monitoring']
  expect(draft().operator).toEqual({ ...own, records: told })
  await tick('operator-records', 'shift')
  await tick('records', 'exit-plate')
  const preview = new SetupService(ports).preview()
  new SetupService(ports).begin(preview.digest, { by: 'test', reason: '' })
  const made = present(ports.files.at(-1), 'a lot file').config
  expect(made).toMatchObject({ operator: own, platform: { records: ['exit', 'monitoring'] } })
  // The forms of the running lot show the same and change nothing.
  expect(draftOfLot({ config: made, tariff: {} as never })).toMatchObject({
    operator: own,
    etcOperator: null,
    reservation: null,
  })
  await tick('operator-has')
  expect(draft().operator).toBe(null)
})

it('a platform by authorisation code is asked for no certificates, and its code has a place', async () => {
  const byCode = { province: '98', name: { zh: '虚构', en: 'Made-up' }, needs: ['code' as const] }
  Object.assign(ports, { provinces: [...ports.provinces, { ...byCode, destinations: [] }] })
  await tick('operator-has')
  expect(all('[name="operator-certDir"]')).toHaveLength(1)
  expect(all(named('code-operator'))).toHaveLength(0)
  await fill('operator-province', '98')
  expect(all('[name="operator-certDir"]')).toHaveLength(0)
  expect(textOf('code-operator')).toContain('/keys/operator/access.code')
  const { certDir, ...own } = channel
  for (const [name, text] of Object.entries(own)) await fill(`operator-${name}`, text)
  expect(draft().operator).toEqual({ ...own, province: '98' })
  expect(row()).toContain('已填')
  // Another province requires them again.
  await fill('operator-province', '45')
  expect(row()).toContain('运营服务商平台的证书文件夹')
  await fill('operator-certDir', certDir)
  expect(draft().operator).toEqual({ ...channel, province: '45' })
})

it('a switch is one component: its title first, its reason under it, and none where it has none', async () => {
  const line = (name: string) => present(one(`[name="${name}"]`).closest('label'), 'a label')
  await tick('operator-has')
  for (const name of ['operator-has', 'reservation-has']) {
    const [title, why] = ['strong', 'small.under'].map((of) => line(name).querySelector(of))
    expect(title?.textContent).toMatch(/./u)
    expect(why?.textContent).toMatch(/./u)
  }
  expect(line('gateway-has').querySelector('small')).toBe(null)
  const forms = import.meta.glob('../../../../renderer/pages/setup/**/*.vue', {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const own = Object.entries(forms).filter(([, text]) => String(text).includes('type="checkbox"'))
  expect(own.map(([file]) => file)).toEqual([])
})

it('a wrong address fails the row and names its field, in both languages', async () => {
  await tick('etcOperator-has')
  await fillChannel('etcOperator')
  expect(draft().etcOperator).toEqual(channel)
  expect(all('[name="etcOperator-pacePerMin"]')).toEqual([])
  await fill('etcOperator-url', 'http://b.example')
  expect(row()).toContain('不通过')
  expect(one('.form').innerText).toContain('/etcOperator/url')
  i18n.global.locale.value = 'en'
  try {
    await settle()
    expect(saidOf('etcOperator')).toContain("ETC operator's platform")
    expect(one('.form').innerText).toContain('/etcOperator/url')
  } finally {
    i18n.global.locale.value = 'zh'
  }
})

it('only a province that knows them asks for them; one that is there stays to be taken out', async () => {
  closePage()
  const liaoning = { ...wholeDraft.lot, provinceCode: '2101' }
  await open({ ...joined, lot: liaoning })
  expect(all(named('part-operator'))).toEqual([])
  expect(all(named('part-etcOperator'))).toEqual([])
  expect(all(named('part-reservation'))).toHaveLength(1)
  closePage()
  await open({ ...joined, lot: liaoning, operator: channel })
  expect(all(named('part-operator'))).toHaveLength(1)
})

it('a platform is asked now: what it does not take is told beside the button', async () => {
  closePage()
  await open({ ...joined, etcOperator: channel })
  await press('try-look-platform-platform')
  expect(target).toMatchObject({ device: 'platform', link: platform.url, channel: platform })
  tell({ is: 'reached' })
  tell({ is: 'over', what: 'asked', isGood: false, note: 'unknownCertificate' })
  await eventually(() => textOf('end-platform-platform')).toContain('✕')
  expect(textOf('try-platform-platform')).toContain(wordOf('setup.tried.why.unknownCertificate'))
  await press('try-look-etcOperator-etcOperator')
  expect(target).toMatchObject({ channel, provinceCode: '4501' })
  tell({ is: 'over', what: 'asked', isGood: true, note: 'GM' })
  await eventually(() => textOf('end-etcOperator-etcOperator')).toContain('✓')
})

it('the suite of the expansion platform, and whether vehicle numbers go sealed: what nobody chose is not said', async () => {
  expect((one('[name="suite"]') as HTMLSelectElement).value).toBe('GM')
  await choose('suite', 'RSA_AES')
  expect(draft().charge?.platform).toEqual({ ...platform, suite: 'RSA_AES' })
  await choose('suite', 'GM')
  expect(draft().charge?.platform).toEqual(platform)
  await tick('encryptVehicleIds')
  expect(draft().charge?.platform).toMatchObject({ encryptVehicleIds: true })
})

it('reservations: both addresses, who the lot is there, how many bays; the key is sealed and never shown', async () => {
  expect(saidOf('reservation')).toContain('不收预约')
  await tick('reservation-has')
  expect(row()).toContain('预约平台 MQTT 地址')
  for (const [name, text] of [
    ['broker', 'mqtt://park.example:1883'],
    ['appId', 'sz-1'],
    ['parkCode', '4403000001'],
  ] as const)
    await fill(`reservation-${name}`, text)
  // A network address without TLS.
  expect(row()).toContain('不通过')
  expect(one('.form').innerText).toContain('/reservation/broker')
  await fill('reservation-broker', 'mqtts://park.example:8883')
  await fill('reservation-url', 'https://park.example')
  await fill('reservation-spaces', '61')
  expect(draft().reservation?.spaces).toBe(0)
  await fill('reservation-spaces', '12')
  expect(row()).toContain('已填')
  const reservation = {
    broker: 'mqtts://park.example:8883',
    url: 'https://park.example',
    appId: 'sz-1',
    parkCode: '4403000001',
    caFile: null,
    spaces: 12,
    secret: 'reservation',
  }
  expect(draft().reservation).toEqual(reservation)
  expect(textOf('reservation-key')).toContain('▲')
  await type('[name="reservationKey"]', 'made-up-for-a-test')
  await press('keep-reservation-key')
  expect(textOf('reservation-key')).toContain('○')
  expect((one('[name="reservationKey"]') as HTMLInputElement).value).toBe('')
  expect(ports.keys.get('reservation')).toBe('made-up-for-a-test')
  expect(JSON.stringify(draft())).not.toContain('made-up')
  await press('try-look-reservation-reservation')
  expect(target).toMatchObject({ link: reservation.broker, reservation })
  tell({ is: 'over', what: 'asked', isGood: false, note: 'wrongSignature' })
  await eventually(() => textOf('try-reservation-reservation')).toContain(
    wordOf('setup.tried.why.wrongSignature'),
  )
})

it('a lot that runs is changed by the same form', async () => {
  closePage()
  const setup = runningSettings()
  await show(setup)
  await tick('operator-has')
  await fillChannel('operator')
  expect(setup.get().draft.operator).toEqual(channel)
  expect(setup.preview().changes.map(({ what }) => what.zh)).toContain('运营服务商平台地址')
})
