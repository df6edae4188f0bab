// `etc-lane platform`: a lot joins its platform step by step: key and request, what the platform made of it, the channel
// number, and the next certificate in time. Each step says where the lot is now and what is next.
import { existsSync } from 'node:fs'
import { join as pathOf, resolve } from 'node:path'
import type { JoiningView } from '../api/setup-views.ts'
import { act, commandOf, whoOf, type Who } from './acts.ts'
import { jsonText } from './client.ts'
import type { CliIo } from './command.ts'
import { channelPart, formsOf, type FormCall } from './lot-settings.ts'

type Step = 'join' | 'csr' | 'import' | 'rotate'

async function tell(
  call: FormCall,
  step: Step,
  more: Readonly<Record<string, unknown>>,
  io: CliIo,
): Promise<number> {
  const { state, next, request, client }: JoiningView = await call('setup.joining', {})
  io.stdout(jsonText({ ok: true, step, state, next, ...more, request, client }, io.json))
  return 0
}

/** Of a lot that is there; the settings of one that is still being set up are in force with all others. */
async function confirm(call: FormCall, dir: string, who: Who) {
  if (!existsSync(pathOf(dir, 'lot.json'))) return { isWritten: false, changes: [] }
  const { changes, digest } = await call('setup.preview', {})
  if (changes.length > 0)
    await call('setup.begin', { digest, ...who, commandId: `${who.commandId}-b`.slice(-64) })
  return { isWritten: changes.length > 0, changes }
}

const join = act(
  [
    'platform join --data DIR',
    'platform join --data DIR --file FILE --by NAME --reason TEXT [--command-id ID]',
  ],
  async ({ data, file, ...given }, io) => {
    const dir = resolve(data)
    const call = formsOf(dir, true)
    if (file === undefined) return tell(call, 'join', {}, io)
    const who = whoOf(given)
    await call('setup.save', await channelPart(call, file))
    return tell(call, 'join', await confirm(call, dir, who), io)
  },
)

const request = (step: 'csr' | 'rotate') =>
  act(
    [`platform ${step} --data DIR [--to FOLDER] [--anew]`],
    async ({ data, to, anew = false }, io) => {
      const call = formsOf(resolve(data), true)
      await call('setup.request', { step, isAnew: anew })
      const out = to === undefined ? null : { folder: resolve(to) }
      const exported = out === null ? {} : await call('setup.exportRequest', out)
      return tell(call, step, exported, io)
    },
  )

const taken = act(
  ['platform import --data DIR --file PATH --by NAME --reason TEXT [--command-id ID]'],
  async ({ data, file, ...given }, io) => {
    const dir = resolve(data)
    const call = formsOf(dir, true)
    const who = whoOf(given)
    await call('setup.import', { from: resolve(file), ...who })
    return tell(call, 'import', await confirm(call, dir, who), io)
  },
)

export const platformCommand = commandOf('platform', [
  join,
  request('csr'),
  taken,
  request('rotate'),
])
