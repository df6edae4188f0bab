// `etc-lane platform`: a lot joins its platform step by step: key and request, the issued certificate, the channel
// number, and the next certificate in time. Each step prints the state and the next step.
import { existsSync } from 'node:fs'
import { join as pathOf, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { exportFile, mustBeNew } from '#base/files/exported-file.ts'
import type { OnboardingView } from '#ledger/calls/onboarding-views.ts'
import type { JoiningView } from '#lane/calls/setup-views.ts'
import type { Who } from '#base/calls/rows.ts'
import { act, commandOf, whoOf, printed, type Exit } from '#base/desk/commands/acts.ts'
import { jsonText } from '#base/desk/commands/client.ts'
import { compareCommand } from '#ledger/desk/commands/platform-compare.ts'
import { channelPart, formsOf, type FormCall } from './lot-settings.ts'

type Step = 'join' | 'csr' | 'import' | 'rotate'

async function tell(
  call: FormCall,
  step: Step,
  more: Readonly<Record<string, unknown>>,
): Promise<Exit> {
  const { state, next, request, client }: JoiningView = await call('setup.joining', {})
  const { steps, trace } = await call('setup.onboarding', {})
  const own = { ok: true, step, state, next, ...more, request, client, steps, trace }
  return printed(own)
}

/** Confirms a change of an existing lot; during set-up the settings come into force together with all others. */
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
  async ({ data, file, ...given }) => {
    const dir = resolve(data)
    const call = formsOf(dir, true)
    if (file === undefined) return tell(call, 'join', {})
    const who = whoOf(given)
    await call('setup.save', await channelPart(call, file))
    return tell(call, 'join', await confirm(call, dir, who))
  },
)

const request = (step: 'csr' | 'rotate') =>
  act(
    [
      `platform ${step} --data DIR [--to FOLDER]`,
      `platform ${step} --data DIR [--to FOLDER] --anew --by NAME --reason TEXT [--command-id ID]`,
    ],
    async ({ data, to, anew = false, ...given }) => {
      const call = formsOf(resolve(data), true)
      if (anew) await call('setup.requestAnew', { step, ...whoOf(given) })
      else await call('setup.request', { step })
      const out = to === undefined ? null : { folder: resolve(to) }
      const exported = out === null ? {} : await call('setup.exportRequest', out)
      return tell(call, step, exported)
    },
  )

const taken = act(
  ['platform import --data DIR --file PATH --by NAME --reason TEXT [--command-id ID]'],
  async ({ data, file, ...given }) => {
    const dir = resolve(data)
    const call = formsOf(dir, true)
    const who = whoOf(given)
    await call('setup.import', { from: resolve(file), ...who })
    return tell(call, 'import', await confirm(call, dir, who))
  },
)

const asked = act(
  ['platform apply --data DIR --use test|production --contact TEXT --to FOLDER'],
  async ({ data, use, contact, to }) => {
    const call = formsOf(resolve(data), true)
    const { file } = await call('setup.apply', { use, contact, folder: resolve(to) })
    return life('apply', await call('setup.onboarding', {}), { file })
  },
)

/** Progress of application, test keys and joint test. */
function life(
  step: string,
  { steps, next, trace, report }: OnboardingView,
  more: Readonly<Record<string, unknown>>,
): Exit {
  const state = steps.find(({ id }) => id === (next ?? 'production'))?.state
  return printed(
    { ok: true, step, state, next, ...more, steps, trace, report },
    !steps.some((one) => one.state === 'failed'),
  )
}

const lookAgainMs = 200

/** Prints each exchange as it comes, unless one document is wanted. */
const debug = act(['platform debug --data DIR [--anew]'], async ({ data, anew = false }, io) => {
  const call = formsOf(resolve(data), true)
  let view = await call('setup.debug', { isAnew: anew })
  let seen = 0
  for (;;) {
    const count = view.report?.interfaces.reduce((sum, { calls }) => sum + calls, 0) ?? 0
    if (!io.json && count > seen)
      for (const line of view.protocol.slice(seen - count)) io.stdout(jsonText(line, true))
    seen = count
    if (!view.isRunning) return life('debug', view, { protocol: view.protocol })
    await delay(lookAgainMs)
    view = await call('setup.onboarding', {})
  }
})

const report = act(
  ['platform report --data DIR [--language zh|en] [--format pdf|json --out FILE]'],
  async ({ data, language = 'zh', format, out }) => {
    const call = formsOf(resolve(data), true)
    const view = await call('setup.onboarding', {})
    if (format === undefined || out === undefined) return life('report', view, {})
    mustBeNew(out)
    const { base64 } = await call('setup.jointReport', { language, format })
    const file = resolve(out)
    exportFile(file, Buffer.from(base64, 'base64'))
    return life('report', view, { file })
  },
)

const log = act(
  ['platform log --data DIR [--interface ID] [--account TEXT] [--from DAY] [--to DAY] [--limit N]'],
  async ({ data, interface: interfaceId, account, from, to, limit = 100 }) => {
    const call = formsOf(resolve(data), true)
    const { rows } = await call('setup.access', {
      interfaceId: interfaceId ?? null,
      account: account ?? null,
      from: from ?? null,
      to: to ?? null,
      limit,
    })
    return printed({ ok: true, rows })
  },
)

export const platformCommand = commandOf('platform', [
  join,
  asked,
  request('csr'),
  taken,
  debug,
  report,
  log,
  request('rotate'),
  compareCommand,
])
