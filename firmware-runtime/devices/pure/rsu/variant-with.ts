// A base variant with the differences of one device: variantWith(base, override), after overrideProblems(base,
// override) returned no problems. A wrong override is refused with the place of the problem.
import { must } from '#base/pure/values/must.ts'
import { recoded, withB5Order, withManufacturer, withStation } from './override-layouts.ts'
import { memberProblems } from './override-members.ts'
import { meaningProblems } from './override-meaning.ts'
import { checkedTable, placedWhy, tableProblems } from './table-check.ts'
import { tableWords as words } from './table-words.ts'
import type { VariantTable } from './table-types.ts'
import type { JudgedProblem, OverrideProblem, VariantOverride } from './variant-override.ts'

/** Replaces or adds entries by key; the order of the base stays. */
function replaced<T>(base: readonly T[], given: readonly T[], key: (one: T) => string): T[] {
  const byKey = new Map(given.map((one) => [key(one), one]))
  const kept = base.map((one) => byKey.get(key(one)) ?? one)
  const known = new Set(base.map(key))
  return [...kept, ...given.filter((one) => !known.has(key(one)))]
}

function withTables(base: VariantTable, override: VariantOverride): VariantTable {
  const { frames = [], withoutFrames = [], files = [] } = override
  return {
    ...base,
    frames: replaced(base.frames, frames, ({ code }) => code).filter(
      ({ code }) => !withoutFrames.includes(code),
    ),
    files: replaced(base.files, files, ({ name }) => name),
    enums: { ...base.enums, ...override.enums },
    moneyState: { ...base.moneyState, ...override.moneyState },
    b4Readable: override.b4Readable ?? base.b4Readable,
  }
}

/** A code that another frame has already cannot be given to this one (CF in generic-ver). */
function takenCodes(base: VariantTable, override: VariantOverride): OverrideProblem[] {
  const table = withTables(base, override)
  const nameOf = (code: string): string | undefined =>
    table.frames.find((frame) => frame.code === code)?.name
  const { antennaSwitch, psam } = override
  const given = [
    { at: '/antennaSwitch', from: base.antennaSwitch, to: antennaSwitch },
    ...(['start', 'data', 'apply', 'result'] as const).map((part) => {
      return { at: `/psam/${part}`, from: base.psam?.[part], to: psam?.[part] }
    }),
  ]
  return given.flatMap(({ at, from, to }) => {
    if (from === undefined || to === undefined || from === to) return []
    const [was, is] = [nameOf(from), nameOf(to)]
    return was === undefined || is === undefined || was === is
      ? []
      : [{ at, why: words.takenCode(to, is) }]
  })
}

function withCodes(table: VariantTable, override: VariantOverride): VariantTable {
  const { antennaSwitch, psam } = override
  let out = table
  if (antennaSwitch !== undefined) out = recoded(out, table.antennaSwitch, antennaSwitch)
  if (psam === undefined || psam === null || table.psam === null) return out
  for (const part of ['start', 'data', 'apply', 'result'] as const)
    out = recoded(out, table.psam[part], psam[part])
  return out
}

function withLayouts(table: VariantTable, override: VariantOverride): VariantTable {
  const { station, manufacturerBytes, b5Order } = override
  let out = table
  if (station !== undefined) out = withStation(out, station.bytes)
  if (manufacturerBytes !== undefined) out = withManufacturer(out, manufacturerBytes)
  return b5Order === undefined ? out : withB5Order(out, b5Order)
}

/** Applies frames, files and codes; layouts that depend on a whole table come later. */
const withWhole = (base: VariantTable, override: VariantOverride): VariantTable =>
  withCodes(withTables(base, override), override)

/** Applies all differences, without checking them. */
function merged(base: VariantTable, override: VariantOverride): VariantTable {
  const table = withLayouts(withWhole(base, override), override)
  const heartbeat = { ...base.heartbeat, ...override.heartbeat }
  const { psam = base.psam, impliedTransType = base.impliedTransType } = override
  return {
    ...table,
    id: override.id,
    extends: override.extends,
    evidence: override.evidence,
    heartbeat,
    psam,
    impliedTransType,
    antennaSwitch: override.antennaSwitch ?? base.antennaSwitch,
    settings: override.settings ?? base.settings,
    timeBase: override.timeBase ?? base.timeBase,
    powerStepMax: override.powerStepMax ?? base.powerStepMax,
    plateColours: override.plateColours ?? base.plateColours,
    afterResult: override.afterResult ?? base.afterResult,
    statusAtPowerUp: override.statusAtPowerUp ?? base.statusAtPowerUp,
    proofAnswer: override.proofAnswer ?? base.proofAnswer,
    searchStarts: override.searchStarts ?? base.searchStarts,
    laneModes: override.laneModes ?? base.laneModes,
    timing: { ...base.timing, ...override.timing },
    capabilities: {
      ...base.capabilities,
      ...override.capabilities,
      heartbeatReply: heartbeat.reply !== 'none',
    },
  }
}

const ofKind = (
  kind: JudgedProblem['kind'],
  problems: readonly OverrideProblem[],
): readonly JudgedProblem[] => problems.map((problem) => ({ ...problem, kind }))

/** All problems of an override, each with its kind, for callers that sort them. */
export function judgedProblems(
  base: VariantTable,
  override: VariantOverride,
): readonly JudgedProblem[] {
  const members = memberProblems(base, override)
  // The later checks assume that every member is valid.
  if (members.length > 0) return ofKind('member', members)
  const taken = takenCodes(base, override)
  if (taken.length > 0) return ofKind('member', taken)
  const whole = tableProblems(withWhole(base, override))
  if (whole.length > 0) return ofKind('table', whole.map(placedWhy))
  const table = merged(base, override)
  const laidOut = tableProblems(table)
  if (laidOut.length > 0) return ofKind('table', laidOut.map(placedWhy))
  return meaningProblems(base, table).map((problem) => ({
    ...problem,
    kind: problem.at.includes('/example') ? 'example' : 'driver',
  }))
}

/** All problems of an override of that base; empty when a driver can run with it. */
export const overrideProblems = (
  base: VariantTable,
  override: VariantOverride,
): readonly OverrideProblem[] => judgedProblems(base, override).map(({ at, why }) => ({ at, why }))

/** The table of the device. The caller has checked the override of a file with `overrideProblems` before. */
export function variantWith(base: VariantTable, override: VariantOverride): VariantTable {
  const problems = overrideProblems(base, override)
  const said = problems.map(({ at, why }) => `${at}: ${why.en}`).join('; ')
  must(problems.length === 0, `${override.id} is an override of ${base.id}: ${said}`)
  return checkedTable(merged(base, override))
}
