// The calls about this computer.
import type { MachineView } from '../calls/machine.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

export interface MachineParts {
  look(): Promise<MachineView>
  /** Throws SERVICE-05 to SERVICE-08; nothing was changed, or what was not done is named. */
  install(): Promise<void>
}

export const machineCalls = defineCalls((lot: Lot<'acts', { machine: MachineParts }>) => {
  const there = needed(lot.machine, 'LOT-01')
  return {
    'machine.get': () => there().look(),
    'machine.install': async (args, role) => {
      lot.acts.of('machine.install', args, role).audit()
      await there().install()
      return { ok: true, repeated: false }
    },
  }
})
