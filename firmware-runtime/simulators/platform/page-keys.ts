// Access rights of the administration with `--keys` (8.2 b, 9.3.1): the operator's key opens everything except judging
// refunds; finance's key opens books, reconciliation and refunds; a candidate's key its own log, books, reconciliation
// and joint test; without a key only the page that asks for one.
import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { AdminRequest, AdminRoutes } from '../shell/admin.ts'

/** Beside the certificates: the secret that keys are derived from; `operator.key` and `finance.key` are there, too. */
const secretFile = 'page-keys.secret'
const offices = ['operator', 'finance'] as const
/** File name of a candidate's key in its channel's folder. */
export const candidateKeyFile = 'page.key'

type Who =
  | { readonly role: (typeof offices)[number] | 'nobody' }
  | { readonly role: 'candidate'; appId: string }

export interface PageKeys {
  keyOf(appId: string): string
  /** The routes with the caller's rights applied. */
  guarded(routes: AdminRoutes): AdminRoutes
}

/** Needs no key: the page itself, and data that is equal for all. */
const open: readonly string[] = ['GET /', 'GET /assets/:id', 'GET /tables']

/** Routes for a candidate, each limited to its own channel. */
const ofCandidate: readonly string[] = [
  'GET /exchanges',
  'GET /books',
  'GET /joint-tests',
  'GET /reconciliation',
  'GET /refund-reviews',
  'GET /time',
  'GET /developer',
  'GET /certificates',
  'GET /policy',
]

/** Only finance judges refunds (8.3.2 b, e). */
const financeAlone: readonly string[] = ['POST /refund-reviews', 'POST /refunds']
const ofFinance: readonly string[] = [
  ...financeAlone,
  'GET /refund-reviews',
  'GET /reconciliation',
  'GET /bookings',
  'GET /books',
  'GET /certificates',
  'GET /policy',
]

const refused = (note: string): LaneFault =>
  new LaneFault('ARG-01', { field: 'authorization', value: '', note })

/** One exchange by its number: its channel is known only after reading it. */
function ownExchange(found: unknown, appId: string): unknown {
  const isOwn = typeof found === 'object' && found !== null && 'appId' in found
  if (isOwn && found.appId === appId) return found
  throw refused('not of this channel')
}

/** `channels`: the present candidates. */
export function openPageKeys(dir: string, channels: () => readonly string[]): PageKeys {
  const at = join(dir, secretFile)
  if (!existsSync(at)) writeFileSync(at, randomBytes(32).toString('hex'), { mode: 0o600 })
  const secret = readFileSync(at, 'utf8')
  const made = (text: string): string =>
    createHmac('sha256', secret).update(text).digest('hex').slice(0, 32).toUpperCase()
  for (const office of offices)
    writeFileSync(join(dir, `${office}.key`), `${made(office)}\n`, { mode: 0o600 })
  const keyOf = (appId: string): string => made(`channel ${appId}`)
  const whoIs = (key: string): Who => {
    const role = offices.find((office) => made(office) === key)
    if (role !== undefined) return { role }
    const appId = channels().find((one) => keyOf(one) === key)
    return appId === undefined ? { role: 'nobody' } : { role: 'candidate', appId }
  }
  const asCandidate = async (
    name: string,
    run: (request: AdminRequest) => unknown,
    request: AdminRequest,
    appId: string,
  ): Promise<unknown> => {
    if (name === 'GET /exchanges/:id') return ownExchange(await run(request), appId)
    if (!ofCandidate.includes(name)) throw refused('not for the key of a channel')
    const query = new URLSearchParams(request.query)
    query.set('appId', appId)
    return run({ ...request, query })
  }
  return {
    keyOf,
    guarded(routes) {
      const all = Object.entries(routes).map(([name, run]) => {
        const judged = (request: AdminRequest): unknown => {
          const who = whoIs(request.key)
          if (open.includes(name)) return run(request)
          if (who.role === 'candidate') return asCandidate(name, run, request, who.appId)
          if (who.role === 'nobody') throw refused('a key opens it')
          const isAllowed =
            who.role === 'finance' ? ofFinance.includes(name) : !financeAlone.includes(name)
          if (isAllowed) return run(request)
          throw refused(`not for the key of ${who.role}`)
        }
        return [name, judged] as const
      })
      return { ...Object.fromEntries(all), 'GET /whoami': ({ key }) => whoIs(key) }
    },
  }
}
