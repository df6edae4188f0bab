// The joint test at the platform (000 A.2.2 e): each exchange of a sandbox client is noted by its interface, and a
// report is given only when the notes show every interface used correctly and each required refusal; it names each wrong
// request by its interface and member.
import { isoOf } from '#base/pure/values/instant.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { done, refuse, type RespCode } from '../answers.ts'
import type { Handler } from '../call.ts'
import type { OnboardingState, Tried } from '../onboarding-records.ts'

const right = ['100000', '100001', '100002'] satisfies RespCode[]
/** Codes of a bill that was read: one that is still being made does not count. */
const rightOfBill = ['100000'] satisfies RespCode[]
const forged: RespCode = '400006'
const again: RespCode = '100001'
const unknown: RespCode = '300012'

const charges = 'POST /v1/etc/exit-charges'

/** Interfaces that a lot must show, with the code required beside a correct answer and a refused signature. */
const wanted: Readonly<Record<string, RespCode | null>> = {
  'POST /v1/psam/sign-in': again,
  [charges]: again,
  'GET /v1/etc/exit-charges/{outTradeNo}': unknown,
  'POST /v1/etc/exceptions': again,
  'POST /v1/etc/refunds': again,
  'GET /v1/etc/refunds/{outRefundNo}': unknown,
  'GET /v1/status-list': null,
  'POST /v1/status-list/check': null,
  'GET /v1/bills/exit': null,
  'GET /v1/bills/split': null,
  'GET /v1/certificates': null,
  'POST /v1/monitor/heartbeats': null,
}

const isRight = (code: string, name = ''): boolean =>
  (name.startsWith('GET /v1/bills/') ? rightOfBill : right).some((one) => one === code)

/** For a candidate that got a forged answer: empty when it did not trust it, else the missing proof. */
function believed({ strangers }: OnboardingState, appId: string): readonly string[] {
  if (strangers.get(appId)?.isAskedAgain === true) return []
  return [`${charges} 100001 behind an answer without a signature`]
}

/** Names of interfaces, each with the first missing observation. */
const missingIn = (
  tried: ReadonlyMap<string, Tried>,
  isOffered: (name: string) => boolean,
): readonly string[] =>
  Object.entries(wanted).flatMap(([name, more]) => {
    if (!isOffered(name)) return []
    const codes = [...(tried.get(name)?.codes.keys() ?? [])]
    if (!codes.some((code) => isRight(code, name))) return [`${name} right`]
    const lacks = [forged, ...(more === null ? [] : [more])].find((code) => !codes.includes(code))
    return lacks === undefined ? [] : [`${name} ${lacks}`]
  })

/** POST /v1/joint-tests: gives the report of a joint test from the noted exchanges only. */
export const postJointTest =
  (
    sm3: (data: Uint8Array) => Uint8Array,
    isOffered: (name: string) => boolean = () => true,
    thrown: (appId: string) => Readonly<Record<string, unknown>> | null = () => null,
  ): Handler =>
  ({ state: { onboarding }, record }, { appId, nowMs }) => {
    const impolite = thrown(appId)
    // A report from a polite sandbox does not count for an impolite one.
    const known = [...onboarding.reports.values()].findLast(
      ({ appId: whom, data }) => whom === appId && (impolite === null || data['impolite'] !== null),
    )
    if (known !== undefined) return done(known.data)
    const tried = onboarding.tried.get(appId) ?? new Map<string, Tried>()
    const lacks = impolite === null || !isOffered(charges) ? [] : believed(onboarding, appId)
    const missing = [...missingIn(tried, isOffered), ...lacks]
    if (missing.length > 0) return refuse('300040', '', missing.length, missing.join('; '))
    const interfaces = Object.keys(wanted).filter(isOffered)
    const all = interfaces.flatMap((name) => tried.get(name) ?? [])
    const anomalies = interfaces.flatMap((name) =>
      [...(tried.get(name)?.anomalies.values() ?? [])].map((one) => ({ interface: name, ...one })),
    )
    const said = [appId, ...interfaces, isoOf(nowMs)].join('\n')
    const reportId = hexOf(sm3(new TextEncoder().encode(said))).slice(0, 32)
    const data = {
      reportId,
      startTime: isoOf(Math.min(...all.map(({ fromMs }) => fromMs))),
      endTime: isoOf(Math.max(...all.map(({ untilMs }) => untilMs))),
      interfaces,
      anomalies,
      impolite: impolite === null ? null : { ...impolite, unsigned: 1 },
    }
    record({ t: 'jointReport', reportId, appId, atMs: nowMs, data })
    return done(data)
  }
