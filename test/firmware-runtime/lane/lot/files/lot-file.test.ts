// lot.json: what is accepted, and every rule broken once. Each refusal must have its code, file,
// field and value.
import { describe, expect, it } from 'vitest'
import { checkLot, readLot } from '#lane/lot/files/lot-file.ts'
import { lotJsonSchema } from '#lane/lot/files/lot-schema.ts'
import { standardMatch } from '#base/pure/plates/plate-match.ts'
import { matchRuleOf, standardUpkeep, upkeepOf } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { lotFile } from '../lot-kit.ts'

const file = 'lot.json'

/** The lot file with the member at a JSON pointer replaced or removed. */
function changed(pointer: string, value: unknown): unknown {
  const lot: unknown = structuredClone(lotFile())
  const path = pointer.split('/').slice(1)
  const last = path.pop() ?? ''
  let at = lot as Record<string, unknown>
  for (const key of path) at = at[key] as Record<string, unknown>
  if (value === undefined) Reflect.deleteProperty(at, last)
  else at[last] = value
  return lot
}

function faultOf(act: () => unknown): {
  code: string
  field?: string
  file?: string
  value?: string
} {
  try {
    act()
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field, file: named, value } = error.detail
    return { code: error.code, field: field ?? '', file: named ?? '', value: value ?? '' }
  }
  return { code: 'none' }
}

const rows: readonly (readonly [string, unknown, string])[] = [
  ['/version', 2, 'LOT-02'],
  ['/mode', 'test', 'LOT-02'],
  ['/lotId', '', 'LOT-02'],
  ['/lanes/0/id', 'constructor', 'LOT-02'],
  ['/lotId', 'GX-12', 'LOT-02'],
  ['/lotId', 'GX0001234', 'LOT-02'],
  ['/name/zh', '', 'LOT-02'],
  ['/name/en', undefined, 'LOT-02'],
  ['/nodeId', 'N1', 'LOT-02'],
  ['/nodeId', 'node1', 'LOT-02'],
  ['/provinceCode', '45', 'LOT-02'],
  ['/layout', '9.9', 'LOT-02'],
  ['/lanes/0/layout', '9.9', 'LOT-02'],
  ['/chargeMode', 'both', 'LOT-02'],
  ['/offline', 'whatever', 'LOT-02'],
  ['/caps/perChargeFen', -1, 'LOT-02'],
  ['/caps/totalFen', 0.5, 'LOT-02'],
  ['/caps/count', 100_001, 'LOT-02'],
  ['/caps/oldestMin', '60', 'LOT-02'],
  ['/caps/perCardFen', 100_000_001, 'LOT-02'],
  ['/caps/signInAgeMin', undefined, 'LOT-02'],
  ['/plateTolerance', 2, 'LOT-02'],
  ['/plateTolerance', true, 'LOT-02'],
  ['/plateMatch', null, 'LOT-02'],
  ['/largeAmountFen', null, 'LOT-02'],
  ['/capacity', 0, 'LOT-02'],
  ['/lanes', [], 'LOT-02'],
  ['/lanes', 'entry', 'LOT-02'],
  ['/lanes/0/id', 'Entry', 'LOT-02'],
  ['/lanes/0/id', '1', 'LOT-02'],
  ['/lanes/1/id', 'entry', 'LOT-04'],
  ['/lanes/0/direction', 'both', 'LOT-02'],
  ['/lanes/0/speed', 5, 'LOT-02'],
  ['/lanes/1/rsu', '', 'LOT-02'],
  ['/lanes/1/rsu', 'http://127.0.0.1:1', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:0', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:65536', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=other', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=../x', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=a/b/c', 'LOT-03'],
  ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=/etc', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:502?profile=relay', 'LOT-03'],
  ['/lanes/1/rsu', 'serial:', 'LOT-03'],
  ['/lanes/1/rsu', 'serial:/dev/ttyS0?baud=5', 'LOT-03'],
  ['/lanes/1/rsu', 'serial:/dev/ttyS0?parity=mark', 'LOT-03'],
  ['/lanes/0/camera', 'push:other', 'LOT-03'],
  ['/lanes/0/barrier', 'serial:/dev/pts/1?wire=tcp', 'LOT-03'],
  ['/lanes/0/barrier', 'serial:/dev/pts/1?baud=1', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:1?wire=ascii', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:1?wire=rtu&unit=0', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:1?unit=248', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:1?relay=2', 'LOT-03'],
  ['/lanes/0/camera', 'hikvision://127.0.0.1', 'LOT-03'],
  ['/lanes/0/camera', 'dahua://127.0.0.1?user=admin', 'LOT-03'],
  ['/lanes/0/camera', 'vz://127.0.0.1:0', 'LOT-03'],
  ['/lanes/0/camera', 'tcp://127.0.0.1:8131', 'LOT-03'],
  ['/lanes/0/barrier', 'tcp://127.0.0.1:99999', 'LOT-03'],
  ['/lanes/0/barrier', 'hikvision://127.0.0.1:1?user=a&secret=b', 'LOT-03'],
  ['/lanes/0/barrier', 'hikvision://127.0.0.1:1?user=a&secret=b&loopUnder=1&unit=2', 'LOT-03'],
  ['/lanes/0/barrier', 'hikvision://192.0.2.1:80?user=a&secret=b&loopUnder=1', 'LOT-05'],
  ['/lanes/0/display', '', 'LOT-02'],
  ['/lanes/0/display', 'http://127.0.0.1:1', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:99999', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?rows=5', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?columns=3', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?address=256', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?address=', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?frames=both', 'LOT-03'],
  ['/lanes/0/display', 'tcp://127.0.0.1:1?voice=loud', 'LOT-03'],
  ['/lanes/0/display', 'sim:display?__defineGetter__=1', 'LOT-03'],
  ['/lanes/0/display', 'serial:/dev/pts/1?baud=1', 'LOT-03'],
  ['/lanes/0/display', 'camera:rs485-3', 'LOT-03'],
  ['/platform/url', 'http://127.0.0.1:8443', 'LOT-02'],
  ['/platform/url', 'https://127.0.0.1:8443/path', 'LOT-02'],
  ['/platform/appId', 'APP-1', 'LOT-02'],
  ['/platform/caFile', undefined, 'LOT-02'],
  ['/tariffFile', '', 'LOT-02'],
  ['/upkeep', null, 'LOT-02'],
  ['/upkeep', [], 'LOT-02'],
  ['/colour', 'blue', 'LOT-02'],
]

