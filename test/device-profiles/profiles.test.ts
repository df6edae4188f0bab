// Every shipped profile agrees with the driver's own tables, and a changed byte in any of its
// examples is detected. Profiles that must be refused: test/firmware-runtime/devices/profiles/.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readProfileFolder } from '#devices/files/profile-files.ts'
import { intakeLimits } from '#devices/intake/push-body.ts'
import { checkExamples } from '#devices/profiles/checks/examples.ts'
import { checkRsu } from '#devices/profiles/checks/rsu.ts'
import { hexTextOf } from '#devices/profiles/example-codecs.ts'
import { findingsOf } from '#devices/profiles/findings.ts'
import { readLibrary } from '../firmware-runtime/devices/profiles/whole-library.ts'
import type { CheckedProfile } from '#devices/profiles/read-profile.ts'
import type { Profile } from '#devices/profiles/schema.ts'
import { settingDefsOf } from '#devices/profiles/setting-defs.ts'
import { bytesOfHex, hexOf } from '#base/pure/data/bytes.ts'
import { present } from '#base/pure/values/must.ts'
import { contractWiring, standardBarrier } from '#devices/pure/barrier/modbus-relay/config.ts'
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { hikvisionPull } from '#devices/pure/camera/hikvision/pull.ts'
import { collectMs } from '#devices/pure/camera/stream/assembly.ts'
import { vzTimes } from '#devices/pure/camera/vz/driver.ts'
import { vzPayloadBytesMax } from '#devices/pure/camera/vz/framing.ts'
import { vzColours } from '#devices/pure/camera/vz/plate-result.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { moneyOf } from '#devices/pure/rsu/driver-values.ts'
import type { VariantTable } from '#devices/pure/rsu/table-types.ts'
import { rsuVariant, rsuVariantIds } from '#devices/pure/rsu/variants.ts'

const { profiles } = readLibrary(
  readProfileFolder(join(import.meta.dirname, '..', '..', 'device-profiles')),
)
const all = [...profiles.values()]
const profileOf = (id: string): CheckedProfile => present(profiles.get(id), `${id} is shipped`)

