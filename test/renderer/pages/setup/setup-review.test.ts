// The review of a set-up and its way there: rows that lead to their field, values that nobody changed, Enter, one press for
// a lane, and what a second lane is proposed. The draft and its verdicts are real; only the disk is in memory.
import { beforeEach, describe, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import {
  wholeDraft,
  type MemoryPorts,
} from '../../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, click, fill, named, one, pick, press, settle, textOf, type } from '../../kit/page.ts'
import type { ScriptedLot } from '../../kit/scripted-lot.ts'
import { openDraft } from './setup-page.ts'

let lot: ScriptedLot
let ports: MemoryPorts
async function open(draft: SetupDraft | null): Promise<void> {
  ;({ lot, ports } = await openDraft(draft))
}

/** The name of the field that has the focus. */
const focused = (): string | null => document.activeElement?.getAttribute('name') ?? null

it('the review stands below the forms that decided it, and what nobody changed is folded away', async () => {
  await open(wholeDraft)
  await press('row-people')
  await press('next')
  const parts = all('[data-test^="review-"]').map((part) => part.dataset['test'])
  expect(parts).toEqual(
    ['lot', 'devices', 'tariff', 'charge', 'offline', 'keep']
      .map((id) => `review-${id}`)
      .filter((id) => parts.includes(id)),
  )
  expect(parts).toEqual(expect.arrayContaining(['review-lot', 'review-devices', 'review-tariff']))
  const rows = all(`${named('begin')} section tbody tr`).length
  expect(rows).toBeLessThan(25)
  expect(textOf('part-usual')).toContain('没有改过')
  expect(one(named('part-usual')).hasAttribute('open')).toBe(false)
})

it.each([
  ['lot', '停车场名称', 'name'],
  ['lot', '车位数', 'ordinary'],
  ['devices', '出口 天线', 'exit-rsu'],
  ['devices', '入口 道闸', 'entry-barrier'],
  ['devices', '相机推送到端口', 'port'],
  ['usual', '之后每个时段收', 'editions-0-plans-0-bands-0-steps-1-fen'],
  ['offline', '断网时', 'policy'],
] as const)('its row of %s, %s, leads to the field %s', async (part, words, field) => {
  await open(wholeDraft)
  await press('row-people')
  await press('next')
  const at = part === 'usual' ? 'part-usual' : `review-${part}`
  await click(all(`${named(at)} tbody .button`).find((row) => row.innerText.trim() === words))
  expect(focused()).toBe(field)
})

it('one press tests the devices of a lane one after the other, and a refusal ends it', async () => {
  await open(wholeDraft)
  await press('row-devices')
  await press('try-lane-exit')
  expect(lot.argsOf('setup.try').map(({ device }) => device)).toEqual(['display'])
  expect(lot.sent('find.probe')).toHaveLength(1)
})

it('the second lane is proposed the pushing cameras of the first, and keeps its own answer', async () => {
  await open({ ...wholeDraft, devices: { lanes: {}, intake: null } })
  await press('row-devices')
  await pick('[name="entry-how"]', 'push:hikvision')
  expect(ports.draft.read()?.devices?.lanes['exit']?.camera).toBe('push:hikvision')
  await pick('[name="exit-how"]', '')
  expect(ports.draft.read()?.devices?.lanes['exit']?.camera).toBe('')
  expect(ports.draft.read()?.devices?.lanes['entry']?.camera).toBe('push:hikvision')
  await pick('[name="entry-how"]', 'push:dahua')
  expect(ports.draft.read()?.devices?.lanes['exit']?.camera).toBe('')
})

it.each([
  ['card', '', ['exit-psams']],
  ['card', '370100000001', ['exit-psams']],
  ['online', '', []],
  ['online', '370100000001', ['exit-psams']],
] as const)(
  'with charging by %s and terminal "%s" at the exit, the terminals %j are asked',
  async (mode, psam, asked) => {
    const antenna = { rsu: 'tcp://192.168.1.20:60001' }
    const entry = { ...wholeDraft.devices?.lanes['entry'], ...antenna, psams: [] }
    const exit = { ...wholeDraft.devices?.lanes['exit'], psams: psam === '' ? [] : [psam] }
    await open({
      ...wholeDraft,
      charge: { mode, platform: 'later' },
      devices: { ...wholeDraft.devices, lanes: { entry, exit } },
    } as SetupDraft)
    await press('row-devices')
    expect(all('[name$="-psams"]').map((field) => field.getAttribute('name'))).toEqual(asked)
  },
)

describe('Enter does the blue button', () => {
  beforeEach(() => open(null))
  const enterIn = async (selector: string): Promise<void> => {
    const field = one(selector)
    field.focus()
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    )
    await settle()
  }
  const chosen = (): string | undefined => one('.row[aria-pressed="true"]').dataset['test']

  it.each([
    ['a text', '[name="lotId"]'],
    ['a number', '[name="ordinary"]'],
    ['a choice', '[name="province"]'],
  ])('from %s of the lot it goes on, and what was typed is saved', async (_, selector) => {
    await fill('name', '城东停车场')
    await enterIn(selector)
    expect(chosen()).toBe('row-devices')
    expect(ports.draft.read()?.lot?.name).toBe('城东停车场')
  })

  it('a person who is half typed is not left behind; with nobody typed it goes on', async () => {
    await open(wholeDraft)
    await press('row-people')
    await type('.people [name="name"]', '王老板')
    await enterIn('[name="secret"]')
    expect(chosen()).toBe('row-people')
    await type('.people [name="name"]', '')
    await enterIn('[name="secret"]')
    expect(all(named('begin'))).toHaveLength(1)
  })
})

