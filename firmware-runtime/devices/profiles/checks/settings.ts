// Checks settings: possible ranges, defaults inside them, and targets that exist in the frame table. Mechanical
// settings are adjusted by hand and never written.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { compareVersions } from '../../pure/configure/migrate.ts'
import { notSettable } from '../../pure/rsu/override-meaning.ts'
import { reportedSettings } from '../../pure/rsu/settings.ts'
import type { FieldTable, VariantTable } from '../../pure/rsu/table-types.ts'
import type { Findings, Path } from '../findings.ts'
import type { Profile } from '../schema.ts'
import { settingDefsOf } from '../setting-defs.ts'
import { noTwice } from './identity.ts'
import { moneyFields } from './money-fields.ts'
import { findingWords as words } from '../finding-words.ts'

type Setting = Profile['settings'][number]
type FrameFieldRef = NonNullable<Setting['writes']>

const isWholeSteps = (distance: number, step: number): boolean =>
  Math.abs(distance / step - Math.round(distance / step)) < 1e-9

function checkNumber(s: Setting, at: Path, findings: Findings): void {
  const { min, max, step = s.type === 'whole' ? 1 : undefined } = s
  if (min === undefined || max === undefined) {
    findings.add('PROFILE-05', at, s.id, words.minMaxNeeded())
    return
  }
  const bad = (leaf: string, value: unknown, note: BilingualText): void =>
    findings.add('PROFILE-05', [...at, leaf], value, note)
  if (min > max) bad('max', max, words.belowMin(min))
  if (step !== undefined && step <= 0) bad('step', step, words.stepAboveZero())
  else if (step !== undefined && min <= max && !isWholeSteps(max - min, step))
    bad('step', step, words.notDividing(min, max))
  if (s.type === 'whole' && [min, max, step ?? 1].some((n) => !Number.isInteger(n)))
    bad('min', [min, max, step], words.notWhole())
  if (s.choices !== undefined) bad('choices', s.type, words.numberChoices())
  if (
    s.basic !== undefined &&
    !(min <= s.basic.min && s.basic.min <= s.basic.max && s.basic.max <= max)
  )
    bad('basic', s.basic, words.notWithin(min, max))
  if (s.default === null) return
  const inside = typeof s.default === 'number' && s.default >= min && s.default <= max
  if (!inside) findings.add('PROFILE-11', [...at, 'default'], s.default, words.notIn(min, max))
  else if (step !== undefined && step > 0 && !isWholeSteps(Number(s.default) - min, step))
    findings.add('PROFILE-11', [...at, 'default'], s.default, words.notOnStep(step))
}

function checkChoice(s: Setting, at: Path, findings: Findings): void {
  const values = s.choices?.map((c) => c.value) ?? []
  if (values.length === 0) findings.add('PROFILE-05', at, s.id, words.choicesNeeded())
  noTwice(values, (i) => [...at, 'choices', i, 'value'], findings)
  const given = s.default
  if (given !== null && !values.some((value) => value === given))
    findings.add('PROFILE-11', [...at, 'default'], given, words.noChoice())
}

function checkType(s: Setting, at: Path, findings: Findings): void {
  if (s.type === 'whole' || s.type === 'decimal') checkNumber(s, at, findings)
  else if (s.type === 'choice') checkChoice(s, at, findings)
  else if (s.default !== null && typeof s.default !== (s.type === 'switch' ? 'boolean' : 'string'))
    findings.add('PROFILE-11', [...at, 'default'], s.default, words.notOfType(s.type))
}

function checkLawful(s: Setting, at: Path, findings: Findings): void {
  s.lawful?.forEach(({ min, max, unit, comparable }, i) => {
    const here = [...at, 'lawful', i]
    const bad = (note: BilingualText): void =>
      findings.add('PROFILE-05', here, [min, max, unit], note)
    if (min === null && max === null) bad(words.limitNeeded())
    if (min !== null && max !== null && min > max) bad(words.maxBelowMin())
    if (!comparable) return
    if (unit !== s.unit) bad(words.settingUnit(s.unit ?? null))
    const low = Math.max(min ?? -Infinity, s.min ?? -Infinity)
    if (low > Math.min(max ?? Infinity, s.max ?? Infinity)) bad(words.noLawful())
  })
}

function checkDbm(s: Setting, at: Path, findings: Findings): void {
  if (s.dbm === undefined) return
  const steps = s.dbm.steps.map((one) => one.step)
  const here = (i: number): Path => [...at, 'dbm', 'steps', i, 'step']
  noTwice(steps, here, findings)
  steps.forEach((step, i) => {
    if (step < (s.min ?? step) || step > (s.max ?? step))
      findings.add('PROFILE-05', here(i), step, words.outsideSetting())
    const before = steps[i - 1]
    if (before !== undefined && step > before + (s.step ?? 1))
      findings.add('PROFILE-05', here(i), step, words.gapBehind(before))
    if (before !== undefined && step < before)
      findings.add('PROFILE-05', here(i), step, words.overlapBefore(before))
  })
}

