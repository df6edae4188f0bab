// Sets members of a simulator's settings by the administration: known names and fitting types only.
// All or none: a body with one wrong member changes nothing.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isMembers, refuse } from './members.ts'

type KnobValue = string | number | boolean

const textCharsMax = 100

export function setKnobs<K extends { [N in keyof K]: KnobValue }>(knobs: K, body: unknown): void {
  if (!isMembers(body))
    throw new LaneFault('ARG-01', { field: '/', note: `members: ${Object.keys(knobs).join(' ')}` })
  const usual: Readonly<Record<string, unknown>> = { ...knobs }
  for (const [name, given] of Object.entries(body)) {
    const isKnown = Object.hasOwn(usual, name) && typeof given === typeof usual[name]
    const isWhole = typeof given !== 'number' || Number.isSafeInteger(given)
    const isShort = typeof given !== 'string' || given.length <= textCharsMax
    if (!isKnown || !isWhole || !isShort) throw refuse(name, given)
  }
  Object.assign(knobs, body)
}
