// The calls about this computer. Absent: the lot has no folder.
import type { machineCalls, MachineView } from '../../api/calls/machine.ts'
import type { ControlActs } from './control-acts.ts'
import type { HandlersOf } from './dispatcher.ts'
import { needed } from './no-folder.ts'

export interface MachineParts {
  look(): Promise<MachineView>
  /** Throws SERVICE-05 to SERVICE-08; nothing was changed, or what was not done is named. */
  install(): Promise<void>
}

export function machineHandlers(
  acts: ControlActs,
  machine: MachineParts | null,
): HandlersOf<keyof typeof machineCalls> {
  const there = needed(machine, 'LOT-01')
  return {
    'machine.get': () => there().look(),
    'machine.install': async (args, role) => {
      acts.of('machine.install', args, role).audit()
      await there().install()
      return { ok: true, repeated: false }
    },
  }
}
