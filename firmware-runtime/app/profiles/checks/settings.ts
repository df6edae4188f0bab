// Settings: ranges that can be, defaults inside them, and targets that the frame table has.
// Mechanical settings are set by hand: nothing writes them, whatever the link.
import type { Why } from '../../../core/values/faults.ts'
import { t } from '../../../core/values/fault-text.ts'
import { compareVersions } from '../../../core/configure/migrate.ts'
import { notSettable } from '../../../devices/rsu/override-meaning.ts'
import { reportedSettings } from '../../../devices/rsu/settings.ts'
import type { FieldTable, VariantTable } from '../../../devices/rsu/table-types.ts'
import type { Findings, Path } from '../findings.ts'
import type { Profile } from '../schema.ts'
import { settingDefsOf } from '../setting-defs.ts'
import { noTwice } from './identity.ts'
import { moneyFields } from './money-fields.ts'

type Setting = Profile['settings'][number]
type FrameFieldRef = NonNullable<Setting['writes']>

const isWholeSteps = (distance: number, step: number): boolean =>
  Math.abs(distance / step - Math.round(distance / step)) < 1e-9

function checkNumber(s: Setting, at: Path, findings: Findings): void {
  const { min, max, step = s.type === 'whole' ? 1 : undefined } = s
  if (min === undefined || max === undefined) {
    findings.add('PROFILE-05', at, s.id, 'a number needs min and max')
    return
  }
  const bad = (leaf: string, value: unknown, note: Why): void =>
    findings.add('PROFILE-05', [...at, leaf], value, note)
  if (min > max) bad('max', max, t(`小于 min ${min}`, `below min ${min}`))
  if (step !== undefined && step <= 0) bad('step', step, t('步长须大于零', 'a step is above zero'))
  else if (step !== undefined && min <= max && !isWholeSteps(max - min, step))
    bad('step', step, t(`不能整除 ${min} 到 ${max}`, `does not divide ${min} to ${max}`))
  if (s.type === 'whole' && [min, max, step ?? 1].some((n) => !Number.isInteger(n)))
    bad('min', [min, max, step], t('不是整数', 'not whole numbers'))
  if (s.choices !== undefined) bad('choices', s.type, t('数字没有选项', 'a number has no choices'))
  if (
    s.basic !== undefined &&
    !(min <= s.basic.min && s.basic.min <= s.basic.max && s.basic.max <= max)
  )
    bad('basic', s.basic, t(`不在 ${min} 到 ${max} 之内`, `not within ${min} to ${max}`))
  if (s.default === null) return
  const inside = typeof s.default === 'number' && s.default >= min && s.default <= max
  if (!inside) findings.add('PROFILE-11', [...at, 'default'], s.default, `not in ${min} to ${max}`)
  else if (step !== undefined && step > 0 && !isWholeSteps(Number(s.default) - min, step))
    findings.add('PROFILE-11', [...at, 'default'], s.default, `not on a step of ${step}`)
}

function checkChoice(s: Setting, at: Path, findings: Findings): void {
  const values = s.choices?.map((c) => c.value) ?? []
  if (values.length === 0) findings.add('PROFILE-05', at, s.id, 'a choice needs choices')
  noTwice(values, (i) => [...at, 'choices', i, 'value'], findings)
  const given = s.default
  if (given !== null && !values.some((value) => value === given))
    findings.add('PROFILE-11', [...at, 'default'], given, 'none of the choices')
}

function checkType(s: Setting, at: Path, findings: Findings): void {
  if (s.type === 'whole' || s.type === 'decimal') checkNumber(s, at, findings)
  else if (s.type === 'choice') checkChoice(s, at, findings)
  else if (s.default !== null && typeof s.default !== (s.type === 'switch' ? 'boolean' : 'string'))
    findings.add('PROFILE-11', [...at, 'default'], s.default, `not a ${s.type}`)
}

function checkLawful(s: Setting, at: Path, findings: Findings): void {
  s.lawful?.forEach(({ min, max, unit, comparable }, i) => {
    const here = [...at, 'lawful', i]
    const bad = (note: Why): void => findings.add('PROFILE-05', here, [min, max, unit], note)
    if (min === null && max === null)
      bad(t('限值要有 min、max 或两者', 'a limit has min, max or both'))
    if (min !== null && max !== null && min > max) bad(t('max 小于 min', 'max is below min'))
    if (!comparable) return
    if (unit !== s.unit)
      bad(t(`这一项的单位是 ${s.unit ?? '无'}`, `the setting is in ${s.unit ?? 'no unit'}`))
    const low = Math.max(min ?? -Infinity, s.min ?? -Infinity)
    if (low > Math.min(max ?? Infinity, s.max ?? Infinity))
      bad(t('范围内没有合规的值', 'no value of the range is lawful'))
  })
}

