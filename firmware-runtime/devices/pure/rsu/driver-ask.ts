// A frame that a person sends by hand: only from the list of safe frames, and only while no car is there, so that it
// can never come between a debit and its result.
import type { RsuCommand } from '../etc/rsu.ts'
import type { AskResult } from '../etc/rsu-device.ts'
import { isBusy, tellDevice, trySend, type Turn, unixSec } from './driver-turn.ts'
import { safeChoices } from './safe-frames.ts'

type Ask = Extract<RsuCommand, { do: 'ask' }>

function resultOf(t: Turn, { code, fields }: Ask): AskResult {
  const choices = safeChoices(t.variant.table, t.s.config.override)
  const choice = choices.find((one) => one.code === code)
  if (choice === undefined) return 'refused'
  const { safe } = choice
  const names = Object.keys(fields)
  if (names.length !== safe.fields.length) return 'refused'
  for (const { name, bytes } of safe.fields) {
    const given = fields[name]
    if (typeof given !== 'string' || given.length !== 2 * bytes || !/^[0-9A-F]*$/.test(given))
      return 'refused'
  }
  if (t.s.phase !== 'up') return 'down'
  if (isBusy(t)) return 'busy'
  return trySend(t, code, { ...fields, ...safe.fixed, unixTime: unixSec(t) }) ? 'sent' : 'refused'
}

export function ask(t: Turn, command: Ask): void {
  tellDevice(t, { type: 'asked', id: command.id, result: resultOf(t, command) })
}
