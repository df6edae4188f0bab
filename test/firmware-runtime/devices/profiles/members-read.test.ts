// The product reads every member of the profile schema: a driver, a search or a survey obeys it, or it is shown to people.
// A member that nothing reads does not belong in the format.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type * as VariantWith from '#devices/pure/rsu/variant-with.ts'
import { profileSchema } from '#devices/profiles/schema.ts'
import { protocols } from '#devices/profiles/protocols.ts'
import { runReaders, runTables } from './profile-readers.ts'
import { membersOf, Reads } from './reads.ts'
import { problemsOf, copyOf, put } from './shipped.ts'

/** Wraps the frame tables that drivers get, so that their reads count for the members they were made from. */
const tables = vi.hoisted(() => ({ recorded: <T>(table: T): T => table }))
vi.mock('#devices/pure/rsu/variant-with.ts', async (original) => {
  const real = await original<typeof VariantWith>()
  return {
    ...real,
    variantWith: (...args: Parameters<typeof real.variantWith>) =>
      tables.recorded(real.variantWith(...args)),
  }
})

const overrides = ['protocol', 'overrides']

/** Members that only people read, on the sheet: `etc-lane profile show`, and a row of Studio's library. */
const shown: readonly RegExp[] = [
  /^(?:basis|devicesSeen|needs|quirks|firmware|approvals|standardRows)\[\]\./,
  /^(?:title|status)$/,
  /\.(?:source|status|seen)$/,
  /^recognise\[\]\.(?:vendorId|productId|path|contains|ask|ask\[\]|begins|answer)$/,
  /^codeLists\.\*\.(?:title|codes\[\]\.title)$/,
  // The usual value is also shown beside each setting of a lane (renderer/pages/devices/).
  /^settings\[\]\.(?:dbm\.steps\[\]|lawful\[\]\.unit|reads|basic)(?:\.|$)/,
  // The check of the table finds a wrong offset.
  /^protocol\.overrides\.frames\[\]\.forms\[\]\.fields\[\]\.(?:off|unit)$/,
  /^protocol\.overrides\.(?:frames\[\]\.name|files\[\]\.length)$/,
  /^limits\.\*\.source$/,
  /^update\.(?:zh|en|source)$/,
]
/** Members that are read when examples are decoded and encoded again, which is their purpose. */
const decoded = /^examples\[\]\.|\.example\.(?:hex|value)$/
/** Members read before a profile exists: by editors and by the schema itself. */
const outside: readonly string[] = ['$schema', 'format']

const sheet = /devices\/profiles\/sheet(?:-words)?\.ts$/
/** Files that only judge a member or pass it on. */
const judges = /devices\/profiles\/(?:checks\/|diff\.ts|findings\.ts|read-profile\.ts)/
/** Members that are no longer in the table, as frames are built from them. */
const transformed =
  /^protocol\.overrides\.(?:withoutFrames|station|manufacturerBytes|b5Order|psam)\b/
const copies =
  /(?:rsu-override|variant-with|table-check|override-(?:checks|members|meaning|shapes))\.ts$/

/** The files whose reads count for a member. */
function readers(noted: readonly Reads[], member: string): readonly string[] {
  // A capability that a driver relies on is read from its frame table.
  const other = member === 'capabilities.*' ? [`${overrides.join('.')}.${member}`] : []
  const all = [member, ...other].flatMap((one) => noted.flatMap((reads) => reads.readersOf(one)))
  if (decoded.test(member)) return all
  const isTable = member.startsWith(`${overrides.join('.')}.`) && !transformed.test(member)
  const obeyed = all.filter((file) => !judges.test(file) && !(isTable && copies.test(file)))
  const people = shown.some((one) => one.test(member))
  return people ? obeyed : obeyed.filter((file) => !sheet.test(file))
}

const notes = { profile: new Reads(), table: new Reads() }
beforeAll(() => {
  runReaders(notes.profile)
  tables.recorded = (table) => notes.table.of(structuredClone(table), overrides)
  runTables(notes.table, overrides)
  tables.recorded = (table) => table
})

const unread = (schema: z.ZodType): string[] =>
  membersOf(schema)
    .filter((member) => !outside.includes(member))
    .filter((member) => readers([notes.profile, notes.table], member).length === 0)

describe('every member of the schema', () => {
  const members = membersOf(profileSchema)

  it('is read by the product, not by its checks alone', () => {
    expect(unread(profileSchema)).toEqual([])
    expect(readers([notes.profile], 'links[].serial.otherBauds[]')).toContain(
      'firmware-runtime/devices/profiles/antenna-plan.ts',
    )
  })
  it('that nobody reads is found, and one that is on the sheet alone and is there to be obeyed', () => {
    const { recognise } = profileSchema.shape
    const more = recognise.element.options[0].extend({ planted: z.string() })
    const planted = { planted: z.string(), recognise: z.array(more) }
    expect(unread(profileSchema.extend(planted))).toEqual(['recognise[].planted', 'planted'])
    // Only the sheet reads this; no driver fills a frame from it.
    expect(notes.profile.readersOf('settings[].lawful[].unit').some((one) => sheet.test(one))).toBe(
      true,
    )
    expect(readers([notes.profile], 'quirks[].id').every((one) => sheet.test(one))).toBe(true)
  })
  it('is named by no exemption that is for nothing', () => {
    for (const one of [...shown, transformed, decoded])
      expect(
        members.some((member) => one.test(member)),
        String(one),
      ).toBe(true)
    for (const one of outside) expect(members).toContain(one)
  })
})

describe('names that a driver does not take', () => {
  const named = { value: 1, source: 'own' }
  it.each([
    ['rsu/generic/generic-bcc', '/protocol/data', { answerMs: 1 }, 'answerMs'],
    ['instrument/generic/scpi', '/protocol/data/channelPower', 'CHP?', ''],
    ['instrument/generic/scpi', '/limits/sweepMs', named, ''],
    ['instrument/tinysa/zs407', '/capabilities/channelPower', true, ''],
    ['geomagnetic/bosch/parking-lot-sensor', '/protocol/data', { statusPort: 1 }, 'statusPort'],
    ['modem/generic/at-3gpp', '/limits/answerTimeoutMs', named, ''],
    ['barrier/hikvision/camera-output', '/protocol/data', { wire: 'rtu' }, 'wire'],
    // No driver uses these protocols, so nothing reads their data.
    ['display/generic/line-voice-board', '/protocol/data', { lines: 4 }, 'lines'],
    ['time-server/generic/sntp', '/protocol/data', { port: 123 }, 'port'],
    ['roadside-camera/hikvision/isapi-push', '/protocol/data', { port: 80 }, 'port'],
  ])('%s %s is refused', (id, pointer, value, inside) => {
    const at = inside === '' ? pointer : `${pointer}/${inside}`
    expect(problemsOf(put(copyOf(id), pointer, value))).toContain(`PROFILE-14 ${at}`)
  })
  it('are free where nothing works by the profile yet: it is kept to be read', () => {
    const id = 'roadside-camera/hikvision/isapi-push'
    expect(problemsOf(put(copyOf(id), '/limits/anythingMs', named))).toEqual([])
    expect(protocols.filter(({ mayData }) => mayData === null).map(({ drives }) => drives)).toEqual(
      protocols.filter(({ drives }) => drives === 'nothing').map(({ drives }) => drives),
    )
  })
})