function checkDbm(s: Setting, at: Path, findings: Findings): void {
  if (s.dbm === undefined) return
  const steps = s.dbm.steps.map((one) => one.step)
  const here = (i: number): Path => [...at, 'dbm', 'steps', i, 'step']
  noTwice(steps, here, findings)
  steps.forEach((step, i) => {
    if (step < (s.min ?? step) || step > (s.max ?? step))
      findings.add('PROFILE-05', here(i), step, 'outside the range of the setting')
    const before = steps[i - 1]
    if (before !== undefined && step > before + (s.step ?? 1))
      findings.add('PROFILE-05', here(i), step, `a gap behind step ${before}`)
    if (before !== undefined && step < before)
      findings.add('PROFILE-05', here(i), step, `an overlap: ${before} comes before it`)
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
    f.add('PROFILE-10', at, `${place.frame} ${place.field}`, 'a setting is a whole number')
    return
  }
  const add = place.add ?? 0
  const values = s.choices?.map((c) => c.value) ?? [s.min ?? 0, s.max ?? 0]
  const top = 256 ** field.len - 1
  for (const value of values)
    if (typeof value === 'number' && (value + add < 0 || value + add > top))
      f.add('PROFILE-05', at, value, `${place.frame} ${place.field} takes 0 to ${top}`)
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
    findings.add('PROFILE-15', here, place.field, `${s.id} is set by hand`)
    return
  }
  const named = `${place.frame} ${place.field}`
  if (table === null) {
    findings.add('PROFILE-10', here, named, 'the protocol has no frame table')
    return
  }
  const from = table.frames.find((f) => f.code === place.frame)?.from
  const field = fieldAt(table, place.frame, place.field)
  if (field === null) findings.add('PROFILE-10', here, named, `not in the table of ${table.id}`)
  else if (from !== (member === 'writes' ? 'pc' : 'rsu'))
    findings.add('PROFILE-10', here, named, `comes from the ${from ?? 'table'}`)
  else {
    const why = member === 'writes' ? notWritten(s, place, table) : notRead(s, place)
    if (why === null) checkFits(s, place, field, here, findings)
    else findings.add('PROFILE-10', here, named, why)
  }
}

/** Why the driver would not carry the setting there; null when it does. */
function notWritten(
  s: Setting,
  { frame, field }: FrameFieldRef,
  table: VariantTable,
): string | null {
  if (settingDefsOf({ settings: [s] }).length === 0) return 'only a whole number with a default'
  if (field.includes('.')) return 'a field of a list or a file is not written'
  return notSettable(table, frame, field)
}

/** Why nobody would hear it there; null when the antenna's heartbeat is where it is read. */
function notRead({ id }: Setting, { field, add = 0 }: FrameFieldRef): string | null {
  const isReported = reportedSettings.includes(id) && field.split('.').at(-1) === id
  if (!isReported) return `only ${reportedSettings.join(' and ')} are read, from their own fields`
  return add === 0 ? null : 'what is read is taken as it is'
}

/** Every setting that is written has a field of ours to itself. */
export function checkWrites(p: Profile, table: VariantTable, findings: Findings): void {
  p.settings.forEach((s, i) => {
    // One that changes a debit is refused by a rule of its own.
    if (s.writes === null || moneyFields[s.writes.frame] === undefined)
      checkPlace(s, 'writes', ['settings', i], table, findings)
  })
  const places = p.settings.map(({ writes }, i) =>
    writes === null ? `${i}` : `${writes.frame} ${writes.field}`,
  )
  noTwice(places, (i) => ['settings', i, 'writes'], findings)
}

/** `table`: null where the protocol has no frames, `broken` where other findings say so already. */
/** The newest name is one of the settings, unless a later firmware moves it on. */
function checkMigrations({ migrations = [], settings }: Profile, findings: Findings): void {
  migrations.forEach(({ setting, becomes, since }, i) => {
    const name = becomes === undefined ? setting : becomes
    if (name === null || settings.some(({ id }) => id === name)) return
    const movesOn = migrations.some(
      (later) => later.setting === name && compareVersions(since, later.since) < 0,
    )
    if (!movesOn)
      findings.add('PROFILE-05', ['migrations', i], name, 'no setting has this name now')
  })
}

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
      findings.add('PROFILE-05', [...at, 'max'], s.max, `powerStepMax is ${table.powerStepMax}`)
  })
}
