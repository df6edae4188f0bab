// Every member of the profile schema is read by the product: obeyed by a driver, a search or a survey, or
// shown to people. A member that nobody reads is no member of the format.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type * as VariantWith from '../../../../firmware-runtime/devices/rsu/variant-with.ts'
import { profileSchema } from '../../../../firmware-runtime/app/profiles/schema.ts'
import { protocols } from '../../../../firmware-runtime/app/profiles/protocols.ts'
import { runReaders, runTables } from './profile-readers.ts'
import { membersOf, Reads } from './reads.ts'
import { problemsOf, copyOf, put } from './shipped.ts'

/** Frame tables as drivers get them, with their reads noted as those of the members they are made of. */
const tables = vi.hoisted(() => ({ recorded: <T>(table: T): T => table }))
vi.mock('../../../../firmware-runtime/devices/rsu/variant-with.ts', async (original) => {
  const real = await original<typeof VariantWith>()
  return {
    ...real,
    variantWith: (...args: Parameters<typeof real.variantWith>) =>
      tables.recorded(real.variantWith(...args)),
  }
})

const overrides = ['protocol', 'overrides']

/** What only people read. It is on the sheet: `etc-lane profile show`, and a row of Studio's library. */
const shown: readonly RegExp[] = [
  /^(?:basis|devicesSeen|needs|quirks|firmware|approvals|standardRows)\[\]\./,
  /^(?:title|status)$/,
  /\.(?:source|status|seen)$/,
  /^recognise\[\]\.(?:vendorId|productId|path|contains|ask|ask\[\]|begins|answer)$/,
  /^codeLists\.\*\.(?:title|codes\[\]\.title)$/,
  // What is usual stands beside each setting of a lane as well (renderer/screens/devices/).
  /^settings\[\]\.(?:dbm\.steps\[\]|lawful\[\]\.unit|reads|basic)(?:\.|$)/,
  // A place that was counted wrong is found by the check of the table.
  /^protocol\.overrides\.frames\[\]\.forms\[\]\.fields\[\]\.(?:off|unit)$/,
  /^protocol\.overrides\.(?:frames\[\]\.name|files\[\]\.length)$/,
  /^limits\.\*\.source$/,
]
/** Read where examples are decoded and written back: that is what they are for. */
const decoded = /^examples\[\]\.|\.example\.(?:hex|value)$/
/** Read before there is a profile: by editors, and by the schema itself. */
const outside: readonly string[] = ['$schema', 'format']

const sheet = /app\/profiles\/sheet(?:-words)?\.ts$/
/** Judge a member and obey it nowhere, or only pass it on. */
const judges = /app\/profiles\/(?:checks\/|diff\.ts|findings\.ts|read-profile\.ts)/
/** Not in a table any more: frames are made by them. */
const transformed =
  /^protocol\.overrides\.(?:withoutFrames|station|manufacturerBytes|b5Order|psam)\b/
const copies =
  /(?:rsu-override|variant-with|table-check|override-(?:checks|members|meaning|shapes))\.ts$/

/** The readers that count for a member. */
function readers(noted: readonly Reads[], member: string): readonly string[] {
  // What a driver may count on is in its table.
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
      'firmware-runtime/app/profiles/antenna-plan.ts',
    )
  })
  it('that nobody reads is found, and one that is on the sheet alone and is there to be obeyed', () => {
    const { recognise } = profileSchema.shape
    const more = recognise.element.options[0].extend({ planted: z.string() })
    const planted = { planted: z.string(), recognise: z.array(more) }
    expect(unread(profileSchema.extend(planted))).toEqual(['recognise[].planted', 'planted'])
    // Read by the sheet; no driver fills a frame by it.
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
    // Nothing works by these, so that nobody reads data of them.
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
