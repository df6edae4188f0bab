// Sets members of a simulator's settings by the administration: known names and fitting types only.
// All or none: a body with one wrong member changes nothing.
import { LaneFault } from '../../core/faults/faults.ts'

type KnobValue = string | number | boolean

const textCharsMax = 100

export function setKnobs<K extends { [N in keyof K]: KnobValue }>(knobs: K, body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new LaneFault('ARG-01', { field: '/', note: `members: ${Object.keys(knobs).join(' ')}` })
  const usual: Readonly<Record<string, unknown>> = { ...knobs }
  for (const [name, value] of Object.entries(body)) {
    const given: unknown = value
    const isKnown = Object.hasOwn(usual, name) && typeof given === typeof usual[name]
    const isWhole = typeof given !== 'number' || Number.isSafeInteger(given)
    const isShort = typeof given !== 'string' || given.length <= textCharsMax
    if (!isKnown || !isWhole || !isShort)
      throw new LaneFault('ARG-01', { field: `/${name}`, value: JSON.stringify(given) ?? '' })
  }
  Object.assign(knobs, body)
}
