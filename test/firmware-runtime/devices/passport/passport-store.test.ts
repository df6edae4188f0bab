// A lane's passport: made, opened again verbatim, refused for any changed byte with the part named, and compared daily
// with the lane as it is.
import { describe, expect, it } from 'vitest'
import { openPassport } from '#devices/passport/open-passport.ts'
import { contentOfView, tablesView } from '#devices/passport/passport-store.ts'
import type { FaultCode, LaneFault } from '#base/pure/faults/faults.ts'
import { openContainer } from '#base/pure/passport/container.ts'
import { aboutOf, tableNames } from '#base/pure/passport/tables.ts'
import { passportDatabase } from '#devices/files/passport-database.ts'
import { Bench, by, make, reader, signer } from './passport-bench.ts'
import { faultOf, laterFault } from '../../../kit/refusals.ts'

async function made(bench = new Bench()): Promise<Uint8Array> {
  bench.antennaTells(12)
  await bench.store.make(make)
  return bench.files.at(-1)?.bytes ?? new Uint8Array()
}

const refusal = (bytes: Uint8Array, read = reader()): LaneFault =>
  faultOf(() => openPassport(bytes, 'x.etcpassport', read))

const laterCode = async (act: Promise<unknown>): Promise<FaultCode> => (await laterFault(act)).code

const day = 86_400_000

describe('a passport', () => {
  it('holds what was told, with its source, and what was not told is not there', async () => {
    const bench = new Bench()
    bench.profiles = [
      {
        device: 'rsu',
        profile: 'rsu/generic/ver',
        status: 'simulated',
        signature: 'signed',
        signedBy: 'TEST',
        print: 'AA',
      },
    ]
    bench.rsu.settingsStore.apply('t1', {
      wanted: { heightCm: 250 },
      ...by,
      forMs: 1000,
      evenUnlawful: true,
      photo: 'p1',
    })
    const { content, signature } = openPassport(await made(bench), 'f', reader())
    expect(signature).toMatchObject({ state: 'signed', by: 'TEST installer', trusted: false })
    expect(aboutOf(content, 'by')).toBe('装机员')
    expect(aboutOf(content, 'jointTestCertificateId')).toBeNull()
    const power = content.setting.find((row) => row.name === 'powerStep')
    expect(power).toMatchObject({ value: 12, source: 'device', unit: 'step' })
    const height = content.setting.find((row) => row.name === 'heightCm')
    expect(height).toMatchObject({ value: 250, source: 'recorded', by: '装机员', photo: 'p1' })
    const unmeasured = content.setting.filter((row) => row.source === 'recorded' && row !== height)
    expect(unmeasured.length).toBeGreaterThan(0)
    for (const row of unmeasured) expect(row.value).toBeNull()
    expect(content.firmware).toEqual([{ device: 'rsu', version: '0102', source: 'device' }])
    expect(content.identity).toContainEqual({
      device: 'rsu',
      name: 'rsuId',
      value: 'AB12',
      source: 'device',
    })
    expect(content.profile).toEqual(bench.profiles)
    expect(content.photo).toEqual([{ photo: 'p1', jpeg: Uint8Array.of(0xff, 0xd8, 1) }])
    expect(content.backup).toHaveLength(1)
    expect(contentOfView(tablesView(content))).toEqual(content)
  })

  it('takes a certificate id of 32 letters and digits, and no other', async () => {
    const bench = new Bench()
    const certificateId = 'A1'.repeat(16)
    await bench.store.make({ ...make, certificateId })
    const { content } = openPassport(bench.files[0]?.bytes ?? new Uint8Array(), 'f', reader())
    expect(aboutOf(content, 'jointTestCertificateId')).toBe(certificateId)
    for (const wrong of ['', 'A1', 'A1'.repeat(17), `${'A1'.repeat(15)}-1`, '测'.repeat(32)])
      expect(await laterCode(bench.store.make({ ...make, certificateId: wrong }))).toBe(
        'PASSPORT-05',
      )
    expect(bench.files).toHaveLength(1)
  })

  it('made again it keeps the certificate id of the lane', async () => {
    const bench = new Bench()
    const certificateId = 'A1'.repeat(16)
    await bench.store.make({ ...make, certificateId })
    bench.antennaTells(12)
    await bench.store.make(make)
    const { content } = openPassport(bench.files.at(-1)?.bytes ?? new Uint8Array(), 'f', reader())
    expect(aboutOf(content, 'jointTestCertificateId')).toBe(certificateId)
  })

  it('made before the antenna was heard it takes what is told later for no drift', async () => {
    const bench = new Bench()
    await bench.store.make(make)
    bench.antennaTells(8)
    const { drifted, rows } = await bench.store.drift({ laneId: make.laneId })
    expect(rows).toContainEqual(
      expect.objectContaining({ name: 'rsuId', before: null, now: 'AB12', state: 'notTold' }),
    )
    expect(drifted).toBe(false)
  })

  it('is not made without a key', async () => {
    const bench = new Bench()
    bench.key = null
    expect(() => bench.store.check(make)).toThrow('PASSPORT-06')
    expect(await laterCode(bench.store.make(make))).toBe('PASSPORT-06')
  })
})

