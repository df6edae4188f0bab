// What production refuses although a lot file may contain it: the simulator's certificates, its channel
// number and pseudo terminals. A demo may have all of them.
import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { refuseTestMeans } from '#lane/folder/live-lot.ts'
import type { LotConfig, PlatformConfig } from '#base/pure/lot/config.ts'
import { openPki, sandboxFiles } from '#simulators/platform/certificates/pki.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { lotFile } from '../lot/lot-kit.ts'
import { refusalOf } from '../../../kit/refusals.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

let dir: string
beforeEach(() => (dir = folderOfTest('live-lot-')))

function lotWith(
  mode: 'demo' | 'production',
  platform: Partial<PlatformConfig>,
  rsu: string | null = null,
): LotConfig {
  const lot = checkLot(lotFile(), 'lot.json')
  const none = { caFile: join(dir, 'none.pem'), certDir: join(dir, 'none') }
  return {
    ...lot,
    mode,
    lanes: lot.lanes.map((lane) => ({ ...lane, rsu, barrier: 'tcp://barrier.lan:502' })),
    platform: { url: 'https://127.0.0.1:1', appId: 'LIVE0001', ...none, ...platform },
  }
}

const refusedAs = (config: LotConfig) => refusalOf(() => refuseTestMeans(config, 'lot.json'))

const others = (field: string) => ({ code: 'LOT-05', file: 'lot.json', field })

describe('production refuses', () => {
  it('the channel number of the simulated platform', () => {
    const platform = { appId: 'TEST0001' }
    expect(refusedAs(lotWith('production', platform))).toMatchObject(others('/platform/appId'))
    expect(refusedAs(lotWith('demo', platform))).toBeNull()
  })
  it('the authority and the certificates of the simulated platform', () => {
    openPki(dir, gmSuite(chooseSuite()), 1_780_000_000_000)
    const ca = { caFile: join(dir, 'ca.pem') }
    const certs = { certDir: dir }
    expect(refusedAs(lotWith('production', ca))).toMatchObject(others('/platform/caFile'))
    expect(refusedAs(lotWith('production', certs))).toMatchObject({
      ...others('/platform/certDir'),
      value: join(dir, 'client.pem'),
    })
    rmSync(join(dir, 'client.pem'))
    expect(refusedAs(lotWith('production', certs))).toMatchObject({
      value: join(dir, 'platform.pem'),
    })
    expect(refusedAs(lotWith('demo', { ...ca, ...certs }))).toBeNull()
  })
  it('the certificate of a channel of its sandbox', () => {
    const suite = gmSuite(chooseSuite())
    openPki(join(dir, 'sim'), suite, 1_780_000_000_000)
    const files = sandboxFiles(join(dir, 'sim'), suite, 'SBLOT001', 1_780_000_000_000)
    writeFileSync(join(dir, 'client.pem'), files['client.pem'])
    expect(refusedAs(lotWith('production', { certDir: dir }))).toMatchObject({
      ...others('/platform/certDir'),
      value: join(dir, 'client.pem'),
    })
  })
  it('a pseudo terminal, also behind another name', () => {
    const named = join(dir, 'rsu')
    // The multiplexer of ptys is the one name below /dev/pts that always exists.
    symlinkSync('/dev/pts/ptmx', named)
    for (const path of ['/dev/pts/3', named])
      expect(refusedAs(lotWith('production', {}, `serial:${path}?baud=115200`))).toMatchObject(
        others('/lanes/0/rsu'),
      )
    expect(refusedAs(lotWith('demo', {}, 'serial:/dev/pts/3'))).toBeNull()
  })
})

describe('production refuses links to this machine, where simulators listen', () => {
  it('of a radar, too; a broker for parking spaces may run on the lane PC', () => {
    const lot = lotWith('production', {})
    const link = 'tcp://127.0.0.1:502?di=2'
    const sensors = [{ kind: 'radar', role: 'presence', link }] as const
    const lanes = lot.lanes.map((lane) => ({ ...lane, sensors }))
    const at = others('/lanes/0/sensors/0/link')
    expect(refusedAs({ ...lot, lanes })).toMatchObject({ ...at, value: link })
    const broker = 'mqtt://127.0.0.1:1883?profile=bosch/parking-lot-sensor'
    const spaces = [{ id: 'geo', link: broker, spaces: {} }]
    expect(refusedAs({ ...lot, spaces })).toBeNull()
  })
  it.each([
    ['rsu', 'tcp://127.0.0.1:60001?variant=generic-ver'],
    ['rsu', 'tcp://localhost:60001'],
    ['rsu', 'tcp://[::1]:60001'],
    ['barrier', 'tcp://127.0.0.2:502'],
    ['barrier', 'hikvision://127.0.0.1?user=a&secret=b&loopUnder=1'],
    ['display', 'tcp://127.0.0.1:9000'],
    ['camera', 'vz://127.0.0.1'],
    ['camera', 'hikvision://admin@127.0.0.1'],
  ] as const)('%s %s', (kind, url) => {
    const withLink = (mode: 'demo' | 'production'): LotConfig => {
      const lot = lotWith(mode, {})
      return { ...lot, lanes: lot.lanes.map((lane) => ({ ...lane, [kind]: url })) }
    }
    const refusal = refusedAs(withLink('production'))
    expect(refusal).toMatchObject({ ...others(`/lanes/0/${kind}`), value: url })
    expect(refusedAs(withLink('demo'))).toBeNull()
  })
})

it('production takes real ports, and leaves absent and strange files to others', () => {
  writeFileSync(join(dir, 'ca.pem'), 'no certificate')
  const config = lotWith('production', { caFile: join(dir, 'ca.pem') }, 'serial:/dev/ttyS0')
  expect(refusedAs(config)).toBeNull()
})
