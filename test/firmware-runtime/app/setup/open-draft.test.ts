// The set-up of an open lot: what its row still lacks, the lot file that it becomes, and the same forms from that file.
import { describe, expect, it } from 'vitest'
import { draftOfLot } from '../../../../firmware-runtime/app/setup/draft-of-lot.ts'
import { judgeDraft } from '../../../../firmware-runtime/app/setup/judge.ts'
import { chargeModeOf } from '../../../../firmware-runtime/app/setup/lot-of-draft.ts'
import type { SetupDraft } from '../../../../firmware-runtime/api/setup-draft.ts'
import { demoTariff } from '../../../../firmware-runtime/app/lot/demo-tariff.ts'
import { runningLot } from '../../../../firmware-runtime/core/lot/streets.ts'
import { SetupService } from '../../../../firmware-runtime/app/setup/setup-service.ts'
import { refusalOf } from '../../../kit/refusals.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const platform = { url: 'https://p.example', appId: 'GX1', certDir: '/c', caFile: '/ca.pem' }
const spaces = ['A01', 'A02', 'A03'].map((id, n) => ({
  id,
  sensor: `mag/${n + 1}`,
  pile: `tcp://192.168.1.${n + 50}:9000`,
}))
const sensors = [{ id: 'mag', link: 'push:nb-iot', spaces: {} }]
const piles: SetupDraft = {
  ...wholeDraft,
  lot: { ...wholeDraft.lot, spaces: { ordinary: 3, charging: 0, special: 0 }, lanes: [] },
  open: { layout: '7.2.2', streets: [{ name: '民族大道', stand: 'parallel', spaces }], sensors },
  devices: { lanes: {}, intake: null },
  charge: { mode: 'online', platform },
  offline: { ...wholeDraft.offline, policy: 'settle-later' },
}
const judged = (draft: SetupDraft) => judgeDraft(draft, new MemoryPorts(draft))
const rowOf = (draft: SetupDraft, name: string) => judged(draft).rows.find(({ id }) => id === name)
const withOpen = (over: object): SetupDraft =>
  ({ ...piles, open: { ...piles.open, ...over } }) as SetupDraft

describe('an open lot that is set up', () => {
  it('becomes a lot file with an antenna for each pile, and the same forms again', () => {
    const { config, ready, rows } = judged(piles)
    expect(rows.map(({ id, state }) => [id, state]).slice(0, 5)).toEqual([
      ['lot', 'done'],
      ['devices', 'done'],
      ['tariff', 'done'],
      ['charge', 'done'],
      ['offline', 'done'],
    ])
    expect([ready, config?.mode, config?.capacity, config?.layout]).toEqual([
      true,
      'production',
      3,
      '7.2.2',
    ])
    expect(config === null ? [] : runningLot(config).lanes.map(({ id }) => id)).toEqual([
      'pile-a01',
      'pile-a02',
      'pile-a03',
    ])
    expect(config === null ? null : draftOfLot({ config, tariff: demoTariff }).open).toEqual(
      piles.open,
    )
  })

  it.each<[string, SetupDraft, RegExp]>([
    ['streets', withOpen({ streets: [] }), /还缺:路段和泊位、识别桩/],
    [
      'piles',
      withOpen({ streets: [{ name: '路', stand: 'parallel', spaces: [{ id: 'A1' }] }] }),
      /识别桩/,
    ],
    ['the sensors', withOpen({ sensors: [{ id: 'mag', link: '', spaces: {} }] }), /检测器的接入/],
    ['a gantry', withOpen({ layout: '7.2.5' }), /门架/],
  ])('says that %s are missing', (_name, draft, said) => {
    const row = rowOf(draft, 'lot')
    expect([row?.state, row?.why.zh]).toEqual(['open', expect.stringMatching(said)])
  })

  it('is refused in the form of the car park where spaces stand side by side', () => {
    const streets = [{ name: '路', stand: 'angled', spaces }]
    const row = rowOf(withOpen({ streets }), 'lot')
    expect([row?.state, row?.fault?.code, row?.fault?.field]).toEqual([
      'failed',
      'LOT-02',
      '/streets/0/spaces/0/pile',
    ])
  })

  it('keeps no password of a sensor source or a pile', () => {
    const service = new SetupService(new MemoryPorts(piles))
    const link = 'mqtt://a:Geheim1@192.168.1.9?profile=a/b'
    const refused = refusalOf(() =>
      service.save({
        open: { layout: '7.2.2', streets: [], sensors: [{ id: 'mag', link, spaces: {} }] },
      }),
    )
    expect(refused).toMatchObject({ code: 'LOT-03', field: '/spaces/0/link' })
    expect(JSON.stringify(refused)).not.toContain('Geheim1')
  })
})

