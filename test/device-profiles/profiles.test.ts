// Every device profile fits the schema, lies where it says, and says what the driver's own tables say.
// Planted faults show that each rule refuses something.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { intakeLimits } from '../../firmware-runtime/adapters/intake/multipart-body.ts'
import {
  contractWiring,
  standardBarrier,
} from '../../firmware-runtime/devices/barrier/modbus-relay/config.ts'
import { rsuVariant, rsuVariantIds } from '../../firmware-runtime/devices/rsu/variants.ts'

const folder = join(import.meta.dirname, '..', '..', 'device-profiles')
const json = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.json') && !name.startsWith('schema/'))
  .sort()

interface Profile {
  readonly kind: string
  readonly vendor: string
  readonly model: string
  readonly status: string
  readonly protocol: string
  readonly devicesSeen: readonly unknown[]
  readonly link: { readonly forms: readonly string[] }
  readonly limits: Readonly<Record<string, number>>
  readonly capabilities?: Readonly<Record<string, boolean>>
  readonly wiring?: unknown
  readonly quirks: readonly { readonly id: string }[]
}

const schemaText = json('schema/profile.schema.json') as Parameters<typeof z.fromJSONSchema>[0]
const schema = z.fromJSONSchema(schemaText)
const isProfile = (value: unknown): value is Profile => schema.safeParse(value).success

/** What no schema can ask. */
function faultsOf(path: string, profile: Profile): string[] {
  const { kind, vendor, model, status, devicesSeen, quirks } = profile
  const seen = status === 'lab' || status === 'site'
  const ids = quirks.map((quirk) => quirk.id)
  return [
    ...(path === `${kind}/${vendor}/${model}.json` ? [] : ['path and content differ']),
    ...(seen === devicesSeen.length > 0 ? [] : [`${status} with ${devicesSeen.length} devices`]),
    ...(new Set(ids).size === ids.length ? [] : ['a quirk is there twice']),
  ]
}

/** Limits of a profile that differ from what the code does. */
function limitFaults(profile: Profile, code: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(profile.limits)
    .filter(([name, value]) => code[name] !== value)
    .map(([name, value]) => `${name} is ${String(code[name])} in the code and ${value} here`)
}

function codeFaults(profile: Profile): string[] {
  if (profile.kind === 'barrier') {
    const { outputs, inputs } = contractWiring
    expect(profile.wiring).toEqual({ outputs, inputs })
    return limitFaults(profile, { ...standardBarrier })
  }
  if (profile.kind === 'camera') return limitFaults(profile, { ...intakeLimits })
  const id = rsuVariantIds.find((variant) => variant === profile.protocol)
  if (id === undefined) return [`no driver for ${profile.protocol}`]
  const { table } = rsuVariant(id)
  expect(profile.capabilities).toEqual(table.capabilities)
  return limitFaults(profile, { ...table.timing, powerStepMax: table.powerStepMax })
}

const load = (path: string): Profile => {
  const value = json(path)
  expect(schema.safeParse(value).error?.issues).toBeUndefined()
  if (!isProfile(value)) throw new Error(`${path} is no profile`)
  return value
}

it('there is a profile for every frame variant, and each kind has one', () => {
  const profiles = names.map(load)
  expect(profiles.filter((p) => p.kind === 'rsu').map((p) => p.protocol)).toEqual(
    [...rsuVariantIds].sort(),
  )
  expect(new Set(profiles.map((p) => p.kind))).toEqual(new Set(['rsu', 'camera', 'barrier']))
})

describe.each(names)('%s', (path) => {
  it('fits the schema, its path and its own words', () => {
    expect(faultsOf(path, load(path))).toEqual([])
  })
  it('says what the driver does', () => {
    expect(codeFaults(load(path))).toEqual([])
  })
  it('differs from the code when one number is changed', () => {
    const profile = load(path)
    const [name = ''] = Object.keys(profile.limits)
    const limits = { ...profile.limits, [name]: (profile.limits[name] ?? 0) + 1 }
    expect(codeFaults({ ...profile, limits })).toHaveLength(1)
  })
})

describe('refuses', () => {
  const good = load(names[0] ?? '')
  it.each<[string, unknown]>([
    ['a member that is not in the schema', { ...good, colour: 'red' }],
    ['a status that is none', { ...good, status: 'verified' }],
    ['a profile without a basis', { ...good, basis: [] }],
    ['a limit without a unit', { ...good, limits: { poll: 50 } }],
    ['a limit that is no whole number', { ...good, limits: { pollMs: 0.5 } }],
    ['a quirk without where it was seen', { ...good, quirks: [{ id: 'a', why: 'long enough' }] }],
    ['a link form that is none', { ...good, link: { ...good.link, forms: ['usb'] } }],
    ['a vendor that leaves its folder', { ...good, vendor: '../x' }],
    ['text instead of a profile', 'profile'],
  ])('%s', (_what, value) => {
    expect(schema.safeParse(value).success).toBe(false)
  })
  it.each<[string, Profile]>([
    ['another place', { ...good, model: 'other' }],
    ['a lab without a device', { ...good, status: 'lab' }],
    ['a device behind a document', { ...good, devicesSeen: [{}] }],
    ['a quirk twice', { ...good, quirks: [{ id: 'a' }, { id: 'a' }] }],
  ])('%s', (_what, profile) => {
    expect(faultsOf(names[0] ?? '', profile)).toHaveLength(1)
  })
})
