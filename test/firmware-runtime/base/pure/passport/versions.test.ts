// The version of one device over time: first reading, change, silence, acceptance, passport. Each row is a story of
// happenings and the state after each of them.
import { describe, expect, it } from 'vitest'
import { emptyContent } from '#base/pure/passport/tables.ts'
import {
  acceptedVersion,
  heardVersion,
  noVersion,
  passportReading,
  passportVersion,
  versionState,
  type DeviceReading,
  type KeptVersion,
  type VersionState,
} from '#base/pure/passport/versions.ts'

const v = (
  version: string | null,
  serial: string | null = null,
  hardware: string | null = null,
) => ({ version, hardware, serial })

type Step =
  | { readonly hears: DeviceReading | null }
  | { readonly accepts: string }
  | { readonly passport: DeviceReading; readonly madeAtMs?: number }

function after(kept: KeptVersion, step: Step, atMs: number): KeptVersion {
  if ('hears' in step) return heardVersion(kept, step.hears, atMs)
  if ('accepts' in step) return acceptedVersion(kept, step.accepts, atMs) ?? kept
  return passportVersion(kept, step.passport, { atMs: step.madeAtMs ?? atMs, by: 'signer' })
}

const stories: readonly (readonly [string, readonly (readonly [Step, VersionState])[]])[] = [
  ['the first reading has nothing to differ from', [[{ hears: v('1') }, 'same']]],
  ['never answered is unread', [[{ hears: null }, 'unread']]],
  ['an answer without any member is none', [[{ hears: v(null) }, 'unread']]],
  ['a serial number alone says no version', [[{ hears: v(null, 'S1') }, 'unread']]],
  [
    'another version is a change until it is accepted',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ hears: v('2') }, 'changed'],
      [{ accepts: 'owner' }, 'same'],
      [{ hears: v('1') }, 'changed'],
    ],
  ],
  [
    'a version taken back ends the change',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ hears: v('1') }, 'same'],
    ],
  ],
  [
    'the same version on another device is a change',
    [
      [{ hears: v('1', 'S1') }, 'same'],
      [{ hears: v('1', 'S2') }, 'changed'],
    ],
  ],
  [
    'other hardware under the same software is a change',
    [
      [{ hears: v('1', null, 'A') }, 'same'],
      [{ hears: v('1', null, 'B') }, 'changed'],
    ],
  ],
  [
    'silence is never unchanged, and does not hide a change',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: null }, 'unread'],
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ hears: null }, 'changed'],
    ],
  ],
  [
    'a version no longer told is unread',
    [
      [{ hears: v('1', 'S1') }, 'same'],
      [{ hears: v(null, 'S1') }, 'unread'],
    ],
  ],
  [
    'a new passport ends the change',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ passport: v('2') }, 'same'],
    ],
  ],
  [
    'a passport is what a first reading is compared with, whenever it was made',
    [
      [{ hears: v('2') }, 'same'],
      [{ passport: v('1'), madeAtMs: -5_000 }, 'changed'],
    ],
  ],
  [
    'a passport older than the acceptance of a person does not undo it',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ accepts: 'owner' }, 'same'],
      [{ passport: v('1'), madeAtMs: 0 }, 'same'],
    ],
  ],
  [
    'a passport without a word of the device decides nothing',
    [
      [{ hears: v('1') }, 'same'],
      [{ hears: v('2') }, 'changed'],
      [{ passport: v(null) }, 'changed'],
    ],
  ],
]

describe('the version of a device', () => {
  it.each(stories)('%s', (_what, story) => {
    let kept = noVersion
    story.forEach(([step, state], i) => {
      kept = after(kept, step, (i + 1) * 1_000)
      expect([i, versionState(kept)]).toEqual([i, state])
    })
  })

  it('counts from the day it was first read', () => {
    const first = heardVersion(noVersion, v('1'), 1_000)
    const again = heardVersion(first, v('1'), 90_000)
    expect(again.last).toEqual({ ...v('1'), sinceMs: 1_000, readAtMs: 90_000 })
    expect(heardVersion(again, v('2'), 95_000).last?.sinceMs).toBe(95_000)
    expect(heardVersion(again, null, 95_000)).toEqual({ ...again, silentSinceMs: 95_000 })
  })

  it.each([
    ['nothing was read', noVersion],
    ['nothing changed', heardVersion(noVersion, v('1'), 1_000)],
  ])('is not accepted where %s', (_what, kept) => {
    expect(acceptedVersion(kept, 'owner', 2_000)).toBeNull()
  })
})

describe('a passport', () => {
  const content = {
    ...emptyContent(),
    identity: [
      { device: 'rsu', name: 'rsuId', value: '000829', source: 'device' },
      { device: 'camera', name: 'serialNo', value: 'S1', source: 'device' },
      { device: 'camera', name: 'link', value: 'push:x', source: 'config' },
      { device: 'barrier', name: 'link', value: 'tcp:', source: 'config' },
    ],
    firmware: [
      { device: 'rsu', version: '0200', source: 'device' },
      { device: 'display', version: '7', source: 'config' },
    ],
  }
  it.each([
    ['rsu', v('0200', '000829')],
    ['camera', v(null, 'S1')],
    ['barrier', null],
    ['display', null],
  ])('says of the %s what the device itself had told', (device, reading) => {
    expect(passportReading(content, device)).toEqual(reading)
  })
})
