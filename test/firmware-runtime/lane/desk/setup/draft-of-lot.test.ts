// A lot converted into forms and back: nothing changes unless a form was changed, and members without a form stay.
// Every value that a set-up writes has words.
import { describe, expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { draftBack, draftOfLot } from '#lane/desk/setup/draft-of-lot.ts'
import { readDraft } from '#lane/desk/setup/draft-file.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { tariffOfDraft } from '#lane/desk/setup/lot-of-draft.ts'
import { changesOf, type LotFiles } from '#lane/desk/setup/lot-words.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { filedSetting, settingNames, settingPath, settingRow } from '#base/pure/lot/lot-settings.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'
import { refusedBy } from '../../../../kit/refusals.ts'

const siting = { exit: { measures: { antennaHeightMm: 2600 }, deviation: '梁低' } }
const draft = { ...wholeDraft, siting }
const made = present(judgeDraft(draft, new MemoryPorts()).config, 'a lot')
const tariff = present(tariffOfDraft(draft), 'a tariff')
/** With members that have no form. */
const byHand: LotFiles = {
  tariff,
  config: checkLot(
    {
      ...made,
      nodeId: 'n7',
      name: { zh: '城东停车场', en: 'East car park' },
      largeAmountFen: 5000,
      caps: { ...made.caps, perCardFen: 777, oldestMin: 4000 },
      upkeep: { photoDays: 400, photoGb: 40 },
      gateway: { url: 'https://pay.example', caFile: null, merchantNo: 'M1', secret: 'pay' },
      printers: [
        { id: 'desk', link: 'tcp://192.168.1.60:9100', lanes: ['exit'], drawer: 'pin2' },
        { id: 'other', link: 'serial:/dev/ttyS1', prints: 'always', plate: 'masked' },
      ],
      scanners: [{ id: 'scan', link: 'hid:0C2E:0B61', lane: 'exit' }],
      plateMatch: { scoreMin: 90 },
      aloneFenMax: 2000,
      largeFourEyes: true,
      time: { servers: ['ntp.example'], mayStep: false },
      lanes: made.lanes.map((lane) => ({ ...lane, area: 'B1' })),
    },
    'lot.json',
  ),
}

function ports(kept: LotFiles): MemoryPorts {
  const own = new MemoryPorts()
  own.keptNow = kept
  return own
}

describe('a lot that is there', () => {
  it('keeps its tariff: another one is refused and not dropped, and what an old draft says is not shown', () => {
    const own = ports(byHand)
    own.draft.write({ ...draft, lot: { ...draft.lot, trade: 'filed' } })
    const service = new SetupService(own)
    const before = service.get()
    expect([before.draft.tariff, before.draft.lot?.trade]).toEqual([undefined, 'commercial'])
    expect(before.tariff).toEqual(byHand.tariff)
    const refused = (given: Partial<SetupDraft>): string => {
      const fault = refusedBy(() => service.save(given))
      return fault === null ? 'saved' : `${fault.code} ${fault.detail.field ?? ''}`
    }
    expect(refused({ tariff: { ...draft.tariff, firstFen: 900 } })).toBe('SETUP-09 /tariff')
    expect(refused({ tariff: { nonsense: 1, editions: [] } as never })).toMatch(/^TARIFF-|^LOT-0/)
    expect(refused({ lot: { ...draft.lot, trade: 'filed' } })).toBe('SETUP-09 /lot/trade')
    expect(service.get()).toEqual(before)
    expect(refused({ tariff: draft.tariff, lot: draft.lot })).toBe('saved')
  })
  it('is what its own forms make of it: nothing is changed by looking', () => {
    const { config, ready } = judgeDraft(draftOfLot(byHand), ports(byHand))
    expect(config).toEqual(byHand.config)
    expect(ready).toBe(true)
    expect(changesOf(byHand, { ...byHand, config: present(config, 'a lot') })).toEqual([])
  })
  it('has what a form says, and keeps the rest', () => {
    const changed = draftOfLot(byHand)
    const lot = present(changed.lot, 'its lot')
    const next = { ...changed, lot: { ...lot, name: '城东', lanes: lot.lanes.slice(1) } }
    const config = present(judgeDraft(next, ports(byHand)).config, 'a lot')
    const upkeep = { photoDays: 400, photoGb: 40 }
    expect(config).toMatchObject({ nodeId: 'n7', upkeep, largeAmountFen: 5000 })
    const said = changesOf(byHand, { ...byHand, config }).map(
      ({ what, before, after }) => `${what.zh}: ${before?.zh ?? '-'} > ${after?.zh ?? '-'}`,
    )
    expect(said).toContain('停车场名称: 城东停车场 > 城东')
    expect(said).toContain('入口 道闸: tcp://192.168.1.30:502 > -')
    expect(said.filter((one) => one.startsWith('出口'))).toEqual([])
  })
  it('loses what its forms take out, and nothing that an older draft does not hold', () => {
    const own = draftOfLot(byHand)
    const none = { 'plateMatch.scoreMin': null, aloneFenMax: null, 'upkeep.photoGb': null }
    const settings = { ...own.settings, ...none }
    const out = { ...own, gateway: null, printers: [], scanners: [], settings, time: {} }
    const config = present(judgeDraft(out, ports(byHand)).config, 'a lot')
    for (const name of ['gateway', 'printers', 'scanners', 'plateMatch', 'aloneFenMax', 'time'])
      expect(config).not.toHaveProperty(name)
    expect(config.upkeep).toEqual({ photoDays: 400 })
    const { gateway: _, printers: _p, scanners: _s, settings: _r, time: _t, ...older } = own
    expect(judgeDraft(older, ports(byHand)).config).toEqual(byHand.config)
  })
  it('is taken back with the spaces by kind, the district and the licence of its file', () => {
    const back = draftBack(byHand, { ...draft, lot: { ...draft.lot, district: '西区' } })
    expect(back.lot).toMatchObject({ district: '东区', spaces: wholeDraft.lot.spaces })
    const { spaceKinds: _, district: _d, ...plain } = { ...byHand.config, capacity: 61 }
    expect(draftBack({ ...byHand, config: plain }, draft).lot).toMatchObject({
      spaces: { ordinary: 61, charging: 0, special: 0 },
      district: '',
      qualification: '',
    })
  })
})

it('each value that a set-up writes is said in words, in both languages', () => {
  const online = {
    ...draft,
    charge: {
      mode: 'online' as const,
      platform: { url: 'https://a.example', caFile: 'ca.pem', certDir: 'c', appId: 'A1' },
    },
    offline: { ...draft.offline, policy: 'settle-later' as const },
    tariff: { ...draft.tariff, dayBoundary: '24h' as const },
  }
  const of = (one: typeof draft): LotFiles => ({
    config: present(judgeDraft(one, new MemoryPorts()).config, 'a lot'),
    tariff: present(tariffOfDraft(one), 'a tariff'),
  })
  const { upkeep: _, lanes, ...formed } = byHand.config
  const unplaced = lanes.map(({ area: _area, ...lane }) => lane)
  for (const one of [of(draft), of(online), { tariff, config: { ...formed, lanes: unplaced } }]) {
    const changes = changesOf(null, one)
    expect(changes.length).toBeGreaterThan(50)
    expect(changes.filter(({ what }) => /\//.test(what.zh + what.en))).toEqual([])
  }
})

describe('settings by their rows', () => {
  it('are answered one by one, and one that nobody asked for is what the lot has', () => {
    const service = new SetupService(ports(byHand))
    service.save({ settings: { 'upkeep.photoDays': 90 } })
    const { draft: now } = service.save({ settings: { largeAmountFen: 8000 } })
    expect(now.settings).toEqual({
      largeAmountFen: 8000,
      largeFourEyes: true,
      'plateMatch.scoreMin': 90,
      aloneFenMax: 2000,
      'caps.perCardFen': 777,
      'upkeep.photoDays': 90,
      'upkeep.photoGb': 40,
    })
    const config = present(judgeDraft(now, ports(byHand)).config, 'a lot')
    expect(config).toEqual({
      ...byHand.config,
      largeAmountFen: 8000,
      upkeep: { photoDays: 90, photoGb: 40 },
    })
  })

  it('each is taken at both of its bounds, refused one beyond them at its pointer, and said in words', () => {
    for (const name of settingNames) {
      const row = settingRow(name)
      if (row.group === 'none' || row.kind === 'flag') continue
      for (const value of [row.min, row.max]) {
        const { config, rows } = judgeDraft(
          { ...draft, settings: { [name]: value } },
          ports(byHand),
        )
        expect({ name, refused: rows.find(({ state }) => state === 'failed') }).toEqual({ name })
        expect([name, filedSetting(present(config, name), name)]).toEqual([name, value])
      }
      const beyond = { ...draft, settings: { [name]: row.max + 1 } }
      const { rows } = judgeDraft(beyond, ports(byHand))
      const field = `/${settingPath(name).join('/')}`
      expect(rows.find(({ state }) => state === 'failed')).toMatchObject({ fault: { field } })
    }
  })

  it('a draft that held them in other parts is read', () => {
    const earlier = {
      version: 1,
      charge: { mode: 'card', largeFen: 20_000, largeFourEyes: true, platform: 'later' },
      rules: { scoreMin: 90, marginMin: null, aloneFenMax: 3000 },
      keep: { to: '', photoGb: 5 },
    }
    expect(readDraft(JSON.stringify(earlier), 'setup.json')).toEqual({
      version: 1,
      charge: { mode: 'card', platform: 'later' },
      keep: { to: '' },
      settings: {
        largeAmountFen: 20_000,
        largeFourEyes: true,
        'plateMatch.scoreMin': 90,
        'plateMatch.marginMin': null,
        aloneFenMax: 3000,
        'upkeep.photoGb': 5,
      },
    })
    const wrong = { version: 1, rules: { scoreMin: '90' } }
    expect(() => readDraft(JSON.stringify(wrong), 'setup.json')).toThrow(/SETUP-04/)
    const unknown = { version: 1, rules: { score: 90 } }
    expect(() => readDraft(JSON.stringify(unknown), 'setup.json')).toThrow(/SETUP-04/)
  })
})
