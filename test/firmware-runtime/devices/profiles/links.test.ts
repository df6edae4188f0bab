// What a link takes from the profile it names: table and values of an antenna, wiring of a barrier. An unknown profile name
// is refused with file, field and value.
import { describe, expect, it } from 'vitest'
import {
  barrierChoice,
  checkProfileLinks,
  rsuChoice,
  sensorChoice,
  printerChoice,
  scannerChoice,
  spaceChoice,
  withLinkDefaults,
  type Found,
  type ProfileLookup,
} from '#devices/profiles/links.ts'
import { isWatchedByCamera } from '#devices/pure/watch/watch-link.ts'
import { orIfFault } from '#base/pure/faults/on-fault.ts'
import { drivesOf, protocols } from '#devices/profiles/protocols.ts'
import { readProfile } from '#devices/profiles/read-profile.ts'
import { profileRefs } from '#devices/profiles/refs.ts'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import type { DeviceKind } from '#devices/pure/profile/kinds.ts'
import { whyIn } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuDriverDefaults } from '#devices/pure/rsu/driver.ts'
import { rsuSettingDefs } from '#devices/pure/rsu/settings.ts'
import { rsuVariant } from '#devices/pure/rsu/variants.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { at, bytesOf, copyOf, library, put, readAgain } from './shipped.ts'
import { faultOf } from '../../../kit/refusals.ts'

const broken: Found = { ok: false, there: true, note: 'PROFILE-04 overlap' }

const lookup: ProfileLookup = {
  find(kind, id) {
    if (id === 'acme/broken') return broken
    const checked = library.profiles.get(`${kind}/${id}`)
    if (checked !== undefined) return { ok: true, checked }
    return { ok: false, there: false, note: 'none' }
  },
}
const link = (query: string): string => `tcp://127.0.0.1:60001${query}`

describe('what a profile is said to drive', () => {
  const rows = [...library.profiles.values()].map(({ id, profile }) => ({ id, profile }))
  /** True when any kind of link of a lot accepts this profile. */
  const taken = (name: string, kind: DeviceKind): boolean =>
    rsuChoice(link(`?variant=${name}`), lookup, [kind]).ok ||
    [link(''), 'hikvision://127.0.0.1:80'].some((url) => {
      const choice = kind === 'barrier' ? barrierChoice(`${url}?profile=${name}`, lookup) : null
      return choice?.ok === true && choice.value !== null
    }) ||
    sensorChoice(`${link('')}?profile=${name}`, kind, lookup).ok ||
    (kind === 'printer' && printerChoice(`${link('')}?profile=${name}`, lookup).ok) ||
    (kind === 'scanner' &&
      ['serial:/dev/ttyACM0', 'hid:0c2e:0b81', 'evdev:/dev/input/event3'].some(
        (url) => scannerChoice(`${url}?profile=${name}`, lookup).ok,
      )) ||
    (kind === 'geomagnetic' &&
      spaceChoice(`mqtt://127.0.0.1:1883?topic=a&profile=${name}`, lookup).ok)

  it.each(rows)('$id: a link of a lane takes it exactly when it says so', ({ profile }) => {
    const { vendor, model, kind, protocol } = profile
    expect(taken(`${vendor}/${model}`, kind)).toBe(drivesOf(protocol.id) === 'lane')
  })
  it.each(rows.filter(({ profile }) => profile.kind === 'instrument'))(
    '$id: a survey measures with it',
    ({ profile }) => {
      expect(drivesOf(profile.protocol.id)).toBe('survey')
    },
  )
  it.each(protocols)('$id: spaces are watched by a link of it exactly when it says so', (row) => {
    const links = [`push:${row.id}`, `${row.id}://127.0.0.1:80?user=a&secret=b`]
    const { byLink } = row
    expect(links.some((link) => orIfFault(() => isWatchedByCamera(link), false))).toBe(
      byLink.includes('spaces'),
    )
    expect(byLink.includes('lane')).toBe(row.kinds.includes('roadside-camera'))
  })
  it('of every protocol, and nothing without one', () => {
    expect(new Set(protocols.map(({ drives }) => drives)).size).toBe(3)
    expect(drivesOf(null)).toBe('nothing')
  })
})