/** The field of a path such as `antennas.powerStep`, in any form of the frame. */
export function fieldAt(table: VariantTable, frame: string, path: string): FieldTable | null {
  const [first = '', ...inner] = path.split('.')
  const forms = table.frames.find((f) => f.code === frame)?.forms ?? []
  for (const form of forms) {
    let field = form.fields.find((f) => f.name === first)
    for (const part of inner) {
      const inside = field?.each ?? table.files.find((f) => f.name === field?.table)?.fields
      field = inside?.find((f) => f.name === part)
    }
    if (field !== undefined) return field
  }
  return null
}

function checkFits(
  s: Setting,
  place: FrameFieldRef,
  field: FieldTable,
  at: Path,
  f: Findings,
): void {
  if (field.type !== 'uint' || field.len === 'fill') {
    f.add('PROFILE-10', at, `${place.frame} ${place.field}`, words.settingWhole())
    return
  }
  const add = place.add ?? 0
  const values = s.choices?.map((c) => c.value) ?? [s.min ?? 0, s.max ?? 0]
  const top = 256 ** field.len - 1
  for (const value of values)
    if (typeof value === 'number' && (value + add < 0 || value + add > top))
      f.add('PROFILE-05', at, value, words.fieldTakes(place.frame, place.field, top))
}

function checkPlace(
  s: Setting,
  member: 'writes' | 'reads',
  at: Path,
  table: VariantTable | null,
  findings: Findings,
): void {
  const place = s[member]
  if (place === null) return
  const here = [...at, member]
  if (s.mechanical === true) {
    findings.add('PROFILE-15', here, place.field, words.setByHand(s.id))
    return
  }
  const named = `${place.frame} ${place.field}`
  if (table === null) {
    findings.add('PROFILE-10', here, named, words.protocolNoTable())
    return
  }
  const from = table.frames.find((f) => f.code === place.frame)?.from
  const field = fieldAt(table, place.frame, place.field)
  if (field === null) findings.add('PROFILE-10', here, named, words.notInTable(table.id))
  else if (from !== (member === 'writes' ? 'pc' : 'rsu'))
    findings.add('PROFILE-10', here, named, words.comesFrom(from ?? 'table'))
  else {
    const why = member === 'writes' ? notWritten(s, place, table) : notRead(s, place)
    if (why === null) checkFits(s, place, field, here, findings)
    else findings.add('PROFILE-10', here, named, why)
  }
}

/** Why the driver could not write the setting there; null: it can. */
function notWritten(
  s: Setting,
  { frame, field }: FrameFieldRef,
  table: VariantTable,
): BilingualText | null {
  if (settingDefsOf({ settings: [s] }).length === 0) return words.onlyWholeDefault()
  if (field.includes('.')) return words.notIntoLists()
  return notSettable(table, frame, field)
}

/** Why the value would not be read there; null: the antenna's heartbeat has it there. */
function notRead({ id }: Setting, { field, add = 0 }: FrameFieldRef): BilingualText | null {
  const isReported = reportedSettings.includes(id) && field.split('.').at(-1) === id
  if (!isReported) return words.onlyRead(reportedSettings)
  return add === 0 ? null : words.readAsItIs()
}

/** Every written setting has a field of its own. */
export function checkWrites(p: Profile, table: VariantTable, findings: Findings): void {
  p.settings.forEach((s, i) => {
    // A setting that changes a debit is refused by a rule of its own.
    if (s.writes === null || moneyFields[s.writes.frame] === undefined)
      checkPlace(s, 'writes', ['settings', i], table, findings)
  })
  const places = p.settings.map(({ writes }, i) =>
    writes === null ? `${i}` : `${writes.frame} ${writes.field}`,
  )
  noTwice(places, (i) => ['settings', i, 'writes'], findings)
}

/** The newest name must be one of the settings, unless a later firmware renames it again. */
function checkMigrations({ migrations = [], settings }: Profile, findings: Findings): void {
  migrations.forEach(({ setting, becomes, since }, i) => {
    const name = becomes === undefined ? setting : becomes
    if (name === null || settings.some(({ id }) => id === name)) return
    const movesOn = migrations.some(
      (later) => later.setting === name && compareVersions(since, later.since) < 0,
    )
    if (!movesOn) findings.add('PROFILE-05', ['migrations', i], name, words.noSettingNow())
  })
}

/** `table`: null when the protocol has no frames; `broken`: other findings report it already. */
export function checkSettings(
  p: Profile,
  table: VariantTable | 'broken' | null,
  findings: Findings,
): void {
  checkMigrations(p, findings)
  p.settings.forEach((s, i) => {
    const at: Path = ['settings', i]
    checkType(s, at, findings)
    checkLawful(s, at, findings)
    checkDbm(s, at, findings)
    if (table === 'broken') return
    checkPlace(s, 'writes', at, table, findings)
    checkPlace(s, 'reads', at, table, findings)
    if (table !== null && s.writes?.field === 'powerStep' && s.max !== table.powerStepMax)
      findings.add('PROFILE-05', [...at, 'max'], s.max, words.powerStepMax(table.powerStepMax))
  })
}
