// `etc-lane passport make | verify | show | diff`: the signed record of a commissioned lane.
// Only `make` and a diff with --data need the running lot; a file is read by itself.
import { LaneFault } from '../core/values/faults.ts'
import type { CliIo, Command } from './command.ts'
import { diffAct, showAct, verifyAct } from './passport/look.ts'
import { makeAct } from './passport/make.ts'

type Act = (args: readonly string[], io: CliIo) => Promise<number>

const acts: Readonly<Record<string, Act>> = {
  make: makeAct,
  verify: verifyAct,
  show: showAct,
  diff: diffAct,
}

export const passportCommand: Command = {
  run(args, io) {
    const [verb = '', ...rest] = args
    const act = Object.hasOwn(acts, verb) ? acts[verb] : undefined
    if (act === undefined)
      throw new LaneFault('ARG-01', { value: verb, note: `one of ${Object.keys(acts).join(', ')}` })
    return act(rest, io)
  },
}