describe('an antenna link', () => {
  it.each([
    ['', 'generic-bcc'],
    ['?variant=generic-bcc', 'generic-bcc'],
    ['?variant=generic-ver', 'generic-ver'],
    ['?variant=generic-len', 'generic-len'],
  ] as const)('%s is the generic variant, unchanged', (query, id) => {
    const choice = rsuChoice(link(query))
    expect(choice).toEqual({
      ok: true,
      value: {
        name: id,
        config: { ...rsuDriverDefaults, variant: id },
        variant: rsuVariant(id),
        settings: rsuSettingDefs(rsuVariant(id).table),
        moves: [],
        linkDefaults: {},
        given: {},
      },
    })
    // The same object, not a copy: a generic link takes nothing from a profile.
    expect(choice.ok && choice.value.variant).toBe(rsuVariant(id))
  })
  it('takes what became of settings between versions of its firmware', () => {
    const why = { zh: '步长减半', en: 'half steps' }
    const copy = copyOf('rsu/soulin/parking')
    const own = { since: '0300', why, source: at(copy, '/basis/0/id') }
    const file = put(copy, '/migrations', [
      { ...own, setting: 'powerStep', times: [2, 1] },
      { ...own, setting: 'oldWait', becomes: null },
    ])
    const checked = present(readAgain(file).checked, 'a whole profile')
    const choice = rsuChoice(link('?variant=soulin/parking'), {
      find: () => ({ ok: true, checked }),
    })
    const move = { since: '0300', times: [1, 1], plus: 0, why }
    expect(choice.ok && choice.value.moves).toEqual([
      { ...move, setting: 'powerStep', becomes: 'powerStep', times: [2, 1] },
      { ...move, setting: 'oldWait', becomes: null },
    ])
  })
  it('takes table, options and defaults of a profile', () => {
    const choice = rsuChoice(link('?variant=soulin/parking'), lookup)
    expect(choice).toMatchObject({
      ok: true,
      value: {
        name: 'soulin/parking',
        config: {
          variant: 'generic-bcc',
          override: { timeBase: 'chinaTime' },
          settings: { powerStep: 8 },
        },
      },
    })
    expect(choice.ok && choice.value.settings.map(({ id }) => id)).toEqual(
      rsuSettingDefs(rsuVariant('generic-bcc').table).map(({ id }) => id),
    )
    expect(choice.ok && choice.value.variant.table.antennaSwitch).toBe('C4')
    expect(rsuChoice(link('?variant=wanji/parking'), lookup)).toMatchObject({
      value: { config: { variant: 'generic-ver', settings: { powerStep: 2, bstIntervalMs: 10 } } },
    })
    const jinyi = rsuChoice(link('?variant=jinyi/parking'), lookup)
    expect(jinyi).toMatchObject({ value: { config: { variant: 'generic-len' } } })
  })
  it.each([
    ['?variant=other', 'variant is one of generic-bcc, generic-ver'],
    ['?variant=acme/none', 'there is no profile acme/none'],
    ['?variant=acme/broken', 'PROFILE-04 overlap'],
    ['?variant=generic/modbus-relay', 'there is no profile'],
    ['?variant=../x', 'variant is one of'],
  ])('%s: %s', (query, note) => {
    const choice = rsuChoice(link(query), lookup)
    expect(choice.ok ? '' : whyIn(choice.note)).toContain(note)
  })
  it('without a library knows the generic ones only', () => {
    expect(rsuChoice(link('?variant=soulin/parking')).ok).toBe(false)
  })
})

