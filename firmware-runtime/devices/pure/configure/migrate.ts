// Settings of one firmware for another, by the moves that a profile lists: a value counts in another way
// from some version on, has another name, or is gone. What cannot be carried over whole is left out.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import type { DeviceSettings } from './setting.ts'

/** From firmware `since` on: `new = old * times[0] / times[1] + plus`, under the name `becomes`. */
export interface SettingMove {
  /** Version as reported by the device (hex), or dotted; compared part by part. */
  readonly since: string
  readonly setting: string
  /** Null: the newer firmware has no such setting. */
  readonly becomes: string | null
  readonly times: readonly [number, number]
  readonly plus: number
  readonly why: BilingualText
}

export interface MovedSetting {
  readonly setting: string
  readonly becomes: string | null
  readonly old: number
  /** Null: left out, because it is gone or would not be a whole number. */
  readonly new: number | null
  readonly since: string
  readonly why: BilingualText
}

export interface Migration {
  readonly settings: DeviceSettings
  readonly moved: readonly MovedSetting[]
}

const partsOf = (version: string): number[] => version.split('.').map((part) => parseInt(part, 16))

/** Below 0 when `a` is the older version. A missing part counts as 0. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const differ = (one[i] ?? 0) - (other[i] ?? 0)
    if (differ !== 0) return differ
  }
  return 0
}

const whole = (value: number): number | null => (Number.isInteger(value) ? value : null)

interface Step {
  readonly from: string
  readonly to: string | null
  value(old: number): number | null
  readonly move: SettingMove
}

const forward = (move: SettingMove): Step => ({
  from: move.setting,
  to: move.becomes,
  value: (old) => whole((old * move.times[0]) / move.times[1] + move.plus),
  move,
})

/** The reverse conversion. A setting that the newer firmware lacks cannot be restored from its values. */
const back = (move: SettingMove): Step => ({
  from: move.becomes ?? move.setting,
  to: move.setting,
  value: (old) => whole(((old - move.plus) * move.times[1]) / move.times[0]),
  move,
})

function stepsBetween(moves: readonly SettingMove[], from: string, to: string): Step[] {
  const later = compareVersions(from, to) < 0
  const [low, high] = later ? [from, to] : [to, from]
  const between = moves
    .filter(({ since }) => compareVersions(low, since) < 0 && compareVersions(since, high) <= 0)
    .sort((a, b) => compareVersions(a.since, b.since))
  return later ? between.map(forward) : between.reverse().map(back)
}

/** An unknown version, empty, moves nothing. */
export function migrateSettings(
  moves: readonly SettingMove[],
  {
    from,
    to,
    settings,
  }: { readonly from: string; readonly to: string; readonly settings: DeviceSettings },
): Migration {
  if (from === '' || to === '') return { settings, moved: [] }
  const now = new Map(Object.entries(settings))
  const moved: MovedSetting[] = []
  for (const step of stepsBetween(moves, from, to)) {
    const old = now.get(step.from)
    if (old === undefined) continue
    const value = step.to === null ? null : step.value(old)
    const { since, why } = step.move
    moved.push({ setting: step.from, becomes: step.to, old, new: value, since, why })
    now.delete(step.from)
    if (step.to !== null && value !== null) now.set(step.to, value)
  }
  return { settings: Object.fromEntries(now), moved }
}
