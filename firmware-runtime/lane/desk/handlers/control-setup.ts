// The calls that set up a lot, on the workbench of its folder and in a running lot. Everywhere else they are refused
// with SETUP-01.
import type { SetupService } from '../setup/setup-service.ts'
import { noProof, type LotProof } from '../setup/lot-proof.ts'
import { handlersOf, unauditedActs, type Acts } from '#base/desk/handlers/act-table.ts'
import type { LotParts } from './control-lot.ts'
import { mustOpenLanes } from '#devices/desk/handlers/control-safety.ts'
import { needed } from '#base/desk/handlers/no-folder.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

/** Registration of a lot at its platform. */
const onboardingHandlers = (here: () => SetupService) =>
  handlersOf({
    'setup.onboarding': () => here().onboarding(),
    'setup.apply': ({ use, contact, folder }) => ({
      file: here().life.apply(use, contact, folder),
    }),
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

/** The proof is read when the page is opened; saving a form does not wait for it. */
const draftHandlers = (here: () => SetupService, proof: () => Promise<LotProof>) =>
  handlersOf({
    'setup.get': () => {
      const own = here()
      return proof().then((found) => own.looked(found))
    },
    'setup.save': (args) => here().save(args),
    // Loaded with the first table, because a start needs no table.
    'setup.spaces': async ({ text = '', file, layer }) =>
      file === undefined
        ? (await import('../../pure/lot/spaces-table.ts')).readSpaces(text)
        : here().spacesOf(file, layer),
    'setup.undo': () => here().undo(),
    'setup.discard': () => here().discard(),
    'setup.inForce': () => ({ inForce: here().inForce() }),
  })

interface SetupLot {
  readonly acts?: Acts
  readonly setup?: SetupService | null
  readonly surveys?: { proof(): Promise<LotProof> }
}

export function setupOf({ setup, surveys, acts = unauditedActs() }: SetupLot) {
  const here = needed(setup, 'SETUP-01', {})
  const proof = () => surveys?.proof() ?? Promise.resolve(noProof)
  return handlersOf({
    ...draftHandlers(here, proof),
    'setup.credentials': () => here().credentials(),
    'setup.channel': (args) => here().channel(args),
    'setup.joining': () => here().joining(),
    'setup.request': ({ step }) => here().request(step, false),
    'setup.exportRequest': (args) => here().exportRequest(args),
    ...onboardingHandlers(here),
    'setup.key': (args, role) => {
      const { from, value, of } = args
      let keyIds: readonly string[] = []
      const act = acts.of('setup.key', args, role)
      const answer = act.once(() => {
        const setup = here()
        act.audit(`${of ?? 'gateway'} ${from}`)
        keyIds = setup.key({ of, from, value })
      })
      return { ...answer, keyIds }
    },
    'setup.camera': (args) => here().cameraPassword(args),
    'setup.server': (wish) => here().server(wish),
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
    ...acts.table({
      'setup.requestAnew': ({ step }, act) => {
        const own = here()
        act.audit()
        own.request(step, true)
      },
      'setup.import': (args, act) => {
        const own = here()
        act.audit()
        own.takeCertificates(args)
      },
      'setup.try': ({ laneId, device, what, link, by }, act) => {
        const own = here()
        act.audit(`${device} ${what}`)
        own.tryDevice({ laneId, device, what, link }, by)
      },
      'setup.begin': (args, act) =>
        here().begin(args.digest, args, () => act.audit(args.digest.slice(0, 16))),
      'setup.revert': (args, act) => here().revert(args, () => act.audit()),
    }),
  })
}

/** In a running lot a boom lets cars out, and its documents are made outside the lanes' thread. */
export const setupCalls = defineCalls((parts: SetupLot & Lot<'acts', { lot: LotParts }>) => {
  const handlers = setupOf(parts)
  const { lot } = parts
  return {
    ...handlers,
    'setup.try': (args, role) => {
      if (args.device === 'barrier') mustOpenLanes(role, '/device', args.device)
      return handlers['setup.try'](args, role)
    },
    'setup.spaces': (args, role) =>
      lot === undefined || args.file === undefined
        ? handlers['setup.spaces'](args, role)
        : lot.spacesOf(args.file, args.layer),
    'setup.handover': (args, role) =>
      lot === undefined ? handlers['setup.handover'](args, role) : lot.handover(args.language),
  }
})
