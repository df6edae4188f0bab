// `lot init` and `lot check`: a production lot gets nothing from the demo, and missing parts are named.
// Runs in this process; a blank name counts as missing.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { lotCommand } from '#runtime/commands/lot.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { openSite } from '#runtime/site/site.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'
import { runCommand } from '../../../kit/run-command.ts'

let dir: string
let tariff: string
beforeEach(() => {
  dir = folderOfTest('lot-command-')
  tariff = join(dir, 'own-tariff.json')
  writeFileSync(tariff, JSON.stringify(demoTariff))
})

async function run(...args: string[]): Promise<Record<string, unknown>> {
  try {
    return (await runCommand(lotCommand, args)).json
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: error.code, ...error.detail }
  }
}

const live = (): Record<string, string> => ({
  '--data': join(dir, 'lot'),
  '--mode': 'production',
  '--charge': 'card',
  '--tariff': tariff,
  '--lot-id': 'GX77001',
  '--node-id': 'a1',
  '--name': '南宁一号停车场',
  '--platform': 'https://127.0.0.1:8443',
  '--ca': join(dir, 'ca.pem'),
  '--certs': join(dir, 'certs'),
  '--app-id': 'LIVE0001',
})
function change(how: (lot: Record<string, unknown>) => unknown): void {
  const file = join(dir, 'lot', 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify(how(lot)))
}

async function started(): Promise<unknown> {
  try {
    const [business, mono] = [systemWallClock(), systemMonoClock()]
    const fatal = (fault: LaneFault) => {
      throw fault
    }
    const lot = loadLot(join(dir, 'lot'))
    await openSite({ ...lot, dir: join(dir, 'lot'), business, mono, timing: 'standard', fatal })
    return 'started'
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: error.code, ...error.detail }
  }
}

const init = (given: Record<string, string>) => run('init', ...Object.entries(given).flat())

it('check names a province whose rules are not built', async () => {
  const links = ['--rsu', 'exit=sim:x', '--camera', 'exit=sim:x', '--barrier', 'exit=sim:x']
  const made = await run('init', '--data', dir, '--mode', 'demo', '--charge', 'card', ...links)
  expect(made).toMatchObject({ ok: true })
  const file = join(dir, 'lot.json')
  const lot = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...lot, provinceCode: '4401' }))
  expect(await run('check', '--data', dir)).toMatchObject({
    code: 'LOT-02',
    field: '/provinceCode',
    value: '4401',
  })
})

describe('lot init in production', () => {
  it.each(['--tariff', '--lot-id', '--node-id', '--name', '--app-id'])(
    'wants %s and writes nothing without it',
    async (flag) => {
      const { [flag]: _, ...others } = live()
      expect(await init(others)).toMatchObject({ code: 'ARG-01', field: flag })
      expect(existsSync(join(dir, 'lot'))).toBe(false)
    },
  )
  it('takes the names that are given', async () => {
    expect(await init(live())).toMatchObject({ ok: true })
    const { config } = loadLot(join(dir, 'lot'))
    expect(config).toMatchObject({
      lotId: 'GX77001',
      nodeId: 'a1',
      name: { zh: '南宁一号停车场', en: '南宁一号停车场' },
      platform: { appId: 'LIVE0001' },
    })
  })
  it.skipIf(process.platform === 'win32')(
    'makes a folder that nobody else can look into',
    async () => {
      await init(live())
      expect(statSync(join(dir, 'lot')).mode & 0o777).toBe(0o700)
    },
  )
  it('takes no blank name', async () => {
    expect(await init({ ...live(), '--name': '  ' })).toMatchObject({ field: '--name' })
  })
  it('refuses the channel number of the simulated platform', async () => {
    expect(await init({ ...live(), '--app-id': 'TEST0001' })).toMatchObject({
      code: 'LOT-05',
      field: '/platform/appId',
    })
  })
})

