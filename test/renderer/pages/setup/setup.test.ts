// Setting up a lot in the window: rows with their state, forms that save while editing, one step back, and the one act
// that writes. The draft and its verdicts are real; only the disk is in memory.
import { forgetfulBooms } from '../../../kit/forgetful-booms.ts'
import { beforeEach, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { TryNews } from '#devices/desk/lane/device-try.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { present } from '#base/pure/values/must.ts'
import { i18n } from '#renderer/i18n/index.ts'
import { MemoryPorts, wholeDraft } from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { HandClock } from '../../../firmware-runtime/runtime/control/control-kit.ts'
import { eventually } from '../../../kit/eventually.ts'
import { findStates } from '../find/find-views-kit.ts'
import type { SeekView } from '#devices/calls/seek-views.ts'
import { oneRowEach } from '#devices/find/same-camera.ts'
import {
  all,
  named,
  one,
  openPage,
  settle,
  type,
  wordOf,
  fill,
  press,
  textOf,
  click,
  pick,
  submit,
} from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { seekStates } from '../find/seek-views-kit.ts'
import { closePage } from '../../kit/opened-page.ts'
import { openDraft } from './setup-page.ts'

let lot: ScriptedLot
let ports: MemoryPorts

async function open(draft: SetupDraft | null): Promise<void> {
  ;({ lot, ports } = await openDraft(draft))
}
/** Types and leaves the field, like a person. */
const states = () => all('.row .state').map((state) => state.innerText.trim())

beforeEach(() => open(null))

it('a window on a lot that is being set up opens there, on the first row', () => {
  const begun = states().flatMap((state, at) =>
    state === '– 未开始' ? [] : [`${at + 1} ${state}`],
  )
  expect(begun).toEqual(['4 □ 按建议', '5 □ 按建议', '8 ▲ 待补'])
  for (const row of ['charge', 'offline']) expect(textOf(`row-${row}`)).toContain('按建议')
  expect(textOf('form-lot')).toContain(wordOf('setup.lot.name'))
  expect(all('.nav .here').map((link) => link.innerText.trim())).toEqual(['工程', '开通'])
  expect(all(named('look'))).toEqual([])
})

it('each change is saved, says what is missing, and is taken back by one step', async () => {
  await fill('name', '城东停车场')
  expect(ports.draft.read()?.lot?.name).toBe('城东停车场')
  expect(textOf('row-lot')).toContain('还缺')
  await press('add-7.1.1-exit')
  expect(ports.draft.read()?.lot?.lanes).toEqual([
    { id: 'exit', layout: '7.1.1', direction: 'exit', name: '出口' },
  ])
  await press('undo')
  expect(ports.draft.read()?.lot?.lanes).toEqual([])
  expect((one('[name="name"]') as HTMLInputElement).value).toBe('城东停车场')
})

it('a tariff is typed in its editor, explained by one stay, saved as it is, and a slip is no price', async () => {
  const bands = 'editions-0-plans-0-bands-0-steps'
  const said = (): string => textOf('saturday')
  await press('row-tariff')
  expect(said()).toMatch(/周六停 2 小时 10 分的车付 ¥ 7\.00，因为：.*¥ 3\.00/)
  expect(ports.draft.read()).toBe(null)
  await fill(`${bands}-0-fen`, '5')
  expect(said()).toContain('¥ 9.00')
  expect(textOf('row-tariff')).toContain('¥ 11.00')
  expect(ports.draft.read()?.tariff).toMatchObject({
    editions: [{ plans: [{ bands: [{ steps: [{ fen: 500 }, { fen: 200 }] }] }] }],
  })
  await fill(`${bands}-1-fen`, '2,5')
  expect(said()).toContain('改正')
  expect(textOf('row-tariff')).toContain('不通过')
  expect(all(named('look'))).toEqual([])
})

it('a policy that does not fit how ETC is charged cannot be chosen, and says why', async () => {
  closePage()
  await open({ ...wholeDraft, charge: { mode: 'online', platform: 'later' } })
  await press('row-offline')
  const policy = one('[value="accept-within-caps"]') as HTMLInputElement
  expect(policy.disabled).toBe(true)
  expect(textOf('form-offline')).toContain('不能选')
  expect(textOf('row-offline')).toContain('不通过')
  expect(all(named('look'))).toEqual([])
})

it('a camera that pushes gets the address to type; antennas can be tested where they are typed', async () => {
  closePage()
  await open(wholeDraft)
  await press('row-devices')
  const addresses = all(`${named('push')} code`).map((code) => code.innerText)
  expect(addresses).toContain('http://192.168.1.10:18080/camera/exit/x')
  await press('test-exit')
  expect(lot.sent('find.probe')[0]?.args).toEqual({ links: ['tcp://192.168.1.20:60001'] })
})

it('a camera with an account is set up by its fields; its password goes to the seal alone', async () => {
  closePage()
  await open({ ...wholeDraft, devices: { lanes: {}, intake: null } })
  await press('row-devices')
  const cameraOf = () => ports.draft.read()?.devices?.lanes['exit']?.camera
  const isOff = () => (one(named('keep-camera-exit')) as HTMLButtonElement).disabled
  const how = async (value: string): Promise<void> => {
    await pick('[name="exit-how"]', value)
  }
  await how('hikvision')
  await type('[name="exit-cameraPassword"]', 'Abcd1234')
  // The password's name is unknown before there is a link.
  expect([cameraOf(), isOff()]).toEqual(['', true])
  await fill('exit-cameraAt', '192.168.1.64')
  await fill('exit-cameraUser', 'lane')
  const link = 'hikvision://192.168.1.64?user=lane&secret=camera-exit'
  expect([cameraOf(), isOff()]).toEqual([link, false])
  expect(textOf('camera-password-exit')).toContain('▲')
  await press('keep-camera-exit')
  expect(ports.keys.get('camera-exit')).toBe('Abcd1234')
  expect(textOf('camera-password-exit')).toContain('✓')
  expect((one('[name="exit-cameraPassword"]') as HTMLInputElement).value).toBe('')
  expect(JSON.stringify(ports.draft.read())).not.toContain('Abcd1234')
  await how('dahua')
  expect(cameraOf()).toBe('dahua://192.168.1.64?user=lane&secret=camera-exit')
  await how('other')
  await fill('exit-camera', 'hikvision://admin:Abcd1234@192.168.1.64')
  expect(JSON.stringify(ports.draft.read())).not.toContain('Abcd1234')
  expect(document.body.innerText).toContain('LOT-03')
})

it('a device is tested where it is typed: each step with its time, and what was seen in the end', async () => {
  closePage()
  await open(wholeDraft)
  let tell: (news: TryNews) => void = () => undefined
  const handle = { open: () => undefined, command: () => undefined, close: () => undefined }
  const clock = new HandClock()
  ports.tries = {
    mono: clock,
    raised: forgetfulBooms(),
    wall: { nowMs: () => 0 },
    open: (_target, said) => {
      tell = said
      return Promise.resolve(handle)
    },
  }
  lot.setup = new SetupService(ports)
  await press('row-devices')
  await press('try-open-exit-barrier')
  expect(lot.sent('setup.try')[0]?.args).toMatchObject({
    laneId: 'exit',
    device: 'barrier',
    what: 'open',
    link: 'tcp://192.168.1.31:502',
  })
  expect((one(named('try-look-exit-display')) as HTMLButtonElement).disabled).toBe(true)
  tell({ is: 'reached' })
  clock.advance(1_500)
  tell({ is: 'answered', ok: true })
  clock.advance(15_000)
  const end = () => textOf('end-exit-barrier')
  await eventually(end).toContain(wordOf('setup.tried.end.notKnown'))
  expect(end()).toContain('▲')
  expect(textOf('try-exit-barrier')).toContain('1.50 秒 设备回答')
  await press('try-look-exit-camera')
  tell({ is: 'read', note: '测A12345', jpeg: Uint8Array.of(0xff, 0xd8) })
  await eventually(() => textOf('end-exit-camera')).toContain('收到照片')
  expect(all(`${named('try-exit-camera')} img`)).toHaveLength(1)
})

const usb = { ...seekStates.found, place: 'workbench', cameras: [] } as const
const at = { address: '192.0.2.64' }
/** A camera found by these searches, with the links by which it can be added. */
const camera = ({ by, ...said }: { by: readonly string[]; name?: string; hardware?: string }) => {
  const one = { address: at.address, services: [], name: 'SIM-1-0001', hardware: 'SIM-1', ...said }
  const cameras = oneRowEach(by.map((way) => ({ ...one, by: way })))
  return { ...seekStates.empty, place: 'workbench', cameras } satisfies SeekView
}
const oneOf = (link: string, address: string) => ({
  lanes: { exit: { camera: link } },
  intake: { port: 18_080, cameras: [address] },
})
const asked = 'dahua://192.0.2.64?user=admin&secret=camera-exit'

const cameraButton = ['cameras', 0, 'exit'] as const
const hikvision = { devices: oneOf('push:hikvision', at.address) }
const vzicom = { devices: oneOf('push:vzicom', at.address) }
const scannerOf = (link: string) => ({ scanners: [{ id: 'scanner', lane: 'exit', link }] })

/** The search result, the row whose button is pressed, the chosen place, and the resulting draft. */
it.each([
  ['a camera by its maker’s search', camera({ by: ['sadp'] }), ...cameraButton, 0, hikvision],
  [
    'a camera by its name',
    camera({ by: ['onvif'], name: 'DS-TCG', hardware: '' }),
    ...cameraButton,
    0,
    hikvision,
  ],
  [
    'a Vzicom by its name',
    camera({ by: ['onvif'], name: 'VZ-C3', hardware: '' }),
    ...cameraButton,
    0,
    vzicom,
  ],
  [
    'a camera of a make nobody knows, the second make',
    camera({ by: ['onvif'], name: 'cam', hardware: '' }),
    ...cameraButton,
    1,
    vzicom,
  ],
  [
    'a Dahua, which is asked and pushes nothing',
    camera({ by: ['onvif', 'dahua'] }),
    ...cameraButton,
    0,
    { devices: { lanes: { exit: { camera: asked } }, intake: null } },
  ],
  [
    'a scanner by HID',
    usb,
    'hid',
    0,
    'exit',
    0,
    scannerOf('hid:0c2e:0b61?profile=honeywell/hid-pos'),
  ],
  [
    'a scanner that types',
    usb,
    'hid',
    1,
    'exit',
    0,
    scannerOf('evdev:/dev/input/by-id/usb-Maker_1900-event-kbd'),
  ],
  [
    'a printer of USB',
    usb,
    'printers',
    0,
    'lot',
    0,
    { printers: [{ id: 'printer', link: 'usblp:/dev/usb/lp0', prints: 'asked', plate: 'whole' }] },
  ],
] as const)('found: %s, added by a press', async (_what, seek, table, row, place, nth, adds) => {
  closePage()
  await open({ ...wholeDraft, devices: { lanes: {}, intake: null }, printers: [], scanners: [] })
  lot.find = findStates.normal
  lot.seek = seek
  closePage()
  await openPage(lot, '/devices/find')
  const toLot = all(named(`${table}-to-lot`))
  // A HID keyboard whose link is not a scanner's has no button.
  if (table === 'hid') expect(toLot).toHaveLength(2)
  await click(present(toLot[row], 'a button'))
  const choices = `${named('network')} ${named('add-to-lot')} ${named(`add-to-${place}`)}`
  await click(present(all(choices)[nth], 'a place'))
  expect(ports.draft.read()).toMatchObject(adds)
  expect(one(`${named('network')} section${named('add-to-lot')}`).innerText).toContain('已加到')
  // The added link must be valid for the lanes.
  const { rows } = judgeDraft(present(ports.draft.read(), 'a draft'), ports)
  expect(rows.filter(({ state }) => state === 'failed')).toEqual([])
})

it('a lane computer that was found is no device of a lane', async () => {
  closePage()
  await open(wholeDraft)
  lot.find = findStates.normal
  lot.seek = { ...seekStates.found, place: 'workbench' }
  closePage()
  await openPage(lot, '/devices/find')
  expect(all(`${named('found-lanes')} button`)).toEqual([])
})

it.each(['zh', 'en'] as const)(
  'what will be written is shown, then written once (%s)',
  async (own) => {
    closePage()
    await open(wholeDraft)
    i18n.global.locale.value = own
    await settle()
    if (all(named('begin')).length === 0) await press('next')
    expect(textOf('changes')).toMatch(own === 'zh' ? /停车场编号/ : /Number of the car park/)
    expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
    await type('[name="by"]', '王师傅')
    await submit(one('form'))
    expect([ports.files.length, ports.begun]).toEqual([1, 1])
    const begun = lot.sent('setup.begin')[0]?.args
    expect(begun).toMatchObject({ by: '王师傅' })
  },
)

it('an antenna that a search found is taken over by one press, and the lane then has it', async () => {
  closePage()
  await open({ ...wholeDraft, devices: { lanes: {}, intake: null } })
  await press('row-devices')
  await click(one('[href="/devices/find"]'))
  const link = one(`${named('report')} p.mono`).innerText.trim()
  await press('add-to-exit')
  expect(ports.draft.read()?.devices?.lanes['exit']?.rsu).toBe(link)
  expect(textOf('add-to-lot')).toContain('已加到')
})

it('where things stand is judged beside its form, and what breaks a clause refuses the row', async () => {
  closePage()
  await open(wholeDraft)
  await press('row-devices')
  one(`${named('siting-exit')} summary`).click()
  const height = () => one(`${named('siting-exit')} ${named('clause-antennaHeight')}`).innerText
  expect(height()).toContain('未知')
  await fill('exit-antennaHeightMm', '2.4')
  expect(ports.draft.read()?.siting).toEqual({ exit: { measures: { antennaHeightMm: 2400 } } })
  expect(height()).toContain('不通过')
  expect(textOf('row-devices')).toContain('7.1.1 c')
  expect(all(named('look'))).toEqual([])
  await fill('exit-antennaHeightMm', '高')
  expect(textOf('siting-exit')).toContain('写成m 0.00 到 20.00')
  expect(ports.draft.read()?.siting?.['exit']?.measures.antennaHeightMm).toBe(2400)
  await fill('exit-deviation', '梁低,按勘测验收')
  expect(textOf('row-devices')).toContain('已填')
  await fill('exit-antennaHeightMm', '')
  expect(height()).toContain('未知')
})

it('a lot that is there is changed by the same forms: before and after in words, and one step back', async () => {
  closePage()
  const { config } = judgeDraft(wholeDraft, new MemoryPorts())
  const kept = {
    config: present(config, 'a lot'),
    tariff: present(tariffOfDraft(wholeDraft), 'a tariff'),
  }
  await open(null)
  ports.keptNow = kept
  ports.backTo = kept
  closePage()
  await openPage(lot, '/setup')
  if (all(named('begin')).length === 0) await press('look')
  expect(textOf('begin')).toContain('没有改动')
  expect((one(named('write')) as HTMLButtonElement).disabled).toBe(true)
  await press('row-lot')
  await fill('ordinary', '70')
  await press('next')
  expect(
    all(`${named('changes')} tr`).map((row) => row.innerText.replace(/\s+/g, ' ').trim()),
  ).toEqual(['车位数60→ 80', '其中普通车位50→ 70'])
  await type('[name="by"]', '王师傅')
  await press('revert')
  const reverted = lot.sent('setup.revert')[0]
  expect(reverted?.args).toMatchObject({ by: '王师傅' })
  expect(textOf('begin')).toContain('没有改动')
  await press('row-tariff')
  expect(all(named('form-tariff'))).toEqual([])
})

it('people are added in their row, are shown before the lot is written, and go again without a trace', async () => {
  closePage()
  await open(wholeDraft)
  await press('row-people')
  const add = async (name: string, secret: string): Promise<void> => {
    await type('.people [name="name"]', name)
    await type('[name="secret"]', secret)
    await type('[name="again"]', secret)
    await submit(one(named('person-form')))
  }
  await add('王老板', 'correct horse')
  expect(textOf('row-people')).toContain('王老板（业主）')
  await add('李四', '274916')
  expect(ports.team.people.map(({ role }) => role)).toEqual(['owner', 'attendant'])
  expect(JSON.stringify(ports.draft.read())).not.toContain('王老板')
  await press('remove-p2')
  await press('remove-p2')
  expect(textOf('row-people')).not.toContain('李四')
  await press('next')
  expect(all(`${named('review-people')} tr`).at(-1)?.innerText).toContain('王老板')
})
