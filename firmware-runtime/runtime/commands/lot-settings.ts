// `etc-lane lot settings | change | channel | undo`: the forms of a lot by command. With a running lot through its API,
// else on its folder by the same service as the window; a refusal changes neither lot nor draft.
import { resolve } from 'node:path'
import type { setupCalls } from '#lane/calls/setup.ts'
import type { AnswerOf, ArgsOf } from '../api/table.ts'
import { changesOf } from '#lane/desk/setup/lot-words.ts'
import { setupOf } from '#lane/desk/handlers/control-setup.ts'
import { SetupService } from '#lane/desk/setup/setup-service.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { keptFiles } from '#lane/desk/folder/kept-lot.ts'
import { lotProof } from '#lane/desk/folder/lot-proof-here.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { filesToBe } from '#lane/desk/folder/waiting-lot.ts'
import { readDraftFile } from '#lane/desk/folder/setup-file.ts'
import { setupPorts } from '#lane/desk/setup/setup-ports.ts'
import { surveyLines } from '#survey/desk/worker/survey-lines.ts'
import { act, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { clientOf } from '#base/desk/commands/client.ts'

type SetupName = keyof typeof setupCalls
export type FormCall = <N extends SetupName>(name: N, args: ArgsOf<N>) => Promise<AnswerOf<N>>

/** The running lanes' API; without a runtime the folder. `isDraft`: the lot file may not exist yet. */
export function formsOf(dir: string, isDraft = false): FormCall {
  const client = clientOf(dir)
  if (client !== null) return (name, args) => client.call(name, args)
  if (!isDraft) loadLot(dir)
  const people = peopleOffline(dir, 'lot change')
  const service = new SetupService(setupPorts(dir, people, () => undefined))
  const proof = () => Promise.resolve(lotProof(dir, surveyLines(dir)))
  const handlers = setupOf({ setup: service, surveys: { proof } })
  return async <N extends SetupName>(name: N, args: ArgsOf<N>): Promise<AnswerOf<N>> => {
    const handler = handlers[name] as (args: ArgsOf<N>, role: 'owner') => AnswerOf<N>
    return handler(args, 'owner')
  }
}

/** The contents of the forms, and what each of them lacks. */
const settings = act(['lot settings --data DIR'], async ({ data }) => {
  const { draft, rows, ready, inForce } = await formsOf(resolve(data))('setup.get', {})
  const said = rows.map(({ id, state, why, fault }) => ({ id, state, why, fault }))
  return printed({ ok: true, draft, rows: said, ready, inForce })
})

type Parts = ArgsOf<'setup.save'>
type Saying = Parameters<typeof whoOf>[0]

/** Without a name and a reason it only shows what would change. */
async function changed(call: FormCall, parts: Parts, given: Saying): Promise<Exit> {
  const isShown = given.by === undefined && given.reason === undefined
  const who = isShown ? null : whoOf(given)
  const { draft: before } = await call('setup.get', {})
  const after = await call('setup.save', parts)
  const takeBack = async (): Promise<void> => {
    if (JSON.stringify(after.draft) !== JSON.stringify(before)) await call('setup.undo', {})
  }
  try {
    const { changes, warnings, digest } = await call('setup.preview', {})
    if (who === null) await takeBack()
    else if (changes.length > 0) await call('setup.begin', { digest, ...who })
    const { inForce } = await call('setup.inForce', {})
    const isWritten = who !== null && changes.length > 0
    return printed({ ok: true, isWritten, changes, warnings, inForce })
  } catch (error) {
    if (error instanceof LaneFault) await takeBack()
    throw error
  }
}

const change = act(
  ['lot change --data DIR --from FILE [--by NAME --reason TEXT] [--command-id ID]'],
  ({ data, from, ...given }) => {
    const { version: _, ...parts } = readDraftFile(resolve(from))
    return changed(formsOf(resolve(data)), parts, given)
  },
)

/** The platform settings from a channel file, also for a draft without a platform. */
export async function channelPart(call: FormCall, file: string): Promise<Parts> {
  const { draft } = await call('setup.get', {})
  const { platform } = await call('setup.channel', { file: resolve(file) })
  return { charge: { ...(draft.charge ?? { mode: 'card' }), platform } }
}

/** Imports what a platform issued, with the same reader as the window. */
const channel = act(
  ['lot channel --data DIR --file FILE [--by NAME --reason TEXT] [--command-id ID]'],
  async ({ data, file, ...given }) => {
    const call = formsOf(resolve(data))
    return changed(call, await channelPart(call, file), given)
  },
)

/** Undoes the last change; running lanes apply it when no car is in a lane. */
const undo = act(
  ['lot undo --data DIR --by NAME --reason TEXT [--command-id ID]'],
  async ({ data, ...given }) => {
    const dir = resolve(data)
    const call = formsOf(dir)
    const before = keptFiles(dir)
    await call('setup.revert', whoOf(given))
    const { inForce } = await call('setup.inForce', {})
    const after = filesToBe(dir)
    const changes = before === null || after === null ? [] : changesOf(before, after)
    return printed({ ok: true, isLot: after !== null, changes, inForce })
  },
)

export const lotSettings = [settings, change, channel, undo] as const
