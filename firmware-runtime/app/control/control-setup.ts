// The calls of setting up a lot, on the workbench of a folder that has none yet.
// Everywhere else each of them is refused with SETUP-01.
import type { setupCalls } from '../../api/calls/setup.ts'
import { LaneFault } from '../../core/values/faults.ts'
import { DoneCommands } from '../lot/done-commands.ts'
import type { SetupService } from '../setup/setup-service.ts'
import type { SurveyService } from './control-survey.ts'
import type { HandlersOf } from './dispatcher.ts'

export function setupHandlers(
  service: SetupService | null,
  surveys: Pick<SurveyService, 'list'> | null = null,
): HandlersOf<keyof typeof setupCalls> {
  const done = new DoneCommands()
  const here = (): SetupService => {
    if (service === null) throw new LaneFault('SETUP-01')
    return service
  }
  return {
    'setup.get': () => here().get(),
    'setup.save': (args) => here().save(args),
    'setup.undo': () => here().undo(),
    'setup.credentials': () => here().credentials(),
    'setup.channel': (args) => here().channel(args),
    'setup.key': (args) => here().key(args),
    'setup.server': (wish) => here().server(wish),
    'setup.try': (args) => {
      const { laneId, device, what, link } = args
      const target = { laneId, device, what, link }
      return done.once('setup.try', args, () => here().tryDevice(target))
    },
    'setup.tried': () => ({ tried: here().tries.view() }),
    'setup.tryStop': () => {
      here().tries.stop()
      return { tried: here().tries.view() }
    },
    'setup.handover': async (args) => {
      const own = here()
      return own.handover(args, (await surveys?.list())?.surveys ?? [])
    },
    'setup.preview': () => here().preview(),
    'setup.begin': (args) => done.once('setup.begin', args, () => here().begin(args.digest, args)),
    'setup.revert': (args) => done.once('setup.revert', args, () => here().revert(args)),
  }
}
