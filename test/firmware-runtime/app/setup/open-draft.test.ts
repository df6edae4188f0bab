// The set-up of an open lot: what its row still lacks, the lot file that it becomes, and the same forms from that file.
import { describe, expect, it } from 'vitest'
import { draftOfLot } from '../../../../firmware-runtime/app/setup/draft-of-lot.ts'
import { sitingOfLot } from '../../../../firmware-runtime/app/setup/lane-siting.ts'
import { judgeDraft } from '../../../../firmware-runtime/app/setup/judge.ts'
import type { SetupDraft } from '../../../../firmware-runtime/api/setup-draft.ts'
import { demoTariff } from '../../../../firmware-runtime/app/lot/demo-tariff.ts'
import { baseRules } from '../../../../firmware-runtime/core/values/rules/packs.ts'
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

describe('positions along a street', () => {
  const withSiting = (measures: object, deviation?: string): SetupDraft =>
    withOpen({
      streets: [
        {
          ...piles.open?.streets[0],
          siting: { measures, ...(deviation === undefined ? {} : { deviation }) },
        },
      ],
    })
  it.each<[string, SetupDraft, string, boolean]>([
    ['nothing is measured', piles, 'done', true],
    ['a must is not met', withSiting({ sensorFlush: false }), 'failed', false],
    [
      'a must has a reason',
      withSiting({ sensorFlush: false }, '旧检测器高出路面'),
      'failed',
      false,
    ],
    ['a should is not met', withSiting({ pileKeysOnline: false }), 'failed', false],
    ['a should has a reason', withSiting({ pileKeysOnline: false }, '桩内有 PSAM'), 'done', true],
  ])('where %s', (_, draft, state, fits) => {
    expect(rowOf(draft, 'devices')?.state).toBe(state)
    const { config } = judged(draft)
    if (config === null) {
      expect(fits).toBe(false)
      return
    }
    const found = sitingOfLot(config, baseRules)
    expect(found.fits).toBe(fits)
    expect(found.findings.map((one) => ('street' in one ? one.street : one.laneId))).toEqual(
      Array.from({ length: 4 }, () => '民族大道'),
    )
  })

  it('are in the lot file, and in the same forms again', () => {
    const draft = withSiting({ pileAtFront: true, sensorFlush: true }, '桩内有 PSAM')
    const { config } = judged(draft)
    expect(config?.streets?.[0]?.siting).toEqual({
      measures: { pileAtFront: true, sensorFlush: true },
      deviation: '桩内有 PSAM',
    })
    expect(config === null ? null : draftOfLot({ config, tariff: demoTariff }).open).toEqual(
      draft.open,
    )
  })

  it('are named in the row, with street, clause and reason', () => {
    const why = rowOf(withSiting({ sensorFlush: false }), 'devices')?.why
    expect(why?.zh).toMatch(/^民族大道 7\.2\.2 c:.*齐平/)
  })
})