describe('a lot file is refused', () => {
  it.each(rows)('%s = %j: %s', (pointer: string, value: unknown, code: string) => {
    const found = faultOf(() => checkLot(changed(pointer, value), file))
    expect(found).toMatchObject({ code, file, field: pointer })
    if (value !== undefined && value !== '') expect(found.value).not.toBe('')
  })
  it.each([
    [{ allow: undefined }, '/intake/allow'],
    [{ allow: [] }, '/intake/allow'],
    [{ allow: ['any'] }, '/intake/allow/0'],
    [{ host: 'eth0' }, '/intake/host'],
    [{ port: 80 }, '/intake/port'],
  ])('a listener for pushes with %j', (over, field) => {
    const intake = { host: '192.168.1.20', port: 18_080, allow: ['192.168.1.64'] }
    expect(checkLot(changed('/intake', intake), file).intake).toEqual(intake)
    const found = faultOf(() => checkLot(changed('/intake', { ...intake, ...over }), file))
    expect(found).toMatchObject({ code: 'LOT-02', field })
  })
  it.each([
    [{ url: 'http://127.0.0.1:8443' }, '/gateway/url', 'LOT-02'],
    [{ url: 'https://127.0.0.1:8443/v1' }, '/gateway/url', 'LOT-02'],
    [{ url: 'https://pay.example.com' }, '/gateway/url', 'LOT-05'],
    [{ merchantNo: '' }, '/gateway/merchantNo', 'LOT-02'],
    [{ secret: 'Gateway Key' }, '/gateway/secret', 'LOT-02'],
    [{ caFile: undefined }, '/gateway/caFile', 'LOT-02'],
  ])('a payment gateway with %j', (over, field, code) => {
    const url = 'https://127.0.0.1:9443'
    const gateway = { url, caFile: 'pay-ca.pem', merchantNo: 'M-1', secret: 'gateway' }
    expect(checkLot(changed('/gateway', gateway), file).gateway).toEqual(gateway)
    const found = faultOf(() => checkLot(changed('/gateway', { ...gateway, ...over }), file))
    expect(found).toMatchObject({ code, field })
  })
  it.each([
    ['online without a platform', { chargeMode: 'online', platform: null }, '/platform'],
    ['online within caps', { chargeMode: 'online', offline: 'accept-within-caps' }, '/offline'],
  ])('%s', (_name, over, field) => {
    const found = faultOf(() => checkLot({ ...lotFile(), ...over }, file))
    expect(found).toMatchObject({ code: 'LOT-02', field })
  })
  it.each([
    'hikvision://192.0.2.64?user=admin&secret=cam',
    'dahua://cam-1.local?user=admin&secret=cam',
    'vz://192.0.2.66:8131',
  ])('a demo on a real camera: %s', (url) => {
    expect(faultOf(() => checkLot(changed('/lanes/1/camera', url), file))).toMatchObject({
      code: 'LOT-05',
      field: '/lanes/1/camera',
    })
  })
  it('a password in a camera link, which is not said again', () => {
    const url = 'hikvision://admin:Abcd1234@127.0.0.1?user=admin&password=Abcd1234'
    const found = faultOf(() => checkLot(changed('/lanes/1/camera', url), file))
    expect(found).toMatchObject({ code: 'LOT-03', file, field: '/lanes/1/camera' })
    expect(JSON.stringify(found)).not.toContain('Abcd1234')
  })
  it.each(['serial:/dev/ttyUSB0', 'tcp://rsu-1.local:60001'])(
    'a demo on a real port: %s',
    (url) => {
      expect(faultOf(() => checkLot(changed('/lanes/1/rsu', url), file))).toMatchObject({
        code: 'LOT-05',
        field: '/lanes/1/rsu',
      })
    },
  )
  it('a display behind a camera that is not there', () => {
    const lot = changed('/lanes/0/camera', null) as ReturnType<typeof lotFile>
    const [entry, ...others] = lot.lanes
    const lanes = [{ ...entry, display: 'camera:rs485-1' }, ...others]
    expect(faultOf(() => checkLot({ ...lot, lanes }, file))).toMatchObject({
      code: 'LOT-03',
      field: '/lanes/0/display',
    })
  })
  it('simulated devices in production', () => {
    const lot = changed('/lanes/1/rsu', 'sim:rsu-1') as Record<string, unknown>
    expect(faultOf(() => checkLot(lot, file)).code).toBe('none')
    expect(faultOf(() => checkLot({ ...lot, mode: 'production' }, file))).toMatchObject({
      code: 'LOT-05',
      field: '/lanes/1/rsu',
    })
  })
  it.each([
    ['no JSON', '{', 'FILE-02'],
    ['a member twice', '{"version":1,"version":1}', 'FILE-02'],
    ['a list', '[]', 'LOT-02'],
    ['nothing', 'null', 'LOT-02'],
  ])('%s', (_name, text, code) => {
    expect(faultOf(() => readLot(text, file))).toMatchObject({ code, file })
  })
})

