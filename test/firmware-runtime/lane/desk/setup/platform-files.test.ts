// A platform's files as the set-up shows them: owner, expiry, faults and where each belongs.
// Showing them writes nothing and seals nothing.
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PlatformFile } from '#lane/calls/setup-views.ts'
import { present } from '#base/pure/values/must.ts'
import { platformFiles } from '#lane/desk/setup/platform-files.ts'
import { openPki } from '#simulators/platform/certificates/pki.ts'
import { chooseSuite } from '#simulators/platform/certificates/sm2-suite.ts'
import { gmSuite } from '#simulators/platform/certificates/suite.ts'
import { noSecondFieldFiles, secondFieldFile } from '../../../../kit/field-files.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const madeAtMs = 1_780_000_000_000
const dir = folderOfFile('platform-files-')
beforeAll(() => {
  openPki(dir, gmSuite(chooseSuite()), madeAtMs)
})

const lookAt = (nowMs = madeAtMs, certDir = dir): readonly PlatformFile[] =>
  platformFiles({ url: '', appId: '', certDir, caFile: join(dir, 'ca.pem') }, nowMs)
const states = (all: readonly PlatformFile[]) => all.map(({ name, state }) => `${name} ${state}`)
const fileOf = (all: readonly PlatformFile[], wanted: PlatformFile['name']): PlatformFile =>
  present(
    all.find(({ name }) => name === wanted),
    wanted,
  )

describe('a folder that is whole', () => {
  it('says whose each certificate is and until when, and is not changed by it', () => {
    const before = readdirSync(dir).sort()
    const all = lookAt()
    expect(states(all)).toEqual(['client ok', 'key ok', 'platform ok', 'ca ok'])
    for (const name of ['client', 'platform', 'ca'] as const) {
      const { who, fromIso, untilIso } = fileOf(all, name)
      expect(who).not.toBe('')
      expect(Date.parse(present(fromIso, 'a date'))).toBeLessThanOrEqual(madeAtMs)
      expect(Date.parse(present(untilIso, 'a date'))).toBeGreaterThan(madeAtMs)
    }
    expect(fileOf(all, 'client').certSerial).toMatch(/^[0-9A-F]+$/)
    expect(readdirSync(dir).sort()).toEqual(before)
  })
  it('is judged by the clock: soon, then over', () => {
    const end = Date.parse(present(fileOf(lookAt(), 'client').untilIso, 'a date'))
    expect(fileOf(lookAt(end - 86_400_000), 'client')).toMatchObject({
      state: 'soon',
      fault: { code: 'CERT-03' },
    })
    expect(fileOf(lookAt(end), 'client')).toMatchObject({
      state: 'bad',
      fault: { code: 'CERT-04' },
    })
  })
})

it('certificates in DER and in base64 without armour are shown as their PEM is', () => {
  const other = mkdtempSync(join(tmpdir(), 'platform-files-der-'))
  const bodyOf = (name: string): string =>
    readFileSync(join(dir, name), 'utf8').replaceAll(/-----[^-]+-----|\s/g, '')
  for (const name of readdirSync(dir)) copyFileSync(join(dir, name), join(other, name))
  const caFile = join(other, 'ca.der')
  writeFileSync(caFile, Buffer.from(bodyOf('ca.pem'), 'base64'))
  const at = { url: '', appId: '', certDir: other, caFile }
  const whole = lookAt().map(({ name, state, who, certSerial }) => [name, state, who, certSerial])
  const shown = () =>
    platformFiles(at, madeAtMs).map(({ name, state, who, certSerial }) => [
      name,
      state,
      who,
      certSerial,
    ])
  writeFileSync(join(other, 'client.pem'), Buffer.from(bodyOf('client.pem'), 'base64'))
  expect(shown()).toEqual(whole)
  writeFileSync(join(other, 'client.pem'), bodyOf('client.pem'))
  expect(shown()).toEqual(whole)
  rmSync(other, { recursive: true })
})

it.skipIf(noSecondFieldFiles)('a certificate in DER of an authority is named with its end', () => {
  const other = mkdtempSync(join(tmpdir(), 'platform-files-field-'))
  copyFileSync(secondFieldFile('certificates/client.der'), join(other, 'client.pem'))
  const nowMs = Date.parse('2027-01-01T00:00:00Z')
  expect(fileOf(lookAt(nowMs, other), 'client')).toMatchObject({
    state: 'ok',
    who: 'test',
    certSerial: '0B439393FB49C0A81946E115F5CE2B69580B9680',
    fault: null,
  })
  rmSync(other, { recursive: true })
})

it('what is not there says where it belongs; what cannot be read says why', () => {
  const empty = mkdtempSync(join(tmpdir(), 'platform-files-none-'))
  const none = lookAt(madeAtMs, empty)
  expect(states(none)).toEqual(['client absent', 'key absent', 'platform absent', 'ca ok'])
  expect(fileOf(none, 'platform').file).toBe(join(empty, 'platform.pem'))
  writeFileSync(join(empty, 'client.pem'), 'no certificate')
  expect(fileOf(lookAt(madeAtMs, empty), 'client')).toMatchObject({
    state: 'bad',
    fault: { code: 'CERT-01' },
  })
  expect(states(lookAt(madeAtMs, ''))).toEqual([
    'client absent',
    'key absent',
    'platform absent',
    'ca ok',
  ])
  rmSync(empty, { recursive: true })
})

it('a key of another certificate is the fault of the key', () => {
  const other = mkdtempSync(join(tmpdir(), 'platform-files-other-'))
  openPki(other, gmSuite(chooseSuite()), madeAtMs)
  const keys = join(other, 'client.key.pem')
  const mixed = mkdtempSync(join(tmpdir(), 'platform-files-mixed-'))
  for (const name of ['client.pem', 'platform.pem'])
    writeFileSync(join(mixed, name), readFileSync(join(dir, name)))
  writeFileSync(join(mixed, 'client.key.pem'), readFileSync(keys))
  const all = lookAt(madeAtMs, mixed)
  expect(states(all)).toEqual(['client ok', 'key bad', 'platform ok', 'ca ok'])
  expect(fileOf(all, 'key').fault?.message).toContain('不是一对')
  for (const folder of [other, mixed]) rmSync(folder, { recursive: true })
})