describe('lot check', () => {
  it('says which keys of a hook and of a payment gateway are missing, and which authority', async () => {
    await init(live())
    const named = { caFile: null, merchantNo: 'M1', secret: 'gateway' }
    const gateway = { url: 'https://pay.example.com', ...named }
    const fields = async () => {
      const { ok, warnings } = await run('check', '--data', join(dir, 'lot'))
      expect(ok).toBe(true)
      const all = (warnings as { field: string }[]).map(({ field }) => field)
      return all.filter((field) => /^\/(gateway|help)/.test(field))
    }
    expect(await fields()).toEqual([])
    change((lot) => ({
      ...lot,
      help: { hook: { url: 'https://desk.example.com', secret: 'hook' } },
    }))
    expect(await fields()).toEqual(['/help/hook/secret'])
    secretStore(join(dir, 'lot'), machineSecret()).write('hook', 'k1')
    change((lot) => ({ ...lot, gateway }))
    expect(await fields()).toEqual(['/gateway/secret'])
    change((lot) => ({ ...lot, gateway: { ...gateway, caFile: join(dir, 'none.pem') } }))
    expect(await fields()).toEqual(['/gateway/caFile', '/gateway/secret'])
    secretStore(join(dir, 'lot'), machineSecret()).write('gateway', `k1:${'5a'.repeat(32)}`)
    change((lot) => ({ ...lot, gateway }))
    expect(await fields()).toEqual([])
    change((lot) => ({ ...lot, gateway: { ...gateway, url: 'https://127.0.0.1:1' } }))
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({
      code: 'LOT-05',
      field: '/gateway/url',
    })
  })
  it('warns of certificates and a status list that are not there', async () => {
    await init(live())
    const { ok, warnings } = await run('check', '--data', join(dir, 'lot'))
    expect(ok).toBe(true)
    expect(warnings).toEqual([
      expect.objectContaining({ field: '/platform/caFile', value: join(dir, 'ca.pem') }),
      expect.objectContaining({ field: '/platform/certDir', value: join(dir, 'certs') }),
      expect.objectContaining({ field: '/chargeMode', value: join(dir, 'lot/status-list.json') }),
    ])
  })
  it('a demo of its own has no warnings', async () => {
    const data = join(dir, 'demo')
    await init({ '--data': data, '--charge': 'card' })
    const own = { lotId: 'GX00012', nodeId: 'n1', platform: 'later' }
    expect(loadLot(data).config).toMatchObject(own)
    expect(await run('check', '--data', data)).toMatchObject({ ok: true, warnings: [] })
  })
  it('says where things stand against their clause: unknown is fine, a fail needs its reason', async () => {
    await init(live())
    const place = (siting: object) =>
      change((lot) => {
        const lanes = lot['lanes'] as readonly { id: string }[]
        const placed = lanes.map((lane) => (lane.id === 'exit' ? { ...lane, siting } : lane))
        return { ...lot, lanes: placed }
      })
    const verdict = async () => {
      const said = await run('check', '--data', join(dir, 'lot'))
      const siting = said['siting'] as readonly { laneId: string; rule: string; verdict: string }[]
      const own = siting.find((one) => one.laneId === 'exit' && one.rule === 'antennaHeight')
      return [said['ok'], said['code'], own?.verdict]
    }
    expect(await verdict()).toEqual([true, undefined, 'unknown'])
    place({ measures: { antennaHeightMm: 2499 } })
    expect(await verdict()).toEqual([false, 'LOT-11', 'fail'])
    place({ measures: { antennaHeightMm: 2499 }, deviation: 'a beam' })
    expect(await verdict()).toEqual([true, undefined, 'fail'])
    place({ measures: { antennaHeightMm: 2500 } })
    expect(await verdict()).toEqual([true, undefined, 'pass'])
    place({ measures: { antennaHeightMm: 2500.5 } })
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({
      code: 'LOT-02',
      field: '/lanes/1/siting/measures/antennaHeightMm',
    })
  })
  it('says where things stand along a street, once for all its spaces (7.2)', async () => {
    await init(live())
    const street = (stand: string, siting?: object) =>
      change((lot) => {
        const sensors = [{ id: 'mag', link: 'push:nb-iot', spaces: {} }]
        const spaces = ['A01', 'A02'].map((id, n) => ({ id, sensor: `mag/${n}` }))
        const streets = [
          { name: '民族大道', stand, ...(siting === undefined ? {} : { siting }), spaces },
        ]
        const gantry = { id: 'g1', name: { zh: '门架', en: 'Gantry' }, direction: 'exit' }
        const lanes = [
          { ...gantry, layout: '7.2.5', rsu: null, camera: null, barrier: null, display: null },
        ]
        return { ...lot, layout: '7.2.5', capacity: 2, lanes, streets, spaces: sensors }
      })
    const verdicts = async () => {
      const said = await run('check', '--data', join(dir, 'lot'))
      const siting = (said['siting'] ?? []) as readonly {
        street?: string
        rule: string
        verdict: string
      }[]
      const own = siting.filter(({ street: name }) => name === '民族大道')
      return [said['ok'], said['code'], ...own.map(({ rule, verdict }) => `${rule} ${verdict}`)]
    }
    const unknown = ['gantryEnds', 'gantryKey', 'sensorFlush', 'patrolVideo', 'patrolSpaces']
    street('perpendicular')
    expect(await verdicts()).toEqual([true, undefined, ...unknown.map((one) => `${one} unknown`)])
    street('parallel', {
      measures: { gantryEnds: 1, sensorFlush: true },
      deviation: '另一端在修路',
    })
    const [ok, code, ...rules] = await verdicts()
    expect([ok, code, rules[0], rules[2]]).toEqual([
      false,
      'LOT-11',
      'gantryEnds fail',
      'sensorFlush pass',
    ])
    street('parallel', { measures: { gantryEnds: 2.5 } })
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({
      code: 'LOT-02',
      field: '/streets/0/siting/measures/gantryEnds',
    })
    street('parallel', { measures: { antennaHeightMm: 5500 } })
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({ code: 'LOT-02' })
  })
  it.each(['/platform/url', '/platform/appId', '/platform/certDir', '/platform/own'])(
    'names %s, not the platform as a whole',
    async (field) => {
      await init(live())
      const name = field.split('/').at(-1) ?? ''
      change((lot) => ({ ...lot, platform: { ...(lot['platform'] as object), [name]: 7 } }))
      expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({
        code: 'LOT-02',
        field,
      })
    },
  )
})