it.each([
  ['scoreMin', 69],
  ['scoreMin', 101],
  ['marginMin', 4],
  ['marginMin', 100.5],
  ['margin', 20],
])('plates are not corrected by %s = %j', (name, value) => {
  const lot = { ...lotFile(), plateMatch: { [name]: value } }
  expect(faultOf(() => checkLot(lot, file))).toMatchObject({
    code: 'LOT-02',
    field: `/plateMatch/${name}`,
  })
})
it.each([
  [undefined, standardMatch],
  [{}, standardMatch],
  [{ scoreMin: 100 }, { ...standardMatch, scoreMin: 100 }],
  [{ marginMin: 5 }, { ...standardMatch, marginMin: 5 }],
  [
    { scoreMin: 70, marginMin: 100 },
    { scoreMin: 70, marginMin: 100 },
  ],
])('when plates are corrected: %j', (plateMatch, expected) => {
  const lot = plateMatch === undefined ? lotFile() : { ...lotFile(), plateMatch }
  expect(matchRuleOf(checkLot(lot, file))).toEqual(expected)
})

describe('upkeep of a lot file', () => {
  const whole = { photoDays: 3650, backupsKept: 366, backupHour: 0, diskWarnMb: 100, stayDays: 365 }
  it.each([
    ['photoDays', 6],
    ['photoDays', 3651],
    ['photoDays', '60'],
    ['photoDays', null],
    ['photoDays', 60.5],
    ['photoGb', 0],
    ['photoGb', 100_001],
    ['backupsKept', 0],
    ['backupsKept', 367],
    ['backupHour', -1],
    ['backupHour', 24],
    ['backupHour', true],
    ['stayDays', 0],
    ['stayDays', 366],
    ['spaceHours', 0],
    ['spaceHours', 721],
    ['diskWarnMb', 99],
    ['diskWarnMb', 10_000_001],
    ['photodays', 60],
  ])('refuses %s = %j by name', (name, value) => {
    const lot = { ...lotFile(), upkeep: { [name]: value } }
    const found = faultOf(() => checkLot(lot, file))
    expect(found).toEqual({
      code: 'LOT-02',
      file,
      field: `/upkeep/${name}`,
      value: JSON.stringify(value),
    })
  })
  it.each<[string, unknown, unknown]>([
    ['left out', undefined, standardUpkeep],
    ['empty', {}, standardUpkeep],
    ['in part', { photoDays: 7 }, { ...standardUpkeep, photoDays: 7 }],
    ['whole', { ...whole, photoGb: 40, spaceHours: 9 }, { ...whole, photoGb: 40, spaceHours: 9 }],
  ])('may be %s', (_name, upkeep, expected) => {
    const lot = upkeep === undefined ? lotFile() : { ...lotFile(), upkeep }
    expect(upkeepOf(checkLot(lot, file))).toEqual(expected)
  })
  it('has safe standards', () => {
    expect(standardUpkeep).toEqual({
      photoDays: 365,
      photoGb: null,
      backupsKept: 7,
      backupHour: 3,
      diskWarnMb: 2048,
      stayDays: 3,
      spaceHours: null,
    })
  })
  it('is described with its standards and may be left out', () => {
    const schema = lotJsonSchema() as {
      $defs: { lot: { required: string[]; properties: unknown } }
    }
    expect(schema.$defs.lot.required).not.toContain('upkeep')
    expect(schema.$defs.lot.properties).toMatchObject({
      upkeep: {
        additionalProperties: false,
        properties: {
          photoDays: { type: 'integer', minimum: 7, maximum: 3650, default: 365 },
          backupsKept: { default: 7 },
          backupHour: { minimum: 0, maximum: 23, default: 3 },
          diskWarnMb: { default: 2048 },
          stayDays: { default: 3 },
        },
      },
    })
  })
})

