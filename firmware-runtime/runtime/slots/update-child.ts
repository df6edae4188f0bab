// `etc-lane update …` as a process beside the lanes, at low priority: it may fetch, unpack and read a whole ledger.
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { faultJson, LaneFault } from '#base/pure/faults/faults.ts'
import type { UpdateProgram } from '../ports/update.ts'

/** `words` call the program of the lanes. */
export const updateProgram = (words: readonly string[], dir: string): UpdateProgram => ({
  run(verb, from, line) {
    const [program = '', ...args] = words
    const ended = Promise.withResolvers<void>()
    const child = spawn(program, [...args, 'update', verb, '--data', dir, '--from', from], {
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    child.once('error', ({ message: note }) => {
      line(JSON.stringify(faultJson(new LaneFault('UPDATE-22', { file: program, note }))))
      ended.resolve()
    })
    if (child.pid !== undefined)
      try {
        setPriority(child.pid, constants.priority.PRIORITY_LOW)
      } catch {
        // It has ended already, or the system forbids it: it runs at our own priority.
      }
    const lines = createInterface({ input: child.stdout })
    lines.on('line', line)
    lines.once('close', () => {
      if (child.exitCode !== null || child.signalCode !== null) ended.resolve()
      else child.once('exit', () => ended.resolve())
    })
    const stop = (): void => {
      child.kill()
    }
    return { ended: ended.promise, stop }
  },
})