describe('a barrier link', () => {
  const read = readProfile(
    bytesOf(
      put(
        put(copyOf('barrier/generic/modbus-relay'), '/protocol/wiring/presence', [
          { di: 7, activeHigh: false },
        ]),
        '/protocol/data',
        { unitId: 9 },
      ),
    ),
    'a.json',
    library.templates,
  )
  const own: ProfileLookup = {
    find: (kind) =>
      kind === 'barrier'
        ? { ok: true, checked: present(read.checked, JSON.stringify(read.findings)) }
        : { ok: false, there: false, note: '' },
  }
  it('without a name has no profile', () => {
    expect(barrierChoice(link(''))).toEqual({ ok: true, value: null })
  })
  it('takes wiring, times and address of a profile', () => {
    expect(barrierChoice(link('?profile=acme/board'), own)).toMatchObject({
      ok: true,
      value: {
        config: {
          unitId: 9,
          pollMs: 50,
          wiring: { outputs: { open: 0 }, presence: [{ di: 7, activeHigh: false }] },
        },
        linkDefaults: {},
      },
    })
  })
  it('takes the wire and the port of a profile', () => {
    expect(barrierChoice(link('?profile=generic/relay-rtu'), lookup)).toMatchObject({
      value: {
        linkDefaults: { wire: 'rtu', baud: '9600', parity: 'none', dataBits: '8', stopBits: '1' },
      },
    })
  })
  it.each(['acme/none', 'board', 'generic/generic-bcc'])('refuses %s', (id) => {
    expect(barrierChoice(link(`?profile=${id}`), lookup).ok).toBe(false)
  })
})

describe('what a link leaves open', () => {
  const defaults = { wire: 'rtu', baud: '9600', parity: 'even' }
  it.each([
    ['serial:/dev/x', 'serial:/dev/x?baud=9600&parity=even'],
    ['serial:/dev/x?parity=odd', 'serial:/dev/x?parity=odd&baud=9600'],
    ['serial:/dev/x?baud=1200&parity=odd', 'serial:/dev/x?baud=1200&parity=odd'],
    ['tcp://h:1', 'tcp://h:1?wire=rtu'],
    ['tcp://h:1?unit=2', 'tcp://h:1?unit=2&wire=rtu'],
    ['tcp://h:1?wire=tcp', 'tcp://h:1?wire=tcp'],
    ['sim:main', 'sim:main'],
    ['camera:rs485-1', 'camera:rs485-1'],
  ])('%s becomes %s', (url, dressed) => {
    expect(withLinkDefaults(url, defaults)).toBe(dressed)
    expect(withLinkDefaults(url, {})).toBe(url)
  })
})

describe('a lot', () => {
  const lotWith = (rsu: string, barrier: string) => {
    const lot = lotFile()
    const [entry, exit] = lot.lanes
    return checkLot(
      {
        ...lot,
        lanes: [
          { ...entry, barrier: link(barrier) },
          { ...exit, rsu: link(rsu) },
        ],
      },
      'lot.json',
    )
  }
  it('names its profiles', () => {
    const lot = lotWith('?variant=wanji/parking', '?profile=generic/modbus-relay')
    expect(profileRefs(lot).map(({ laneId, field, id }) => [laneId, field, id])).toEqual([
      ['entry', '/lanes/0/barrier', 'generic/modbus-relay'],
      ['exit', '/lanes/1/rsu', 'wanji/parking'],
    ])
    expect(profileRefs(lotWith('?variant=generic-ver', ''))).toEqual([])
    expect(() => checkProfileLinks(lot, 'lot.json', lookup)).not.toThrow()
  })
  it.each([
    ['?variant=acme/none', '', '/lanes/1/rsu'],
    ['?variant=acme/broken', '', '/lanes/1/rsu'],
    ['', '?profile=acme/none', '/lanes/0/barrier'],
  ])('is refused where %s%s is not whole', (rsu, barrier, field) => {
    const lot = lotWith(rsu, barrier)
    const { code, detail } = faultOf(() => checkProfileLinks(lot, 'lot.json', lookup))
    expect(code).toBe('LOT-03')
    expect(detail).toMatchObject({ file: 'lot.json', field, value: link(rsu || barrier) })
  })
})