describe('a lot that charges cards says where its charges go', () => {
  const rsu = { '--rsu': 'exit=tcp://rsu.lan:6000' }
  const without = () => {
    const { '--platform': _, '--ca': _ca, '--certs': _certs, '--app-id': _app, ...rest } = live()
    return { ...rest, ...rsu }
  }
  const nowhere = { code: 'LOT-10', field: '/platform' }

  it('init wants a platform, or the word that one comes later', async () => {
    expect(await init(without())).toMatchObject(nowhere)
    expect(existsSync(join(dir, 'lot'))).toBe(false)
    expect(await init({ ...without(), '--platform': 'later' })).toMatchObject({ ok: true })
    expect(loadLot(join(dir, 'lot')).config.platform).toBe('later')
  })
  it('check refuses none at all, and warns of the caps of one that comes later', async () => {
    await init({ ...without(), '--platform': 'later', '--psam': 'exit=370100000001' })
    const { warnings } = await run('check', '--data', join(dir, 'lot'))
    const [list, later] = warnings as { field: string; text: { en: string } }[]
    expect([list?.field, later?.field]).toEqual(['/chargeMode', '/platform'])
    expect(later?.text.en).toContain('up to 500 records, ¥ 2000.00 or 3 days')
    change((lot) => ({ ...lot, platform: null }))
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject(nowhere)
    expect(await started()).toMatchObject(nowhere)
    change(({ platform: _, ...lot }) => lot)
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({
      code: 'LOT-02',
      field: '/platform',
    })
  })
  it('a lot without an antenna charges no card and may have none', async () => {
    const { '--rsu': _, ...rest } = without()
    expect(await init(rest)).toMatchObject({ ok: true })
    expect(await run('check', '--data', join(dir, 'lot'))).toMatchObject({ ok: true })
  })
  it('online there is no later: only a platform decides a charge', async () => {
    const online = { ...without(), '--charge': 'online', '--platform': 'later' }
    expect(await init(online)).toMatchObject({ code: 'LOT-02', field: '/platform' })
  })
  it('keeps the PSAMs that people know to be authorised', async () => {
    await init({ ...without(), '--platform': 'later', '--psam': 'exit=370100000001' })
    const { lanes } = loadLot(join(dir, 'lot')).config
    expect(lanes.map(({ id, psams }) => [id, psams])).toEqual([
      ['entry', undefined],
      ['exit', ['370100000001']],
    ])
    expect(await init({ ...without(), '--platform': 'later', '--psam': 'exit=zz' })).toMatchObject({
      code: 'LOT-02',
      field: '/lanes/1/psams/0',
    })
  })
})

