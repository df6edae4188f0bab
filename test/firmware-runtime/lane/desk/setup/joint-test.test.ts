// The joint test against a sandbox in memory: what is tried of each interface, that a trial is the same after a crash, what
// fails and what ends a run, and that a report is requested only after everything has passed.
import { beforeEach, describe, expect, it } from 'vitest'
import { runJointTest, type SandboxAnswer } from '#lane/desk/setup/joint-runner.ts'
import { madeTrial, openTrials, trialsOf } from '#lane/desk/setup/joint-test.ts'
import type { Joining } from '#lane/desk/setup/onboarding.ts'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { ops } from '#ledger/pure/platforms/guangxi/requests.ts'
import type { PlatformRequest } from '#ledger/ports/dialect.ts'

const startedAtMs = 1_767_600_000_000
const run = { runId: 'TA000120260105160000', startedAtMs }
const lot = { lotId: 'A0001', provinceCode: '4501', name: '城东停车场', laneId: 'exit' }
const rows = guangxi.interfaces

describe('the list of what is tried', () => {
  it('has each request of the dialect once, whatever it carries', () => {
    const of = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`
    // Records of cars and shifts beside money are no part of a joint test (docs/destinations.md).
    const isRecord = ({ path }: { path: string }): boolean =>
      /^\/v1\/(?:records|batches|shifts|feedback)/.test(path)
    const sent = new Set(
      Object.values(ops)
        .filter((row) => !isRecord(row))
        .map(of),
    )
    const listed = rows.map(of)
    expect(new Set(listed).size).toBe(listed.length)
    expect(listed).toEqual(expect.arrayContaining([...sent]))
    expect(listed).toHaveLength(sent.size + 6)
  })

  it('tries each right and under a wrong signature, numbered ones twice, queries by a number of nobody', () => {
    const of = (id: string): readonly string[] =>
      trialsOf(rows).flatMap(({ interfaceId, what }) => (interfaceId === id ? [what] : []))
    expect(trialsOf(rows)[0]).toEqual({ interfaceId: 'signIn', what: 'right' })
    expect(of('charge')).toEqual(['right', 'repeat', 'forged'])
    expect(of('refundQuery')).toEqual(['right', 'unknown', 'forged'])
    expect(of('certificates')).toEqual(['right', 'forged'])
  })

  it('makes the same bytes of a trial whenever it is sent, a repeat too', () => {
    for (const trial of trialsOf(rows)) {
      const first = madeTrial(guangxi, trial, run, lot).request
      expect(madeTrial(guangxi, trial, { ...run }, lot).request).toEqual(first)
      if (trial.what === 'repeat')
        expect(madeTrial(guangxi, { ...trial, what: 'right' }, run, lot).request).toEqual(first)
    }
    const unknown = { interfaceId: 'chargeQuery', what: 'unknown' } as const
    expect(madeTrial(guangxi, unknown, run, lot).request.path).toMatch(/CX$/)
  })
})

const utf8 = new TextEncoder()
const timestamp = '2026-01-05T16:00:00.000+08:00'
const body = (respCode: string, data: object, detail: object = {}): Uint8Array =>
  utf8.encode(
    JSON.stringify({
      code: respCode.startsWith('1') ? 'SUCCESS' : 'FAIL',
      respCode,
      timestamp,
      data,
      detail,
    }),
  )

interface Sent {
  readonly request: PlatformRequest
  readonly isForged: boolean
}

/** The answers of a correct platform. */
function rightAnswer({ request, isForged }: Sent, again: boolean): SandboxAnswer {
  const { path, bodyText } = request
  const no = path.split('/').at(-1)?.split('?')[0] ?? ''
  const members = bodyText === '' ? {} : (JSON.parse(bodyText) as Record<string, unknown>)
  const status = { status: 'SUCCESS', chargedFee: 100, refundFee: 100, psamStatus: 1 }
  const numbers =
    path.startsWith('/v1/etc/') && bodyText === '' ? { outTradeNo: no, outRefundNo: no } : {}
  const lists = {
    certificates: [{ certificate: 'PEM' }],
    listed: false,
    rows: [],
    count: 0,
    totalFee: 0,
  }
  const head = { version: '0', full: true, items: [], date: /date=(.*)$/.exec(path)?.[1] }
  const data = {
    ...members,
    ...numbers,
    ...status,
    ...lists,
    ...head,
    validUntil: '2026-01-06T00:00:00.000+08:00',
  }
  const of = (http: number, bytes: Uint8Array): SandboxAnswer => ({
    answer: { status: http, headers: {}, body: bytes, verified: 'valid', sinceLastAttemptMs: null },
    requestId: 'R1',
    why: `valid ${http}`,
  })
  if (isForged) return of(401, body('400006', {}))
  if (path.endsWith('CX') || path.endsWith('RX')) return of(404, body('300012', {}))
  if (path === '/v1/joint-tests') return of(200, body('100000', { reportId: 'A1'.repeat(16) }))
  return of(200, body(again ? '100001' : '100000', data))
}

let joint: NonNullable<Joining['joint']>
let sent: Sent[]
let isEnded: boolean
beforeEach(() => {
  joint = { ...run, lines: [], reportId: null, former: [] }
  sent = []
  isEnded = false
})

type Told = (one: Sent, right: SandboxAnswer) => SandboxAnswer | null

/** `tell` may return null: no answer, as when the program was killed. */
function goThrough(tell: Told = (_, right) => right): void {
  const known = new Set<string>()
  isEnded = false
  runJointTest({
    dialect: guangxi,
    lot,
    link: {
      send(request, isForged, done) {
        sent.push({ request, isForged })
        const key = request.idempotencyKey ?? ''
        const right = rightAnswer({ request, isForged }, key !== '' && known.has(key))
        known.add(key)
        const came = tell({ request, isForged }, right)
        if (came !== null) done(came)
        return () => undefined
      },
      close: () => undefined,
    },
    read: () => joint,
    keep: (fresh) => void (joint = fresh),
    nowMs: () => startedAtMs,
    ended: () => void (isEnded = true),
  })
}

const reported = (): boolean => sent.some(({ request }) => request.path === '/v1/joint-tests')
const failed = (): readonly string[] =>
  joint.lines.flatMap(({ ok, interfaceId, what }) => (ok ? [] : [`${interfaceId} ${what}`]))

describe('a run', () => {
  it('is through when each trial went as it had to, and has the id of the platform', () => {
    goThrough()
    expect(failed()).toEqual([])
    expect(openTrials(rows, joint.lines)).toEqual([])
    expect([joint.reportId, isEnded]).toEqual(['A1'.repeat(16), true])
    sent = []
    goThrough()
    expect(sent).toEqual([])
  })

  const plain = (one: Sent, path = one.request.path): SandboxAnswer =>
    rightAnswer({ request: { ...one.request, path }, isForged: false }, false)
  it.each([
    ['takes a wrong signature', 'signIn forged', (one: Sent) => (one.isForged ? plain(one) : null)],
    [
      'does a charge a second time',
      'charge repeat',
      (one: Sent) => (one.request.bodyText.includes('outTradeNo') ? plain(one) : null),
    ],
    [
      'knows a number of nobody',
      'chargeQuery unknown',
      (one: Sent) =>
        one.request.path.endsWith('CX') ? plain(one, one.request.path.slice(0, -1)) : null,
    ],
  ] as const)('a platform that %s gets no report', (_, what, wrong) => {
    goThrough((one, right) => wrong(one) ?? right)
    expect(failed()).toContain(what)
    expect([reported(), joint.reportId]).toEqual([false, null])
  })

  it('goes on behind an interface that failed, and tries that one alone when it is begun again', () => {
    goThrough((one, right) => {
      const isRefund = one.request.path === '/v1/etc/refunds'
      const answer = { ...present(right.answer, 'one'), status: 503, verified: 'unsigned' as const }
      return isRefund ? { ...right, answer } : right
    })
    expect(failed()).toEqual(['refund right'])
    expect(reported()).toBe(false)
    sent = []
    goThrough()
    const tried = sent.map(({ request }) => request.path)
    expect(new Set(tried)).toEqual(new Set(['/v1/etc/refunds', '/v1/joint-tests']))
    expect(joint.reportId).not.toBeNull()
  })

  it('sends the same once more where a right answer is not signed, and believes the signed one', () => {
    let strangers = 0
    goThrough((one, right) => {
      const isRepeat = joint.lines.at(-1)?.interfaceId === 'charge'
      if (!isRepeat || one.isForged || strangers++ > 0) return right
      return {
        ...right,
        answer: { ...present(right.answer, 'one'), verified: 'unsigned' as const },
      }
    })
    expect(failed()).toEqual(['charge repeat'])
    const charges = sent.filter(({ request }) => request.path === '/v1/etc/exit-charges')
    expect(charges.map(({ isForged }) => isForged)).toEqual([false, false, false, true])
    expect(new Set(charges.slice(0, 3).map(({ request }) => request.bodyText)).size).toBe(1)
    expect(joint.reportId).not.toBeNull()
  })

  it('and once alone: a platform that signs nothing is left for now', () => {
    goThrough((one, right) => {
      const answer = { ...present(right.answer, 'one'), verified: 'unsigned' as const }
      return one.request.path === '/v1/etc/refunds' ? { ...right, answer } : right
    })
    expect(failed()).toEqual(['refund right', 'refund right'])
    expect(reported()).toBe(false)
  })

  it('ends where nobody answers: the rest would fail as well', () => {
    goThrough(() => ({ answer: null, requestId: null, why: 'ECONNREFUSED' }))
    expect(joint.lines).toMatchObject([{ ok: false, said: 'ECONNREFUSED' }])
    expect([sent.length, isEnded]).toEqual([4, true])
  })

  it('asks for the result of what is taken and not decided, before and behind the repeat', () => {
    let queries = 0
    goThrough((one, right) => {
      const isCharge = one.request.path === '/v1/etc/exit-charges' && !one.isForged
      const isQuery = one.request.path.endsWith(`${run.runId}C`) && !one.isForged
      if (isQuery && ++queries > 2) return right
      if (!isCharge && !isQuery) return right
      if (isCharge && queries > 2) return right
      const { outTradeNo = `${run.runId}C` } = JSON.parse(one.request.bodyText || '{}') as {
        outTradeNo?: string
      }
      const bytes = body('100002', { outTradeNo, status: 'PROCESSING' })
      return { ...right, answer: { ...present(right.answer, 'one'), body: bytes } }
    })
    expect(failed()).toEqual([])
    expect(queries).toBeGreaterThan(2)
    expect(joint.reportId).not.toBeNull()
  })

  it.each([
    ['the code', '100001', {}],
    ['the header alone', '100000', { 'idempotent-replayed': 'true' }],
    ['the header beside "result later"', '100002', { 'idempotent-replayed': 'true' }],
  ])(
    'takes a repeat of the first answer, "in progress", as recognised by %s',
    (_, code, headers) => {
      let isDecided = false
      let charges = 0
      goThrough((one, right) => {
        const { path, bodyText } = one.request
        if (one.isForged) return right
        const said = (respCode: string, status: string, more: object = {}): SandboxAnswer => {
          const { outTradeNo = `${run.runId}C` } = JSON.parse(bodyText || '{}') as {
            outTradeNo?: string
          }
          const bytes = body(respCode, { outTradeNo, status, chargedFee: 100 })
          return { ...right, answer: { ...present(right.answer, 'one'), ...more, body: bytes } }
        }
        if (path === '/v1/etc/exit-charges')
          return charges++ === 0
            ? said('100002', 'PROCESSING')
            : said(code, 'PROCESSING', { headers })
        if (!path.endsWith(`${run.runId}C`)) return right
        isDecided = true
        return said('100000', 'SUCCESS')
      })
      expect(isDecided).toBe(true)
      expect(failed()).toEqual([])
      expect(joint.reportId).not.toBeNull()
    },
  )

  it('does not take "in progress" without a sign of the repeat for one', () => {
    goThrough((one, right) => {
      if (one.request.path !== '/v1/etc/exit-charges' || one.isForged) return right
      const { outTradeNo } = JSON.parse(one.request.bodyText) as { outTradeNo: string }
      const bytes = body('100002', { outTradeNo, status: 'PROCESSING' })
      return { ...right, answer: { ...present(right.answer, 'one'), body: bytes } }
    })
    expect(failed()).toContain('charge repeat')
    expect(joint.reportId).toBeNull()
  })

  it('does not ask without an end for what is never decided', () => {
    goThrough((one, right) => {
      const { path, bodyText } = one.request
      const isOpen = path === '/v1/etc/exit-charges' || path.endsWith(`${run.runId}C`)
      if (!isOpen || one.isForged) return right
      const { outTradeNo = `${run.runId}C` } = JSON.parse(bodyText || '{}') as {
        outTradeNo?: string
      }
      const bytes = body('100002', { outTradeNo, status: 'PROCESSING' })
      return { ...right, answer: { ...present(right.answer, 'one'), body: bytes } }
    })
    expect(failed()).toContain('charge right')
    expect(joint.reportId).toBeNull()
    expect(sent.length).toBeLessThan(200)
  })

  it.each<readonly [string, (right: SandboxAnswer) => SandboxAnswer]>([
    ['hangs up', () => ({ answer: null, requestId: null, why: 'UND_ERR_SOCKET' })],
    ...[503, 409].map(
      (status) =>
        [
          `is busy (${status})`,
          (right: SandboxAnswer) => ({
            ...right,
            answer: { ...present(right.answer, 'one'), status },
          }),
        ] as const,
    ),
  ])('a platform that %s once is sent the same bytes again', (_, once) => {
    const seen = new Set<string>()
    goThrough((one, right) => {
      const key = `${one.request.path} ${one.request.bodyText} ${one.isForged}`
      if (seen.has(key)) return right
      seen.add(key)
      return once(right)
    })
    expect(failed()).toEqual([])
    expect(joint.reportId).not.toBeNull()
    const charges = sent.filter(({ request }) => request.path === '/v1/etc/exit-charges')
    expect(new Set(charges.map(({ request }) => request.bodyText)).size).toBe(1)
  })

  it('sends what a kill cut short once more, as it was', () => {
    goThrough((one, right) => (one.request.path === '/v1/etc/refunds' ? null : right))
    const [before, cut] = [joint.lines, sent.at(-1)]
    expect([before.length > 0, isEnded]).toEqual([true, false])
    sent = []
    goThrough()
    expect(sent[0]).toEqual(cut)
    expect(joint.lines.slice(0, before.length)).toEqual(before)
  })

  it('a platform that gives no report says why, and is asked again by the next run', () => {
    goThrough((one, right) => {
      const detail = { issue: 'GET /v1/bills/exit 400006' }
      const answer = {
        ...present(right.answer, 'one'),
        status: 422,
        body: body('300040', {}, detail),
      }
      return one.request.path === '/v1/joint-tests' ? { ...right, answer } : right
    })
    expect(joint.lines.at(-1)).toMatchObject({ interfaceId: 'report', ok: false })
    expect(joint.lines.at(-1)?.said).toBe('300040 GET /v1/bills/exit 400006')
    sent = []
    goThrough()
    expect([sent.length, joint.reportId]).toEqual([1, 'A1'.repeat(16)])
  })

  it('an unsigned report is none', () => {
    goThrough((one, right) => {
      const answer = { ...present(right.answer, 'one'), verified: 'unsigned' as const }
      return one.request.path === '/v1/joint-tests' ? { ...right, answer } : right
    })
    expect(joint.reportId).toBeNull()
  })
})
