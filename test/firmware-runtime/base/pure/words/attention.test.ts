// What needs a person, from the board of a lane of another version: devices that it lacks, and devices that this program does
// not know, are shown plainly and throw nothing.
import { expect, it } from 'vitest'
import { device } from '#runtime/inbox/device.ts'
import { attentionRows, type devicesOn } from '#base/pure/words/attention.ts'

interface Seen {
  readonly state: string
  readonly heardMsAgo: number | null
}
const up: Seen = { state: 'up', heardMsAgo: 10 }
const down: Seen = { state: 'down', heardMsAgo: 60_000 }
const times = {
  businessMs: Date.parse('2026-11-30T14:05:00+08:00'),
  silentMs: ({ heardMsAgo }: { readonly heardMsAgo: number | null }) => heardMsAgo,
  lostMs: () => 60_000,
}
type Devices = Parameters<typeof devicesOn<Seen>>[0]
const lane = (devices: Devices, laneId = 'entry') => ({ laneId, car: null, devices })

it.each([
  ['every device that is known', { rsu: up, camera: up, barrier: up, display: up }, []],
  ['no device at all', {}, []],
  ['one of an older lane alone', { rsu: down }, ['rsu']],
  ['one that is named without a state', { rsu: down, display: undefined }, ['rsu']],
  ['a device of a newer lane', { rsu: up, gantryHead: down }, ['gantryHead']],
  ['a newer device that is not fitted', { gantryHead: { state: 'off', heardMsAgo: null } }, []],
  ['a state of a newer lane', { rsu: { state: 'asleep', heardMsAgo: null } }, []],
] as const)('a board with %s', (_what, devices, lost) => {
  for (const laneId of ['entry', 'exit']) {
    const rows = attentionRows([lane(devices, laneId)], times)
    expect(rows.map((row) => [row.laneId, row.device])).toEqual(lost.map((name) => [laneId, name]))
    for (const { thing } of rows) expect(thing).toMatchObject({ of: 'device', laneId })
  }
})

it('names a device that it does not know by its own name', () => {
  const name = { zh: '入口', en: 'Entry' }
  const here = { laneName: () => name, street: null, nowMs: 0, upMs: 60_000 }
  const board = { lanes: [lane({ gantryHead: down })] } as never
  const [row] = device.rowsOf(board, here)
  expect(row?.what).toEqual({
    zh: '入口的gantryHead没有应答',
    en: 'The gantryHead of Entry does not answer',
  })
})

it('is one matter for a boom that a test left up, first to be seen after the cars', () => {
  const raised = {
    laneId: 'entry',
    name: { zh: '入口', en: 'Entry' },
    link: '',
    by: '甲',
    atIso: '2026-11-30T14:02:00+08:00',
    of: 'setup',
  } as const
  const [first, ...rest] = attentionRows([lane({ rsu: down })], times, [raised])
  expect(first).toMatchObject({
    kind: 'raised',
    sinceSec: 180,
    thing: { of: 'lane', laneId: 'entry' },
  })
  expect(rest.map(({ kind }) => kind)).toEqual(['device'])
})