describe('lot channel', () => {
  const devices = { '--rsu': 'exit=tcp://rsu.lan:6000', '--barrier': 'exit=tcp://relay.lan:502' }
  const channel = { format: 'etc-channel', version: 1, appId: 'GX00099', url: 'https://b.example' }
  const take = (file: object, ...who: string[]) => {
    const path = join(dir, 'channel.json')
    writeFileSync(path, JSON.stringify(file))
    return run('channel', '--data', join(dir, 'lot'), '--file', path, ...who)
  }
  const written = () => readFileSync(join(dir, 'lot', 'lot.json'), 'utf8')
  const who = ['--by', '安装工', '--reason', '平台给了渠道号']

  it('shows what a channel file changes, and writes it with a name and a reason', async () => {
    expect(await init({ ...live(), ...devices })).toMatchObject({ ok: true })
    const before = written()
    const shown = await take({ ...channel, certDir: 'certs' })
    expect(shown).toMatchObject({ ok: true, isWritten: false })
    const said = (shown['changes'] as { what: { zh: string }; after: { zh: string } }[]).map(
      ({ what, after }) => `${what.zh} ${after.zh}`,
    )
    expect(said).toEqual(['平台地址 https://b.example', '渠道号 GX00099'])
    expect(written()).toBe(before)
    expect(await take(channel, ...who)).toMatchObject({ ok: true, isWritten: true })
    const { platform, chargeMode } = loadLot(join(dir, 'lot')).config
    expect(platform).toEqual({
      url: 'https://b.example',
      appId: 'GX00099',
      certDir: join(dir, 'certs'),
      caFile: join(dir, 'ca.pem'),
    })
    expect(chargeMode).toBe('card')
    const same = await take(channel, ...who)
    expect(same).toMatchObject({ ok: true, isWritten: false, changes: [] })
  })

  it('one of another car park, with a slip or without a reason changes nothing', async () => {
    expect(await init({ ...live(), ...devices })).toMatchObject({ ok: true })
    const before = written()
    const other = await take({ ...channel, lotId: 'GX77002' }, ...who)
    expect(other).toMatchObject({ code: 'SETUP-07', field: '/lotId', value: 'GX77002' })
    const slip = await take({ ...channel, appId: 'GX_1' }, ...who)
    expect(slip).toMatchObject({ code: 'SETUP-07', field: '/appId', value: '"GX_1"' })
    expect(await take(channel, '--by', '安装工')).toMatchObject({
      code: 'ARG-01',
      field: '--reason',
    })
    expect(written()).toBe(before)
    expect(existsSync(join(dir, 'lot', 'setup.json'))).toBe(false)
  })
})