describe('a lot file is accepted', () => {
  it('as it is', () => {
    expect(readLot(JSON.stringify(lotFile()), file)).toEqual(lotFile())
  })
  it.each([
    ['/platform', null],
    ['/lanes/1/rsu', null],
    ['/lanes/1/rsu', 'serial:/dev/ttyUSB0?baud=115200&variant=generic-bcc'],
    ['/lanes/1/rsu', 'tcp://rsu-1.local:60001'],
    ['/lanes/1/rsu', 'tcp://rsu-1.local:21003?variant=generic-len'],
    ['/lanes/1/camera', 'push:vzicom'],
    ['/lanes/1/camera', 'hikvision://127.0.0.1:8080?user=admin&secret=cam&ctrlMod=absent'],
    ['/lanes/1/camera', 'dahua://cam.local?user=admin&secret=cam&confidenceMax=255'],
    ['/lanes/1/camera', 'vz://[::1]:8131'],
    ['/lanes/1/rsu', 'tcp://127.0.0.1:60001?variant=acme/one-2'],
    ['/lanes/0/barrier', 'tcp://127.0.0.1:502?profile=acme/board'],
    ['/offline', 'accept-within-caps'],
    ['/capacity', 1],
  ])('%s = %j', (pointer, value) => {
    const lot = changed(pointer, value) as Record<string, unknown>
    // A demo refuses real ports, production refuses simulated ones.
    const real = typeof value === 'string' && /^serial|local/.test(value)
    const mode = real ? 'production' : 'demo'
    expect(faultOf(() => checkLot({ ...lot, mode }, file)).code).toBe('none')
  })
  it.each([
    'tcp://127.0.0.1:9000',
    'tcp://127.0.0.1:9000?frames=page&rows=2&columns=16&address=3&voice=off',
    'serial:/dev/pts/3?baud=115200&frames=lines',
    'camera:rs485-2?frames=page',
    'sim:display',
  ])('with a display: %s', (url) => {
    expect(checkLot(changed('/lanes/0/display', url), file).lanes[0]?.display).toBe(url)
  })
  it.each([
    'tcp://127.0.0.1:502?unit=247',
    'tcp://127.0.0.1:502?unit=0',
    'tcp://127.0.0.1:502?unit=255',
    'tcp://127.0.0.1:4001?wire=rtu&unit=3',
    'serial:/dev/pts/4?baud=19200&parity=even',
    'hikvision://127.0.0.1:80?user=a&secret=b&loopUnder=1',
    'hikvision://127.0.0.1?user=a@b&secret=b&profile=hikvision/camera-output',
  ])('with a barrier: %s', (url) => {
    expect(checkLot(changed('/lanes/0/barrier', url), file).lanes[0]?.barrier).toBe(url)
  })
  it('from before displays had a driver: it has none', () => {
    const lot = checkLot(changed('/lanes/0/display', undefined), file)
    expect(lot.lanes[0]?.display).toBeNull()
    const { $defs } = lotJsonSchema() as {
      $defs: { lot: { properties: { lanes: { items: { required: string[] } } } } }
    }
    expect($defs.lot.properties.lanes.items.required).toContain('barrier')
    expect($defs.lot.properties.lanes.items.required).not.toContain('display')
  })
  it('and described by a JSON schema of the same members', () => {
    expect(lotJsonSchema()).toMatchObject({
      $defs: { lot: { properties: { caps: {}, lanes: {}, platform: {} } } },
    })
  })
})

describe('the layout of a lane', () => {
  const layoutsOf = (lot: unknown): (string | undefined)[] => [
    (checkLot(lot, file) as { layout?: string }).layout,
    ...checkLot(lot, file).lanes.map(({ layout }) => layout),
  ]
  /** A file from before lanes had this member. */
  const before = () => {
    const lot = lotFile()
    return { ...lot, lanes: lot.lanes.map(({ layout: _own, ...lane }) => lane) }
  }
  it('is that of the lot where it names none, and the lot keeps its own', () => {
    expect(layoutsOf(before())).toEqual(['7.1.1', '7.1.1', '7.1.1'])
  })
  it('is its own where it names one, with none for the lot', () => {
    const { layout: _none, ...lot } = lotFile()
    expect(layoutsOf(lot)).toEqual([undefined, '7.1.1', '7.1.1'])
  })
  it('is refused where neither says it, by the name of the lane', () => {
    const { layout: _none, ...lot } = before()
    expect(faultOf(() => checkLot(lot, file))).toMatchObject({
      code: 'LOT-02',
      field: '/lanes/0/layout',
      file,
      value: '',
    })
  })
})