describe('a changed byte', () => {
  it('is refused wherever it lies', async () => {
    const bytes = await made()
    const step = 997
    for (let at = 0; at < bytes.length; at += at > bytes.length - 4000 ? 3 : step) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const { code, detail } = refusal(changed)
      expect(['PASSPORT-01', 'PASSPORT-02']).toContain(code)
      expect(detail.field).not.toBe('')
    }
    for (const cut of [bytes.slice(1), bytes.slice(0, -1), bytes.slice(4096), new Uint8Array()])
      expect(refusal(cut).code).toBe('PASSPORT-01')
  })

  it('is named by its table when the database was edited', async () => {
    const bytes = await made()
    const opened = openContainer(bytes)
    if (!opened.ok) throw new Error('whole')
    const { content } = openPassport(bytes, 'f', reader())
    const edited = { ...content, setting: content.setting.map((row) => ({ ...row, value: 1 })) }
    const other = passportDatabase(edited)
    expect(other.length).toBe(opened.database.length)
    const swapped = Uint8Array.from(bytes)
    swapped.set(other)
    expect(refusal(swapped)).toMatchObject({ code: 'PASSPORT-01', detail: { field: 'setting' } })
  })

  it('is named as the signature when the seal is of somebody else', async () => {
    const bytes = await made()
    const opened = openContainer(bytes)
    if (!opened.ok) throw new Error('whole')
    const { passportFile } = await import('#base/pure/passport/container.ts')
    const forged = passportFile(opened.database, {
      ...opened.seal,
      certificate: signer().certificate,
    })
    expect(refusal(forged)).toMatchObject({ code: 'PASSPORT-02', detail: { field: 'signature' } })
  })

  it('a revoked signer is refused by name', async () => {
    const bytes = await made()
    const { signature } = openPassport(bytes, 'f', reader())
    const revoked = new Map([[signature.fingerprint, 'lost']])
    expect(refusal(bytes, reader(revoked))).toMatchObject({
      code: 'PASSPORT-02',
      detail: { field: 'certificate', value: 'TEST installer' },
    })
  })
})

