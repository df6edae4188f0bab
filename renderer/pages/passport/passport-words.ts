// The words for a passport's rows: devices, names and units, as everywhere in this window.
// An unknown name is shown as it is: the passport may come from a newer version.
import type { DriftRow } from '#base/pure/passport/drift.ts'
import { said } from '../../kit/said.ts'
import type { Words } from '../../kit/words.ts'

export const deviceText = (device: string, words: Words): string => words.known('top', device)

/** A number with its unit; steps are written as on the devices page. */
export const withUnit = (value: string, unit: string, words: Words): string =>
  unit === 'step' ? words.t('devices.step', { n: value }) : `${value} ${unitOf(unit, words)}`.trim()

const unitOf = (unit: string, words: Words): string =>
  unit === '' ? '' : words.known('devices.unit', unit)

export function nameText(name: string, words: Words): string {
  const psam = /^psam(\d+)$/.exec(name)?.[1]
  return psam === undefined
    ? words.known('passport.name', name)
    : words.t('passport.name.psam', { n: psam })
}

/** A value of a drifted row; of a signature, such as `signed NAME`, only the first word is translated. */
function driftValue({ name, unit }: DriftRow, value: string | null, words: Words): string {
  if (value === null) return words.t('passport.notKnown')
  if (name !== 'signature') return withUnit(identityText(name, value, words), unit, words)
  const [state = '', ...by] = value.split(' ')
  return [words.known('passport.signature', state), ...by].join(' ')
}

export function driftCells(row: DriftRow, words: Words) {
  const { kind, device, name, title, before, now, state } = row
  return {
    kind: words.known('passport.kind', kind),
    what: `${deviceText(device, words)} · ${title === null ? nameText(name, words) : words.of(title)}`,
    before: driftValue(row, before, words),
    now: driftValue(row, now, words),
    state: words.known('passport.state', state),
  }
}

/** The end of a trial, or the platform's numbers of the first car. */
export const detailText = (detail: string, words: Words): string => said(words, detail)

type Member = readonly [name: string, value: unknown]
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One member of a barrier's wiring: an input by its number, a time with its unit; groups are flattened. */
function wired([name, value]: Member, words: Words): readonly string[] {
  const { t } = words
  const as = (text: string): string => `${words.known('passport.wire', name)} ${text}`
  if (value === null) return [as(t('passport.wire.none'))]
  if (Array.isArray(value)) return value.flatMap((one: unknown) => wired([name, one], words))
  if (!isObject(value))
    return [as(name.endsWith('Ms') ? `${String(value)} ${unitOf('ms', words)}` : String(value))]
  if (typeof value['di'] === 'number')
    return [as(`DI${value['di']}${value['activeHigh'] === false ? t('passport.wire.opens') : ''}`)]
  return Object.entries(value).flatMap((member) => wired(member, words))
}

/** The value of an identity; the wiring of a barrier is JSON and is shown in words. */
export function identityText(name: string, value: string, words: Words): string {
  if (name !== 'wiring') return value
  try {
    return wired([name, JSON.parse(value)], words).join(' · ')
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}
