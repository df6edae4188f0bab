// Further data for the administration page: exchanges, an overview with warnings, certificates, and the present status
// list.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { dayMs, isoOf } from '#base/pure/values/instant.ts'
import { queryNumber, type AdminRoutes } from '../shell/admin.ts'
import { faultActions, type FaultEngine } from '../shell/faults.ts'
import { stateOf } from './admin.ts'
import { answerCodes } from './answers.ts'
import { everybody, listOf } from './records/by-application.ts'
import type { CertificateFacts } from './certificates/certificates.ts'
import { platformPlaces, type PlatformModel } from './model.ts'
import type { RequestLog } from './request-log.ts'

/** A known certificate and its use. */
export interface KnownCertificate extends Pick<CertificateFacts, 'serialHex' | 'fromMs' | 'toMs'> {
  readonly use: 'platform' | 'client' | 'sandbox'
  readonly appId: string
}

interface PagePlan {
  model(): PlatformModel
  readonly log: RequestLog
  readonly faults: FaultEngine
  certificates(): readonly KnownCertificate[]
  nowMs(): number
}

/** Warning time in ms, as for clients (P25). */
const soonMs = 30 * dayMs

type Wrong =
  | { readonly kind: 'fault'; readonly at: string; readonly do: string; readonly hits: number }
  | { readonly kind: 'refused'; readonly respCode: string; readonly count: number }
  | { readonly kind: 'certificate'; readonly serial: string; readonly toIso: string }

/** The most important warnings. */
function wrongNow({ faults, log, certificates, nowMs }: PagePlan): readonly Wrong[] {
  const set = faults
    .list()
    .filter(({ times, hits }) => times === 0 || hits < times)
    .map(({ at, do: what, hits }): Wrong => ({ kind: 'fault', at, do: what, hits }))
  const refused = Object.entries(log.refusedLately(nowMs())).map(([respCode, count]): Wrong => ({
    kind: 'refused',
    respCode,
    count,
  }))
  const ending = certificates()
    .filter(({ toMs }) => toMs - nowMs() < soonMs)
    .map(({ serialHex, toMs }): Wrong => ({
      kind: 'certificate',
      serial: serialHex,
      toIso: isoOf(toMs),
    }))
  return [...set, ...refused, ...ending]
}

const listLimit = 1000

/** The status list: newest first, as many as a page shows. */
function listNow({ state }: PlatformModel, appId: string) {
  const { listed, changes } = listOf(state.lists, appId)
  const rows = [...listed].slice(-listLimit).toReversed()
  return {
    version: String(changes.length),
    count: listed.size,
    rows: rows.map(([no, fromMs]) => ({ no, fromIso: isoOf(fromMs) })),
  }
}

export function pageDataRoutes(plan: PagePlan): AdminRoutes {
  const { model, log, certificates, nowMs } = plan
  return {
    'GET /exchanges': ({ query }) => ({
      exchanges: log.list({
        after: queryNumber(query, 'after', 0),
        limit: Math.min(queryNumber(query, 'limit', 200), 1000),
        appId: query.get('appId'),
        name: query.get('name'),
        code: query.get('code'),
      }),
      lastSeq: log.lastSeq,
    }),
    'GET /exchanges/:id': ({ id }) => {
      const found = log.whole(Number(id))
      if (found !== null) return found
      throw new LaneFault('ARG-01', { field: 'id', value: id, note: 'no longer in the log' })
    },
    'GET /overview': () => ({
      nowIso: isoOf(nowMs()),
      perSecond: log.perSecond(nowMs()),
      channels: log.channels(),
      wrong: wrongNow(plan),
      state: stateOf(model()),
    }),
    'GET /tables': () => ({
      places: platformPlaces,
      actions: faultActions,
      codes: Object.entries(answerCodes).map(([respCode, row]) => ({ respCode, ...row })),
    }),
    'GET /certificates': ({ query }) => ({
      certificates: certificates()
        .filter(({ appId }) => appId === (query.get('appId') ?? appId))
        .map(({ serialHex, fromMs, toMs, use, appId }) => ({
          serial: serialHex,
          use,
          appId,
          fromIso: isoOf(fromMs),
          toIso: isoOf(toMs),
        })),
    }),
    'GET /status-list': ({ query }) => listNow(model(), query.get('appId') ?? everybody),
  }
}