describe('how an open lot charges', () => {
  const card = { mode: 'card', platform } as const
  const chargeOf = (layout: string, charge: SetupDraft['charge']) => {
    const draft = { ...withOpen({ layout }), charge } as SetupDraft
    const { state, why } = rowOf(draft, 'charge') ?? {}
    return { state, said: why?.zh ?? '', mode: chargeModeOf(draft) }
  }

  it.each([
    ['7.2.1', 'card', 'done', /^按建议/],
    ['7.2.2', 'online', 'notStarted', /^布局 7\.2\.2 由平台扣费/],
    ['7.2.3', 'online', 'notStarted', /^布局 7\.2\.3 由平台扣费/],
    ['7.2.4', 'card', 'done', /^按建议/],
    ['7.2.5', 'card', 'done', /^按建议/],
  ])('%s is proposed to charge by %s', (layout, mode, state, said) => {
    expect(chargeOf(layout, undefined)).toEqual({ mode, state, said: expect.stringMatching(said) })
  })

  it('follows a layout that was chosen after the answer, and says so in the review', () => {
    const draft: SetupDraft = { ...piles, charge: card }
    const { config, ready } = judged(draft)
    expect([config?.chargeMode, ready]).toEqual(['online', true])
    expect(chargeOf('7.2.2', card)).toEqual({
      mode: 'online',
      state: 'done',
      said: expect.stringMatching(/^布局 7\.2\.2 由平台扣费:https:/),
    })
    const ports = new MemoryPorts(draft)
    const { changes } = new SetupService(ports).preview()
    expect(changes.find(({ key }) => key === '/chargeMode')).toMatchObject({
      row: 'charge',
      after: { zh: '由平台扣费' },
    })
  })

  it.each<[string, SetupDraft['charge'], string]>([
    ['the answer before', card, 'card'],
    ['the proposal', undefined, 'card'],
    ['the other answer', { ...card, mode: 'online' }, 'online'],
  ])('of an enclosed lot again is %s', (_name, charge, mode) => {
    const { lot, devices, offline } = wholeDraft
    const back = { ...piles, lot, devices, offline, open: null, charge } as SetupDraft
    expect([chargeModeOf(back), chargeModeOf({ ...back, open: piles.open })]).toEqual([
      mode,
      'online',
    ])
  })

  it.each<[string, SetupDraft['charge']]>([
    ['nobody answered', undefined],
    ['the platform is put off', { mode: 'card', platform: 'later' }],
    ['cards were charged', { mode: 'online', platform: 'later' }],
  ])('is not set up without the platform: %s', (_name, charge) => {
    const { ready, config } = judged({ ...piles, charge } as SetupDraft)
    expect([ready, config]).toEqual([false, null])
    const service = new SetupService(new MemoryPorts({ ...piles, charge } as SetupDraft))
    expect(refusalOf(() => service.preview())).toMatchObject({
      code: 'SETUP-02',
      field: expect.stringMatching(/^(?:charge|\/platform)$/),
    })
  })
})