describe('drift', () => {
  it('is looked for two minutes after a start and once a day, and told once', async () => {
    const bench = new Bench()
    await made(bench)
    bench.store.start()
    bench.clock.advance(120_000)
    await bench.settle()
    expect(bench.told).toEqual([])
    bench.antennaTells(14, '0103')
    bench.clock.advance(day - 1000)
    await bench.settle()
    expect(bench.told).toEqual([])
    bench.clock.advance(1000)
    await bench.settle()
    expect(bench.told.map(({ code }) => code)).toEqual(['PASSPORT-03'])
    expect(bench.told[0]?.detail.note).toBe(
      'firmware rsu version 0102 -> 0103; setting rsu powerStep 12 -> 14',
    )
    bench.clock.advance(day)
    await bench.settle()
    expect(bench.told).toHaveLength(1)
    expect(bench.store.notices()).toHaveLength(1)
    await bench.store.make({ ...make, commandId: 'make-0002' })
    expect(bench.store.notices()).toEqual([])
    bench.store.stop()
  })

  it('names identity and profile, and goes when the old value is back', async () => {
    const bench = new Bench()
    const profile = { device: 'rsu', profile: 'rsu/a/b', status: 'simulated' } as const
    const signed = { signature: 'signed', signedBy: 'X' }
    bench.profiles = [{ ...profile, ...signed, print: 'AA' }]
    await made(bench)
    bench.antennaTells(12, '0102', 'CD34')
    bench.profiles = [{ ...profile, ...signed, print: 'BB' }]
    const { rows, drifted } = await bench.store.drift({ laneId: 'exit' })
    expect(drifted).toBe(true)
    expect(rows.map(({ kind, name, state }) => `${kind} ${name} ${state}`)).toEqual([
      'identity rsuId changed',
      'profile content changed',
    ])
    bench.antennaTells(12)
    bench.profiles = [{ ...profile, ...signed, print: 'AA' }]
    expect(await bench.store.drift({ laneId: 'exit' })).toMatchObject({ drifted: false, rows: [] })
  })

  it('a fence that was drawn anew is told, with what it was', async () => {
    const bench = new Bench()
    const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
    const fence = { shape: 'circle', center, radiusM: 12 } as const
    bench.place = { kind: 'handheld', fence, gnss: 'tcp://127.0.0.1:2947' }
    await made(bench)
    bench.place = { ...bench.place, gnss: 'tcp://127.0.0.1:2948' }
    expect(await bench.store.drift({ laneId: 'exit' })).toMatchObject({ drifted: false })
    bench.place = { ...bench.place, fence: { ...fence, radiusM: 500 } }
    const { rows } = await bench.store.drift({ laneId: 'exit' })
    expect(rows.filter(({ state }) => state === 'changed')).toMatchObject([
      {
        name: 'place',
        before: 'handheld 10 s; circle 22817000,108366000 12 m; 10 m',
        now: 'handheld 10 s; circle 22817000,108366000 500 m; 10 m',
      },
    ])
  })

  it('a silent antenna has not drifted: nobody knows', async () => {
    const bench = new Bench()
    await made(bench)
    bench.rsu.settingsStore.identity = null
    bench.rsu.settingsStore.lane({ type: 'rsuDown', reason: 'silent' })
    const { rows, drifted } = await bench.store.drift({ laneId: 'exit' })
    expect(drifted).toBe(false)
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['notTold']))
  })

  it('a kept passport that was changed on the disk is told', async () => {
    const bench = new Bench()
    const bytes = await made(bench)
    bytes[200] = (bytes[200] ?? 0) ^ 0xff
    bench.store.start()
    bench.clock.advance(120_000)
    await bench.settle()
    expect(bench.told.map(({ code }) => code)).toEqual(['PASSPORT-01'])
    bench.store.stop()
  })

  it('without a passport there is nothing to compare with', async () => {
    const bench = new Bench()
    expect(await bench.store.drift({ laneId: 'exit' })).toMatchObject({
      passport: null,
      drifted: false,
    })
    expect(await laterCode(bench.store.file({ laneId: 'exit' }))).toBe('PASSPORT-04')
    expect(await laterCode(bench.store.drift({ laneId: 'nowhere' }))).toBe('LANE-01')
  })
})

it('every table has rows in the list of the format', () => {
  expect(tableNames).toEqual([
    'about',
    'identity',
    'firmware',
    'setting',
    'profile',
    'photo',
    'test',
    'backup',
  ])
})
