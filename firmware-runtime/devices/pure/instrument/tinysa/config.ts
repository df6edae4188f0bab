// The commands of a tinySA from its profile, with the frequencies filled in once. A profile without a required command
// gives no driver.
import type { Why } from '#base/pure/words/fault-text.ts'
import { meterWords as words } from '../meter-words.ts'
import type { MeterSettings } from '../meter.ts'
import { filledIn, type ProfileData } from '../scpi/command-map.ts'
import { commandCharsMax, type Expect } from './shell.ts'

export interface TinysaConfig {
  readonly settings: MeterSettings
  readonly prompt: string
  readonly identify: string
  /** Required beginning of the answer to `identify`. */
  readonly begins: string
  /** Command whose first answer line names the model. */
  readonly info: string
  /** That line must contain one of these; other models do not reach 5.8 GHz. */
  readonly models: readonly string[]
  readonly start: readonly string[]
  /** Command that returns the range really set. */
  readonly readBack: string
  readonly scan: string
  readonly scanRaw: string
  readonly points: number
  /** Level from which on the input counts as overloaded. */
  readonly overloadDbm: number
}

export const tinysaData = [
  ...(['prompt', 'identify', 'begins', 'info', 'models', 'start'] as const),
  ...(['readBack', 'scan', 'scanRaw', 'points', 'overloadDbm'] as const),
]

type ConfigResult =
  | { readonly ok: true; readonly config: TinysaConfig }
  | { readonly ok: false; readonly member: string; readonly note: Why }

/** Limit documented by some for scans over USB; others allow 450. */
const pointsMax = 290

export const startHzOf = ({ centerHz, spanHz }: MeterSettings): number => centerHz - spanHz / 2
export const stopHzOf = ({ centerHz, spanHz }: MeterSettings): number => centerHz + spanHz / 2

export const expectOf = (config: TinysaConfig, command: string, rawBytes = 0): Expect => ({
  command,
  rawBytes,
  prompt: config.prompt,
})

export function tinysaConfigOf(data: ProfileData, settings: MeterSettings): ConfigResult {
  const refuse = (member: string, note: Why): ConfigResult => ({ ok: false, member, note })
  for (const member of tinysaData)
    if (data[member] === undefined) return refuse(member, words.needed())
  const { points, overloadDbm } = data
  if (typeof points !== 'number' || !Number.isInteger(points) || points < 2 || points > pointsMax)
    return refuse('points', words.wholeFrom(2, pointsMax))
  if (typeof overloadDbm !== 'number') return refuse('overloadDbm', words.levelDbm())
  const texts: Record<string, readonly string[]> = {}
  for (const member of tinysaData) {
    if (member === 'points' || member === 'overloadDbm') continue
    const given = data[member] ?? ''
    const list = (typeof given === 'object' ? given : [given]).map((one) =>
      typeof one === 'string' ? filledIn(one.replaceAll('{points}', `${points}`), settings) : null,
    )
    const good = list.filter((one) => one !== null && /^[\x20-\x7e]{1,47}$/.test(one))
    if (good.length !== list.length || good.length === 0)
      return refuse(member, words.printableUpTo(commandCharsMax))
    texts[member] = good.filter((one) => one !== null)
  }
  const one = (member: string): string => texts[member]?.[0] ?? ''
  return {
    ok: true,
    config: {
      settings,
      points,
      overloadDbm,
      prompt: one('prompt'),
      identify: one('identify'),
      begins: one('begins'),
      info: one('info'),
      models: texts['models'] ?? [],
      start: texts['start'] ?? [],
      readBack: one('readBack'),
      scan: one('scan'),
      scanRaw: one('scanRaw'),
    },
  }
}
