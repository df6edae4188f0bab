// The settings of a device, one row per setting, and the check of a requested value.
// Values are integers; their names and limits are data of the device's profile.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

export interface SettingDef {
  readonly id: string
  readonly title: BilingualText
  /** `step`, `ms`, `s`, `cm`, `deg` or empty. */
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly initial: number
  /** The range in common use; values outside it are marked as for experts. */
  readonly basic?: { readonly min: number; readonly max: number }
  /** Names of single values, for a setting that is a choice. */
  readonly options?: readonly { readonly value: number; readonly title: BilingualText }[]
  /** True when the device reports this value; otherwise only the value last written is known. */
  readonly readBack: boolean
  /** Set by hand with a tool (height, angle): recorded, never written to the device. */
  readonly mechanical?: true
  /** The limits of a clause that uses the same scale as this setting. */
  readonly lawful?: {
    readonly min: number | null
    readonly max: number | null
    readonly clause: string
  }
  /** A hint beside the value, such as a clause that uses another scale. */
  readonly note?: BilingualText
}

export interface DeviceSettings {
  readonly [id: string]: number
}

type SettingProblem =
  | 'unknown'
  | 'notWhole'
  | 'belowMin'
  | 'aboveMax'
  | 'offStep'
  | 'notAnOption'
  /** The device allows it and the clause does not: written only with a reason from the user. */
  | 'unlawful'

export interface SettingFinding {
  readonly id: string
  readonly value: number
  readonly problem: SettingProblem
  /** The nearest allowed value; null when no value is allowed. */
  readonly nearest: number | null
  /** For `unlawful`: the clause. */
  readonly clause: string | null
}

const problems: Readonly<Record<SettingProblem, BilingualText>> = {
  unknown: t('没有这一项', 'not a setting of this device'),
  notWhole: t('不是整数', 'not a whole number'),
  belowMin: t('低于最小值', 'below the least'),
  aboveMax: t('高于最大值', 'above the most'),
  offStep: t('不在步长上', 'not on a step'),
  notAnOption: t('不是其中的选项', 'none of the choices'),
  unlawful: t('不合规定', 'not lawful'),
}

/** Why a value is refused, with the clause and the nearest allowed value. */
export function settingWhy({ problem, clause, nearest }: SettingFinding): BilingualText {
  const { zh, en } = problems[problem]
  const by = clause === null ? '' : ` (${clause})`
  return nearest === null
    ? t(`${zh}${by}`, `${en}${by}`)
    : t(`${zh}${by},可用 ${nearest}`, `${en}${by}, ${nearest} is allowed`)
}

const clamp = (value: number, min: number, max: number): number =>
  Math.min(max, Math.max(min, value))

/** The allowed value next to `value`: within the range, on a step, lawful. */
function onStep(def: SettingDef, value: number): number {
  const low = Math.max(def.min, def.lawful?.min ?? def.min)
  const high = Math.min(def.max, def.lawful?.max ?? def.max)
  const first = Math.ceil((low - def.min) / def.step)
  const last = Math.floor((high - def.min) / def.step)
  const steps = Math.round((clamp(value, low, high) - def.min) / def.step)
  return def.min + clamp(steps, first, last) * def.step
}

function problemOf(def: SettingDef, value: number): SettingProblem | null {
  if (!Number.isSafeInteger(value)) return 'notWhole'
  if (value < def.min) return 'belowMin'
  if (value > def.max) return 'aboveMax'
  if ((value - def.min) % def.step !== 0) return 'offStep'
  if (def.options !== undefined && !def.options.some((option) => option.value === value))
    return 'notAnOption'
  const { min = null, max = null } = def.lawful ?? {}
  return (min !== null && value < min) || (max !== null && value > max) ? 'unlawful' : null
}

function nearestOf(def: SettingDef, value: number, problem: SettingProblem): number | null {
  if (Number.isNaN(value)) return def.initial
  if (problem === 'notAnOption') return def.options?.[0]?.value ?? null
  return onStep(def, value)
}

/** Checks one requested value; null when it may be written unchanged. */
export function judgeSetting(
  defs: readonly SettingDef[],
  id: string,
  value: number,
): SettingFinding | null {
  const def = defs.find((one) => one.id === id)
  if (def === undefined) return { id, value, problem: 'unknown', nearest: null, clause: null }
  const problem = problemOf(def, value)
  if (problem === null) return null
  const clause = problem === 'unlawful' ? (def.lawful?.clause ?? null) : null
  return { id, value, problem, nearest: nearestOf(def, value, problem), clause }
}

export const judgeSettings = (
  defs: readonly SettingDef[],
  wanted: DeviceSettings,
): readonly SettingFinding[] =>
  Object.entries(wanted)
    .map(([id, value]) => judgeSetting(defs, id, value))
    .filter((finding) => finding !== null)

export const initialSettings = (defs: readonly SettingDef[]): DeviceSettings =>
  Object.fromEntries(defs.map((def) => [def.id, def.initial]))
