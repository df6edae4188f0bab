// Converts a profile of an antenna to the override of its driver, and maps problems of the override back to places in
// the profile. Code lists define both the words and their meaning for money.
import type { MoneyTable } from '../pure/rsu/table-types.ts'
import type { JudgedProblem, VariantOverride } from '../pure/rsu/variant-override.ts'
import type { RsuVariantId } from '../pure/rsu/variants.ts'
import type { FaultCode } from '#base/pure/faults/faults.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import type { Path } from './findings.ts'
import type { Profile } from './schema.ts'
import { settingDefsOf } from './setting-defs.ts'

type Codes = Profile['codeLists'][string]['codes']

export const moneyLists = ['b5Error', 'b8Error'] as const

/** Unlisted codes are unknown: no source documents them. */
function moneyOf(codes: Codes): MoneyTable {
  const states = codes.flatMap(({ code, money }) =>
    money === undefined ? [] : [[code, money] as const],
  )
  const entry = codes.flatMap(({ code, moneyOnEntry }) =>
    moneyOnEntry === undefined ? [] : [[code, moneyOnEntry] as const],
  )
  return {
    codes: Object.fromEntries(states),
    entryLane: Object.fromEntries(entry),
    otherwise: 'unknown',
  }
}

const evidenceOf = ({ status }: Profile): VariantOverride['evidence'] => {
  if (status === 'assumed') return 'assumed'
  return status === 'verified-on-unit' ? 'captured' : 'document'
}

/** Numbers by name, without the power step, which is a member of its own. */
function timingOf({ limits }: Profile): Record<string, number> {
  const named = Object.entries(limits).map(([name, { value }]) => [name, value] as const)
  return Object.fromEntries(named.filter(([name]) => name !== 'powerStepMax'))
}

/** Target of each setting of the profile; a mechanical setting has none. */
function writtenSettings(p: Profile): NonNullable<VariantOverride['settings']> {
  const defs = settingDefsOf(p)
  return p.settings.flatMap(({ id, writes }) => {
    const def = defs.find((one) => one.id === id)
    if (writes === null || def === undefined) return []
    const { frame, field, add = 0 } = writes
    return [{ id, frame, field, add, min: def.min, max: def.max, usual: def.initial }]
  })
}

export function overrideOf(p: Profile, base: RsuVariantId): VariantOverride {
  const lists = Object.entries(p.codeLists)
  const enums = lists.map(([name, { codes }]) => [
    name,
    Object.fromEntries(codes.map(({ code, word }) => [code, word])),
  ])
  const money = moneyLists.flatMap((name) => {
    const list = p.codeLists[name]
    return list === undefined ? [] : [[name, moneyOf(list.codes)] as const]
  })
  const powerStepMax = p.limits['powerStepMax']?.value
  return {
    ...p.protocol.overrides,
    id: `${p.vendor}-${p.model}/${p.revision}.0`,
    extends: base,
    evidence: evidenceOf(p),
    sources: p.basis.map(({ text }) => text.en),
    ...(powerStepMax === undefined ? {} : { powerStepMax }),
    settings: writtenSettings(p),
    timing: timingOf(p),
    capabilities: p.capabilities,
    enums: Object.fromEntries(enums) as NonNullable<VariantOverride['enums']>,
    moneyState: Object.fromEntries(money),
  }
}

const overridesAt: Path = ['protocol', 'overrides']

/** A frame or file of the profile, by its code or name; else the overrides as a whole. */
function broughtAt(p: Profile, member: 'frames' | 'files', rest: readonly string[]): Path {
  const [name = '', form = '', ...inside] = rest
  const { frames = [], files = [] } = p.protocol.overrides ?? {}
  if (member === 'files') {
    const i = files.findIndex((file) => file.name === name)
    return i < 0 ? overridesAt : [...overridesAt, 'files', i, ...rest.slice(1)]
  }
  const i = frames.findIndex((frame) => frame.code === name)
  if (i < 0) return overridesAt
  const n = frames[i]?.forms.findIndex((one) => one.name === form) ?? -1
  return n < 0
    ? [...overridesAt, 'frames', i]
    : [...overridesAt, 'frames', i, 'forms', n, ...inside]
}

/** The place in the profile of a problem. */
export function problemPointer(
  p: Profile,
  { at, kind }: Pick<JudgedProblem, 'at' | 'kind'>,
): string {
  const [member = '', ...rest] = at.split('/').slice(1)
  const place = (): Path => {
    if (member === 'enums' || member === 'moneyState') return ['codeLists', ...rest.slice(0, 1)]
    if (member === 'timing') return ['limits', ...rest]
    if (member === 'powerStepMax') return ['limits', member]
    if (member === 'capabilities') return [member, ...rest]
    if (kind !== 'member' && (member === 'frames' || member === 'files'))
      return broughtAt(p, member, rest)
    return member === '' || member === 'id' ? overridesAt : [...overridesAt, member, ...rest]
  }
  return jsonPointer(place())
}

export function codeOfProblem({ at, kind }: JudgedProblem): FaultCode {
  if (kind === 'example') return 'PROFILE-08'
  if (kind === 'driver') return 'PROFILE-14'
  if (/^\/(?:withoutFrames|b4Readable|b5Order)/.test(at)) return 'PROFILE-10'
  return /^\/(?:timing|powerStepMax)/.test(at) ? 'PROFILE-05' : 'PROFILE-04'
}