/** Limits of a profile that differ from the code. */
const limitFaults = ({ limits }: Profile, code: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(limits)
    .filter(([name, { value }]) => code[name] !== value)
    .map(([name, { value }]) => `${name} is ${String(code[name])} in the code and ${value} here`)

const hexCodes = Array.from({ length: 256 }, (_, code) => code)

/** The meaning of each result code for the money, on both sides of a lot. */
const moneyTable = (table: VariantTable): string[] =>
  (['b5Error', 'b8Error'] as const).flatMap((name) =>
    (['entry', 'exit'] as const).flatMap((side) =>
      hexCodes.map((code) => moneyOf(table.moneyState[name], code, side)),
    ),
  )

describe.each(rsuVariantIds)('rsu/generic/%s', (id) => {
  const { profile, variant } = profileOf(`rsu/generic/${id}`)
  const { table } = present(variant, 'an antenna has a table')
  const base = rsuVariant(id).table

  it('makes the table of the driver', () => {
    // The profile has its own name, version and base.
    const { id: _id, extends: _extends, evidence: _evidence, moneyState: _money, ...said } = table
    expect(base).toMatchObject(said)
    expect(Object.keys(base).sort()).toEqual(Object.keys(table).sort())
    expect(Object.keys(profile.codeLists).sort()).toEqual(
      Object.keys(base.enums)
        .filter((name) => Object.keys(base.enums[name] ?? {}).length > 0)
        .sort(),
    )
  })
  it('says of every code what the driver makes of it', () => {
    expect(moneyTable(table)).toEqual(moneyTable(base))
  })
  it('lets a person set what the driver lets him set', () => {
    expect(settingDefsOf(profile)).toEqual(rsuSettingDefs(base))
  })
})

it('the relay board is wired and timed as its driver is', () => {
  const { profile } = profileOf('barrier/generic/modbus-relay')
  const { outputs, inputs } = contractWiring
  expect(profile.protocol.wiring).toEqual({ outputs, inputs })
  expect(limitFaults(profile, { ...standardBarrier })).toEqual([])
  const pollMs = { value: 51, source: 'own' }
  const other = { ...profile, limits: { ...profile.limits, pollMs } }
  expect(limitFaults(other, { ...standardBarrier })).toHaveLength(1)
})

it('the board on RTU is wired and timed as the one on TCP', () => {
  const [rtu, tcp] = [
    profileOf('barrier/generic/relay-rtu').profile,
    profileOf('barrier/generic/modbus-relay').profile,
  ]
  expect(rtu.protocol.wiring).toEqual(tcp.protocol.wiring)
  expect(rtu.limits).toEqual(tcp.limits)
})

it('the cameras that are asked have the times of their drivers', () => {
  const vz = profileOf('roadside-camera/vzicom/tcp-8131').profile
  expect(limitFaults(vz, { ...vzTimes, payloadBytesMax: vzPayloadBytesMax })).toEqual([])
  const dahua = profileOf('roadside-camera/dahua/traffic-junction').profile
  const { silenceMs, subscription, initial } = dahuaPull({
    address: 'a',
    channel: 1,
    confidenceMax: 100,
  })
  const heartbeatSec = Number(/heartbeat=(\d+)/.exec(subscription(initial()).path)?.[1])
  expect(limitFaults(dahua, { silenceMs, heartbeatSec, pictureWaitMs: collectMs })).toEqual([])
  const hikvision = profileOf('roadside-camera/hikvision/isapi-pull').profile
  const dialect = { ...hikvisionPull({ ctrlMod: 'asked' }), pictureWaitMs: collectMs }
  expect(limitFaults(hikvision, dialect)).toEqual([])
})
it('every way to reach a camera that the program drives has a profile of its protocol', () => {
  const shown = all.flatMap(({ id, profile }) =>
    id.startsWith('roadside-camera/')
      ? profile.links.map(({ form }) => `${String(profile.protocol.id)} ${form}`)
      : [],
  )
  const ways = ['hikvision http-push', 'hikvision http', 'dahua http', 'vzicom-push http-push']
  expect([...ways, 'vzicom-tcp tcp'].filter((way) => !shown.includes(way))).toEqual([])
})
it('the colours of Vzicom are those of its driver', () => {
  for (const id of ['tcp-8131', 'http-push']) {
    const { codeLists } = profileOf(`roadside-camera/vzicom/${id}`).profile
    expect(codeLists['colorType']?.codes.map(({ word }) => word)).toEqual(vzColours)
  }
})

it('the pushing camera has the limits of the intake', () => {
  const { profile } = profileOf('roadside-camera/hikvision/isapi-push')
  expect(limitFaults(profile, { ...intakeLimits })).toEqual([])
})

const masks = [0x01, 0x80, 0xff]

/** Copies of a hex text with one byte changed, each byte in three ways. */
function mutations(hex: string): string[] {
  const bytes = present(bytesOfHex(hex), 'an example is hex')
  return [...bytes.keys()].flatMap((i) =>
    masks.map((mask) => {
      const other = Uint8Array.from(bytes)
      other[i] = (other[i] ?? 0) ^ mask
      return hexOf(other)
    }),
  )
}

const withExamples = all.filter(({ profile }) => profile.examples.length > 0)

it('every profile with a driver shows frames of it', () => {
  const mute = all.filter(({ profile }) => profile.protocol.id !== null && !profile.examples.length)
  expect(mute.map(({ id }) => id)).toEqual([])
})

it('every antenna shows how it is asked for money and how it answers', () => {
  for (const { id, profile, variant } of all) {
    if (variant === null) continue
    const shown = profile.examples.flatMap(({ expect: said }) =>
      said.as === 'frame' ? [said.frame] : [],
    )
    expect([id, shown.includes('B5')]).toEqual([id, true])
  }
})

describe.each(withExamples.map((c) => [c.id, c] as const))('%s', (_id, { profile, variant }) => {
  it.each(profile.examples.map((e) => [e.id, e] as const))('every byte of %s counts', (_e, one) => {
    const missed = mutations(hexTextOf(one.hex)).filter((hex) => {
      const findings = findingsOf('a.json')
      checkExamples({ ...profile, examples: [{ ...one, hex }] }, variant, findings)
      return findings.list.length === 0
    })
    expect(missed).toEqual([])
  })
})

const overriding = all.flatMap(({ id, profile }) =>
  (profile.protocol.overrides?.frames ?? []).flatMap((frame, f) =>
    frame.forms.map((form, n) => ({ id, profile, f, n, name: `${frame.code} ${form.name}` })),
  ),
)

it.each(overriding)('every byte of the example of $name in $id counts', ({ profile, f, n }) => {
  const base = present(
    rsuVariantIds.find((id) => id === profile.protocol.id),
    'a frame table',
  )
  const hex = profile.protocol.overrides?.frames?.[f]?.forms[n]?.example.hex ?? ''
  const missed = mutations(hex).filter((changed) => {
    const other = structuredClone(profile)
    const form = present(other.protocol.overrides?.frames?.[f]?.forms[n], 'a form')
    form.example.hex = changed
    const findings = findingsOf('a.json')
    checkRsu(other, base, findings)
    return findings.list.length === 0
  })
  expect(missed).toEqual([])
})
