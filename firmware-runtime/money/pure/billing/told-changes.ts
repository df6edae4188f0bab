// Changes by a platform (table G.1, rows 2 and 3) that are announced before they apply: which one waits, what it changes, and
// from when. Pure: the present tally in, rows and words out. Each announcement is a row of the books, so a restart keeps it.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isoOf, minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { lotSettings, settingText, type SettingName } from '#base/pure/lot/lot-settings.ts'
import type {
  PlannedShift,
  RuledSettings,
  TallyRow,
  ToldChange,
} from '#base/pure/rows/tally-row.ts'
import type { Tally, Told } from './day-items.ts'

type ToldOf<K extends ToldChange['of']> = Extract<Told, { of: K }>
type ToldOfKind<K extends ToldChange['of']> = Extract<ToldChange, { of: K }>

/** Members of the lot file that the ETC operator sets. */
const ruled = {
  largeAmountFen: 'largeAmountFen',
  offlineFen: 'caps.perChargeFen',
} as const satisfies Record<keyof RuledSettings, SettingName>
const ruledNames = Object.keys(ruled) as (keyof RuledSettings)[]

/** The announced configuration that is not in force yet; null where there is no such one, or it sets nothing. */
export function waitingConfiguration(
  { told }: Pick<Tally, 'told'>,
  inForce: string | null,
): ToldOf<'configuration'> | null {
  const last = told.get('configuration')
  if (last?.of !== 'configuration' || last.version === inForce) return null
  return Object.keys(last.after).length === 0 ? null : last
}

/** The announced plan of that day that is not in force yet. */
export function waitingPlan(
  { told, plans }: Pick<Tally, 'told' | 'plans'>,
  day: string,
): ToldOf<'plan'> | null {
  const last = told.get('plan')
  const isOfDay = last?.of === 'plan' && last.day === day
  return isOfDay && last.version !== plans.get(day)?.version ? last : null
}

export const isDue = ({ takeAtMs }: Pick<Told, 'takeAtMs'>, nowMs: InstantMs): boolean =>
  takeAtMs <= nowMs

export const tellMinOf = ({ configTellMin }: { readonly configTellMin?: number | undefined }) =>
  configTellMin ?? lotSettings.configTellMin.standard

/** The settings it changes, with present and future values. */
export function configurationTold(
  version: string,
  inForce: Required<RuledSettings>,
  after: RuledSettings,
): ToldOfKind<'configuration'> {
  const names = ruledNames.filter((name) => after[name] !== undefined)
  const before = Object.fromEntries(names.map((name) => [name, inForce[name]]))
  return { of: 'configuration', version, before, after }
}

const changedIn = ({ before, after }: ToldOfKind<'configuration'>) =>
  ruledNames.filter((name) => before[name] !== after[name])

/** True when all its values are in force already. */
export const changesNothing = (change: ToldOfKind<'configuration'>): boolean =>
  changedIn(change).length === 0

/** True when the plan changes a shift that runs now; a first plan changes none. */
export function changesDuty({ before, after }: ToldOfKind<'plan'>, nowMs: InstantMs): boolean {
  const running = (all: readonly PlannedShift[]) =>
    canonicalJson(all.filter(({ onMs, offMs }) => onMs <= nowMs && nowMs < offMs))
  return before.length > 0 && running(before) !== running(after)
}

/** Announced now, applied `tellMin` minutes later. */
export const toldRow = <C extends ToldChange>(change: C, nowMs: InstantMs, tellMin: number) =>
  ({ row: 'told', takeAtMs: nowMs + tellMin * minuteMs, ...change }) as const satisfies TallyRow

const shiftText = ({ shiftNo, staffId, onMs, offMs }: PlannedShift): string =>
  `${shiftNo} ${staffId} ${isoOf(onMs).slice(11, 16)}–${isoOf(offMs).slice(11, 16)}`

function linesOf(change: ToldChange): readonly BilingualText[] {
  if (change.of === 'configuration')
    return changedIn(change).map((name) => {
      const setting = ruled[name]
      const { words } = lotSettings[setting]
      const from = settingText(setting, change.before[name])
      const to = settingText(setting, change.after[name])
      return t(`${words.zh} ${from.zh} → ${to.zh}`, `${words.en} ${from.en} → ${to.en}`)
    })
  const before = new Set(change.before.map(shiftText))
  const after = new Set(change.after.map(shiftText))
  const gone = [...before].filter((one) => !after.has(one)).map((one) => `− ${one}`)
  const come = [...after].filter((one) => !before.has(one)).map((one) => `+ ${one}`)
  return [...gone, ...come].map((line) => t(line, line))
}

/** What it changes and from when, in one line. */
export function toldText(change: ToldChange & Pick<Told, 'takeAtMs'>): BilingualText {
  const lines = linesOf(change)
  const at = isoOf(change.takeAtMs).slice(0, 16).replace('T', ' ')
  return t(
    [...lines.map(({ zh }) => zh), `${at} 起`].join('; '),
    [...lines.map(({ en }) => en), `from ${at}`].join('; '),
  )
}
