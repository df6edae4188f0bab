// Differences from the lane passport: settings, firmware, identities and profiles, row by row.
// A device that does not answer has not drifted: its state is unknown and reported separately.
import type { BilingualText } from '../words/fault-text.ts'
import { emptyContent, type PassportContent } from './tables.ts'

type DriftKind = 'setting' | 'firmware' | 'identity' | 'profile'
/** `notTold`: reported when the passport was made and not now, or the device had reported nothing then. */
type DriftState = 'changed' | 'gone' | 'new' | 'notTold'

export interface DriftRow {
  readonly kind: DriftKind
  readonly device: string
  readonly name: string
  /** A setting as its device names it; everything else has its own name. */
  readonly title: BilingualText | null
  readonly before: string | null
  readonly now: string | null
  readonly unit: string
  readonly state: DriftState
}

interface Fact {
  readonly kind: DriftKind
  readonly device: string
  readonly name: string
  readonly title?: BilingualText
  readonly value: string | null
  readonly unit: string
  readonly reported: boolean
}

function factsOf(content: PassportContent): Map<string, Fact> {
  const facts: Fact[] = [
    ...content.identity.map(({ device, name, value, source }) => ({
      kind: 'identity' as const,
      device,
      name,
      value,
      unit: '',
      reported: source === 'device',
    })),
    ...content.firmware.map(({ device, version, source }) => ({
      kind: 'firmware' as const,
      device,
      name: 'version',
      value: version,
      unit: '',
      reported: source === 'device',
    })),
    ...content.setting.map(({ device, name, zh, en, value, unit, source }) => ({
      kind: 'setting' as const,
      device,
      name,
      unit,
      reported: source === 'device',
      title: { zh, en },
      value: value === null ? null : String(value),
    })),
    ...content.profile.flatMap(({ device, profile, print, signature, signedBy }) =>
      [
        ['profile', profile],
        ['content', print],
        ['signature', `${signature} ${signedBy ?? ''}`.trim()],
      ].map(([name, value]) => ({
        kind: 'profile' as const,
        device,
        name: name ?? '',
        value: value ?? null,
        unit: '',
        reported: false,
      })),
    ),
  ]
  return new Map(facts.map((fact) => [`${fact.kind} ${fact.device} ${fact.name}`, fact]))
}

function stateOf(before: Fact | undefined, now: Fact | undefined): DriftState | null {
  if (before === undefined || before.value === null)
    return (now?.value ?? null) === null ? null : 'new'
  if (now === undefined) return before.reported ? 'notTold' : 'gone'
  // A value read back then and only remembered now proves nothing about the device.
  if (before.reported && !now.reported) return 'notTold'
  if (now.value === null) return 'gone'
  return before.value === now.value ? null : 'changed'
}

/** Differences in the order of the passport; new facts come last. */
export function driftOf(before: PassportContent, now: PassportContent): readonly DriftRow[] {
  const [then, present] = [factsOf(before), factsOf(now)]
  // The passport was made before the device reported anything: its present values are no known difference.
  const reportedThen = new Set(
    [...then.values()].flatMap((one) => (one.reported ? [one.device] : [])),
  )
  const keys = new Set([...then.keys(), ...present.keys()])
  return [...keys].flatMap((key) => {
    const [a, b] = [then.get(key), present.get(key)]
    const some = a ?? b
    const found = stateOf(a, b)
    if (some === undefined || found === null) return []
    const unheard = found === 'new' && b?.reported === true && !reportedThen.has(b.device)
    const state = unheard ? 'notTold' : found
    const { kind, device, name, unit } = some
    const values = { before: a?.value ?? null, now: b?.value ?? null }
    return [{ kind, device, name, title: some.title ?? null, ...values, unit, state }]
  })
}

/** Values reported by or written to the device: no links, profiles or measurements by a person. */
function ofDevice(content: PassportContent, device: string, sources: readonly string[]) {
  const fits = (row: { readonly device: string; readonly source: string }): boolean =>
    row.device === device && sources.includes(row.source)
  return {
    ...emptyContent(),
    identity: content.identity.filter(fits),
    firmware: content.firmware.filter(fits),
    setting: content.setting.filter(fits),
  }
}

/**
 * One device without its lane against the passport of that lane. A value that was only written counts
 * if the device reports it now; unreported values are left out.
 */
export function deviceDrift(
  before: PassportContent,
  now: PassportContent,
  device: string,
): readonly DriftRow[] {
  const reported = ofDevice(now, device, ['device'])
  const names = new Set(reported.setting.map(({ name }) => name))
  const then = ofDevice(before, device, ['device', 'lastWritten'])
  const setting = then.setting.filter(({ name, source }) => source === 'device' || names.has(name))
  return driftOf({ ...then, setting }, reported)
}

/** True for certain differences only: a silent device has not drifted. */
export const hasDrifted = (rows: readonly DriftRow[]): boolean =>
  rows.some((row) => row.state !== 'notTold')

/** One line for logs and notices: `setting rsu powerStep 12 -> 14`. */
export const driftText = ({ kind, device, name, before, now }: DriftRow): string =>
  `${kind} ${device} ${name} ${before ?? '-'} -> ${now ?? '-'}`
