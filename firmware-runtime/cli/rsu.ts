// `etc-lane rsu ...`: decode captures, and read, compare, write and watch an antenna without a window.
// With --data and --lane it speaks to the running lot; with --link to a device that no lane holds.
import { LaneFault } from '../core/values/faults.ts'
import type { CliIo, Command } from './command.ts'
import { decode } from './rsu-decode.ts'
import { list } from './rsu-list.ts'
import { backups } from './rsu-backups.ts'
import { apply, diff, read, takeBack } from './rsu-settings.ts'
import { bundle, preset } from './rsu-bundle.ts'
import { health } from './rsu-health.ts'
import { save, sendByHand } from './rsu-send.ts'
import { attempts, tune } from './rsu-tune.ts'
import { watch } from './rsu-watch.ts'

const verbs: Readonly<Record<string, (args: readonly string[], io: CliIo) => Promise<number>>> = {
  decode,
  list,
  read,
  diff,
  apply,
  'take-back': takeBack,
  backups,
  watch,
  tune,
  attempts,
  preset,
  bundle,
  save,
  health,
  send: sendByHand,
}

export const rsuVerbs: readonly string[] = Object.keys(verbs)

export const rsuCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (run === undefined)
      throw new LaneFault('ARG-01', { value: verb, note: `rsu ${rsuVerbs.join(', ')}` })
    return run(rest, io)
  },
}
