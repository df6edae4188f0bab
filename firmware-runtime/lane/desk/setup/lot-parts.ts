// Parts of a draft with the same name in lot.json, and the devices of a lane, by their rows: what an incomplete form
// lacks, its part of the lot file, and the addresses in it.
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import { isOtherChannel, otherChannels } from '#base/pure/lot/destination-members.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import {
  lacking,
  nothingOf,
  type Answers,
  type Filed,
  type Member,
  type Members,
} from '#base/pure/lot/member.ts'

type Channel = NonNullable<SetupDraft['etcOperator']>
type LaneDevices = NonNullable<SetupDraft['devices']>['lanes'][string]
type Held = Readonly<Record<string, unknown>>

/** In the order in which missing values are reported. */
const parts = [
  'gateway',
  'printers',
  'scanners',
  ...otherChannels,
  'reservation',
  'centre',
  'published',
  'time',
  'stamps',
  'updates',
] as const satisfies readonly (keyof SetupDraft & keyof LotConfig)[]
type Part = (typeof parts)[number]

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0)

/** The value in the lot file; undefined: incomplete, or empty. */
function filed(row: Member, value: unknown): unknown {
  // An empty choice may be intended.
  if (row.kind === 'list' && /^(?:choice|named)$/.test(row.of.kind) && Array.isArray(value))
    return value
  if (isNothing(value)) return undefined
  if (row.kind === 'list')
    return nonEmpty(
      (value as readonly unknown[]).filter((one) => lacking(row.of, one).length === 0),
    )
  if (row.kind !== 'group') return value
  return lacking(row, value).length === 0
    ? nonEmpty(filedMembers(row.members, value as Held))
    : undefined
}
const nonEmpty = <T extends object>(value: T): T | undefined =>
  Object.keys(value).length === 0 ? undefined : value

/** An object of the lot file, from the content of a form. */
export const filedOf = <const C extends Members>(rows: C, held: object): Filed<C> =>
  filedMembers(rows, held as Held) as Filed<C>
const filedMembers = (rows: Members, held: Held): Held =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([name, row]) => {
      const value = filed(row, held[name])
      return value !== undefined ? [[name, value]] : row.orNull === true ? [[name, null]] : []
    }),
  )

/** The content of a form, from an object of the lot file. */
export function answersOf<const C extends Members>(rows: C, lot: object): Answers<C> {
  const held: Record<string, unknown> = {}
  for (const [name, row] of Object.entries<Member>(rows))
    held[name] = (lot as Held)[name] ?? nothingOf(row)
  return held as Answers<C>
}

const rowOf = (name: Part): Member => lotMembers[name]

/** What each started form still lacks. */
export const partsMissing = (draft: SetupDraft): readonly BilingualText[] => [
  ...new Set(parts.flatMap((name) => lacking(rowOf(name), draft[name])).map(({ words }) => words)),
]

/** Members of lot.json; an incomplete one is left out. */
export const filedParts = (draft: SetupDraft): Held =>
  filedMembers(Object.fromEntries(parts.map((name) => [name, rowOf(name)])), draft)

/** The content of the forms, from the lot file. */
export const partsOfLot = (config: LotConfig): Pick<SetupDraft, Part> =>
  Object.fromEntries(
    parts.flatMap((name) => {
      const { kind } = rowOf(name)
      const none = kind === 'list' ? [] : name === 'time' ? {} : kind === 'group' ? null : undefined
      const value = config[name] ?? none
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** The platform under test; null: none, or another device is tested. */
export function channelOf(draft: SetupDraft, of: string): Channel | null {
  if (isOtherChannel(of)) return draft[of] ?? null
  const platform = draft.charge?.platform ?? 'later'
  return of === 'platform' && platform !== 'later' ? platform : null
}

function addressesIn(row: Member, value: unknown): readonly string[] {
  if (row.kind === 'link' || row.kind === 'url') return isNothing(value) ? [] : [String(value)]
  if (row.kind === 'list')
    return ((value ?? []) as readonly unknown[]).flatMap((one) => addressesIn(row.of, one))
  if (row.kind !== 'group' || typeof value !== 'object' || value === null) return []
  return Object.entries(row.members).flatMap(([name, member]) =>
    addressesIn(member, (value as Held)[name]),
  )
}

const joined = [
  'platform',
  'gateway',
  'printers',
  'scanners',
  ...otherChannels,
  'reservation',
  'streets',
  'spaces',
] as const
type Joined = Partial<Pick<LotConfig, Exclude<(typeof joined)[number], 'platform'>>>
const devicesRow: Member = { kind: 'group', words: t('', ''), members: laneDeviceMembers }

/** Addresses of devices and services: they decide whether a lot is real or a rehearsal. */
export const addressesOf = (
  lot: { readonly [K in keyof Joined]: Joined[K] | null } & {
    readonly lanes: readonly (LaneDevices | LotConfig['lanes'][number])[]
    readonly platform: LotConfig['platform']
  },
): readonly string[] => [
  ...lot.lanes.flatMap((lane) => addressesIn(devicesRow, lane)),
  ...joined.flatMap((name) => addressesIn(lotMembers[name], lot[name])),
]