/** The set-up with the antenna of the exit at this link; `isHere`: the other devices too are behind addresses of this computer. */
const withAntenna = (rsu: string, isHere = false): SetupDraft => {
  const here = (text: string): string =>
    isHere ? text.replaceAll(/192\.168\.1\.(\d+)/g, '127.0.0.$1') : text
  const devices = JSON.parse(here(JSON.stringify(wholeDraft.devices))) as SetupDraft['devices']
  const { lanes: { exit, ...others } = {}, intake = null } = devices ?? {}
  if (exit === undefined) throw new Error('the draft has an exit')
  return { ...wholeDraft, devices: { lanes: { ...others, exit: { ...exit, rsu } }, intake } }
}
it.each([
  ['tcp://192.168.1.20:60001', false, /报功率就照用.*不写入、不扣费/],
  ['tcp://192.168.1.20:60001?variant=generic-bcc&power=0', false, /写入 0 档/],
  ['serial:/dev/ttyUSB0?power=17&channel=1', false, /写入 17 档/],
  ['tcp://127.0.0.1:60001', true, /模拟/],
])('the review says what is written to the antenna at %s first', async (rsu, isHere, said) => {
  await open(withAntenna(rsu, isHere))
  await press('row-people')
  await press('next')
  const lines = all(named('first-power')).map((line) => line.innerText)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(said)
})

it.each([
  ['tcp://192.168.1.20:60001', '8', 'tcp://192.168.1.20:60001?power=8'],
  ['tcp://192.168.1.20:60001?power=8', '', 'tcp://192.168.1.20:60001'],
  [
    'serial:/dev/ttyS1?baud=115200&channel=1&power=3',
    '31',
    'serial:/dev/ttyS1?baud=115200&power=31&channel=1',
  ],
])(
  'the power of %s becomes "%s" in its field, and the rest of the link stays',
  async (rsu, typed, kept) => {
    await open(withAntenna(rsu))
    await press('row-devices')
    await fill('exit-power', typed)
    expect(ports.draft.read()?.devices?.lanes['exit']?.rsu).toBe(kept)
  },
)

it('an antenna that is not named yet has no power to ask for', async () => {
  await open(withAntenna(''))
  await press('row-devices')
  expect(all('[name="exit-power"]')).toHaveLength(0)
})
