// An antenna profile as the driver gets it: exactly what the profile says.
// The richest override of the drivers' own tests is also shipped as a profile, and both give the same table.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { overrideOf } from '#devices/profiles/rsu-override.ts'
import { present } from '#base/pure/values/must.ts'
import type { VariantTable } from '#devices/pure/rsu/table-types.ts'
import type { VariantOverride } from '#devices/pure/rsu/variant-override.ts'
import { variantWith } from '#devices/pure/rsu/variant-with.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { copyOf, library, put, readAgain, shipped } from './shipped.ts'

/** A table without its names and without codes listed as unknown, which mean the same as unlisted ones. */
function bare({ id: _id, evidence: _evidence, version: _version, ...table }: VariantTable) {
  const { codes, ...rest } = table.moneyState.b5Error
  const known = Object.entries(codes).filter(([, money]) => money !== 'unknown')
  return { ...table, moneyState: { ...rest, codes: Object.fromEntries(known) } }
}

/** What the firmware shows and its reference document leaves out. */
const ofFirmware = {
  frames: ['B0', 'B4', 'C8', 'CD', 'CF'],
  members: ['capabilities', 'proofAnswer', 'searchStarts', 'statusAtPowerUp', 'timing'],
}

it('the regional firmware is the override of the drivers, and what its own code shows', () => {
  const fixture = join(import.meta.dirname, '../../../fixtures/rsu/override-s3.json')
  const override = JSON.parse(readFileSync(fixture, 'utf8')) as VariantOverride
  const wanted = bare(variantWith(rsuVariant('generic-bcc').table, override))
  const { variant } = shipped('rsu/generic/regional-firmware')
  const table = bare(present(variant, 'a table').table)
  const without = ({ frames, ...rest }: typeof table) => [
    frames.filter(({ code }) => !ofFirmware.frames.includes(code)),
    Object.entries(rest).filter(([name]) => !ofFirmware.members.includes(name)),
  ]
  expect(without(table)).toEqual(without(wanted))
  expect(table).toMatchObject({ proofAnswer: 'B5', capabilities: { proofFetch: true } })
})

describe('an override', () => {
  const soulin = shipped('rsu/soulin/parking')

  it('is plain data, named after the profile and with its sources', () => {
    const override = present(soulin.override, 'an antenna has an override')
    expect(structuredClone(override)).toEqual(override)
    expect(override).toMatchObject({
      id: 'soulin-parking/1.0',
      extends: 'generic-bcc',
      evidence: 'document',
      sources: soulin.profile.basis.map(({ text }) => text.en),
      antennaSwitch: 'C4',
      timeBase: 'chinaTime',
      timing: { heartbeatLossMs: 180_000 },
    })
    expect(override.enums?.['b5Error']).toEqual({ '00': 'ok' })
    expect(override.moneyState?.b5Error).toEqual({
      codes: { '00': 'paid' },
      entryLane: {},
      otherwise: 'unknown',
    })
    expect(override.moneyState?.b8Error).toBeUndefined()
  })
  it('has the money of each side of a lot', () => {
    const { override } = shipped('rsu/generic/generic-bcc')
    expect(override?.moneyState?.b5Error?.entryLane).toEqual({ '22': 'unpaid', '23': 'unpaid' })
  })
  it('says how sure it is, as the profile does', () => {
    const { profile } = soulin
    const evidence = (status: typeof profile.status): string =>
      overrideOf({ ...profile, status }, 'generic-bcc').evidence
    expect(evidence('assumed')).toBe('assumed')
    expect(evidence('simulated')).toBe('document')
    expect(evidence('verified-on-unit')).toBe('captured')
  })
  it('is there for antennas alone, the same object each time it is asked for', () => {
    for (const { profile, override, variant } of library.profiles.values()) {
      const isAntenna = ['rsu', 'etc-pile', 'handheld'].includes(profile.kind)
      expect([profile.model, override !== null]).toEqual([profile.model, isAntenna])
      if (override === null || variant === null) continue
      // One engine per table, however many drivers use it.
      expect(rsuVariant(variant.id, false, override).engine).toBe(variant.engine)
    }
  })
  it('tolerates a bare check byte where the profile says so', () => {
    const hex = (bytes: number[]): Uint8Array => Uint8Array.from(bytes)
    const bytes = hex([0xff, 0xff, 0x83, 0xc2, 0x02, 0x00, 0x00, 0xbd, 0x01, 0xff, 0xff])
    const frameCount = (options: object): number => {
      const read = readAgain(put(copyOf('rsu/soulin/parking'), '/protocol/options', options))
      const { framing } = present(read.checked?.variant, 'a whole profile')
      return framing.decode({ pending: new Uint8Array(0), dropping: false }, bytes).frames.length
    }
    expect([frameCount({}), frameCount({ tolerateUnescapedBcc: true })]).toEqual([0, 1])
  })
})
