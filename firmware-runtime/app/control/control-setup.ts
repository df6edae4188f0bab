// The calls that set up a lot, on the workbench of its folder and in a running lot. Everywhere else they are refused
// with SETUP-01.
import type { setupCalls } from '../../api/calls/setup.ts'
import type { ActAnswer, Role, Who } from '../../api/table.ts'
import { DoneCommands } from '../lot/done-commands.ts'
import type { SetupService } from '../setup/setup-service.ts'
import { noProof, type LotProof } from '../setup/lot-proof.ts'
import type { HandlersOf } from './dispatcher.ts'
import { needed } from './no-folder.ts'

type SetupAct =
  | 'setup.key'
  | 'setup.try'
  | 'setup.requestAnew'
  | 'setup.import'
  | 'setup.begin'
  | 'setup.revert'

/** Carries out an act once; `audit` is durable when it returns, if there is a ledger. */
type RunSetupAct = (
  name: SetupAct,
  args: Who & { readonly laneId?: string },
  role: Role,
  run: (audit: (what: string) => void) => void,
) => ActAnswer

/** Without a ledger for the audit. */
function unaudited(): RunSetupAct {
  const done = new DoneCommands()
  return (name, args, _role, run) => done.once(name, args, () => run(() => undefined))
}

type OnboardingCall =
  | 'setup.onboarding'
  | 'setup.apply'
  | 'setup.debug'
  | 'setup.debugStop'
  | 'setup.jointReport'
  | 'setup.access'
  | 'setup.compare'

/** Registration of a lot at its platform. */
const onboardingHandlers = (here: () => SetupService): HandlersOf<OnboardingCall> => ({
  'setup.onboarding': () => here().onboarding(),
  'setup.apply': ({ use, contact, folder }) => ({ file: here().life.apply(use, contact, folder) }),
  'setup.debug': ({ isAnew }) => {
    here().life.debug(isAnew)
    return here().onboarding()
  },
  'setup.debugStop': () => {
    here().life.stop()
    return here().onboarding()
  },
  'setup.jointReport': (args) => here().jointReport(args),
  'setup.access': (args) => here().life.access(args),
  'setup.compare': ({ from, to }) => here().compare(from, to),
})

type DraftCall = 'setup.get' | 'setup.save' | 'setup.undo' | 'setup.discard' | 'setup.inForce'

/** The proof is read when the page is opened; saving a form does not wait for it. */
const draftHandlers = (
  here: () => SetupService,
  proof: () => Promise<LotProof>,
): HandlersOf<DraftCall> => ({
  'setup.get': () => {
    const own = here()
    return proof().then((found) => own.looked(found))
  },
  'setup.save': (args) => here().save(args),
  'setup.undo': () => here().undo(),
  'setup.discard': () => here().discard(),
  'setup.inForce': () => ({ inForce: here().inForce() }),
})

export function setupHandlers(
  service: SetupService | null,
  proof: () => Promise<LotProof> = () => Promise.resolve(noProof),
  act = unaudited(),
): HandlersOf<keyof typeof setupCalls> {
  const here = needed(service, 'SETUP-01', {})
  return {
    ...draftHandlers(here, proof),
    'setup.credentials': () => here().credentials(),
    'setup.channel': (args) => here().channel(args),
    'setup.joining': () => here().joining(),
    'setup.request': ({ step }) => here().request(step, false),
    'setup.requestAnew': (args, role) =>
      act('setup.requestAnew', args, role, (audit) => {
        const own = here()
        audit('setup.requestAnew')
        own.request(args.step, true)
      }),
    'setup.exportRequest': (args) => here().exportRequest(args),
    'setup.import': (args, role) =>
      act('setup.import', args, role, (audit) => {
        const own = here()
        audit('setup.import')
        own.takeCertificates(args)
      }),
    ...onboardingHandlers(here),
    'setup.key': (args, role) => {
      const { from, value, of } = args
      let keyIds: readonly string[] = []
      const answer = act('setup.key', args, role, (audit) => {
        const setup = here()
        audit(`setup.key ${of ?? 'gateway'} ${from}`)
        keyIds = setup.key({ of, from, value })
      })
      return { ...answer, keyIds }
    },
    'setup.camera': (args) => here().cameraPassword(args),
    'setup.server': (wish) => here().server(wish),
    'setup.try': (args, role) => {
      const { laneId, device, what, link } = args
      return act('setup.try', args, role, (audit) => {
        const own = here()
        audit(`setup.try ${device} ${what}`)
        own.tryDevice({ laneId, device, what, link })
      })
    },
    'setup.tried': () => ({ tried: here().tries.view() }),
    'setup.tryStop': () => {
      here().tries.stop()
      return { tried: here().tries.view() }
    },
    'setup.handover': async (args) => {
      const own = here()
      return own.handover(args, await proof())
    },
    'setup.preview': () => here().preview(),
    'setup.begin': (args, role) =>
      act('setup.begin', args, role, (audit) =>
        here().begin(args.digest, args, () => audit(`setup.begin ${args.digest.slice(0, 16)}`)),
      ),
    'setup.revert': (args, role) =>
      act('setup.revert', args, role, (audit) => here().revert(args, () => audit('setup.revert'))),
  }
}
