// The link doctor of a camera with Digest authentication: is it reachable, does it answer, does it accept the password.
// A wrong password is tried once only, because cameras lock the account (lane-devices.md 0).
import { note } from '#base/pure/words/notes.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { CameraReportView, FindingView } from '../calls/find-views.ts'
import { cardFor } from '../pure/find/subnet.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import type { SubscribedCamera } from '../pure/camera/camera-link.ts'
import {
  ask,
  freshSession,
  judgeHead,
  type DeviceRequest,
  type HttpSession,
  type RequestAuth,
} from '../pure/http/session.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { FindMachine } from '../ports/find.ts'
import type { HttpStreams } from '../ports/http-stream.ts'
import { finding, isOk } from './findings.ts'

interface CameraDoctorPorts {
  readonly http: HttpStreams
  readonly mono: MonoClock
  readonly machine: FindMachine
  /** The Authorization header; null: no password yet. */
  sign(request: DeviceRequest, auth: RequestAuth): string | null
}

const answerWithinMs = 5_000

type Head =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly lost: string }

/** The head of an answer; its body is not read. */
function headOf(
  { http, mono }: CameraDoctorPorts,
  { method, path }: DeviceRequest,
  proof: string,
): Promise<Head> {
  const { promise, resolve } = Promise.withResolvers<Head>()
  const end = (head: Head): void => {
    late()
    resolve(head)
  }
  const late = mono.after(answerWithinMs, () => {
    cancel()
    end({ lost: note('noAnswerIn', answerWithinMs) })
  })
  const headers = proof === '' ? {} : { authorization: proof }
  const cancel = http.request(
    { method, path, headers },
    {
      head: (status, answered) => end({ status, headers: answered }),
      body: () => undefined,
      end: () => undefined,
      lost: (lost) => end({ lost }),
    },
  )
  return promise
}

type Verdict =
  | { readonly is: 'answer'; readonly status: number }
  | { readonly is: 'refused' }
  | { readonly is: 'noDigest' }
  | { readonly is: 'noPassword' }
  | { readonly is: 'lost'; readonly reason: string }

interface CameraVerdict {
  readonly session: HttpSession
  readonly verdict: Verdict
  /** The remembered nonce had expired, and a new one was used. */
  readonly expired: boolean
}

async function askOnce(
  outside: CameraDoctorPorts,
  before: HttpSession,
  request: DeviceRequest,
): Promise<CameraVerdict> {
  let step: { session: HttpSession; id: string } = ask(before, request)
  let expired = false
  for (;;) {
    const { session, id } = step
    const open = session.open.find((one) => one.id === id)
    const auth = open?.auth ?? null
    const proof = auth === null ? '' : outside.sign(request, auth)
    if (proof === null) return { session, verdict: { is: 'noPassword' }, expired }
    const head = await headOf(outside, request, proof)
    if ('lost' in head) return { session, verdict: { is: 'lost', reason: head.lost }, expired }
    const judged = judgeHead(session, id, head.status, head.headers)
    const { kind } = judged.verdict
    if (judged.verdict.kind === 'again') {
      if (auth !== null) expired = true
      step = { session: judged.session, id: judged.verdict.id }
      continue
    }
    const verdict: Verdict =
      kind === 'refused' || kind === 'noDigest'
        ? { is: kind }
        : { is: 'answer', status: head.status }
    return { session: judged.session, verdict, expired }
  }
}

function findingOf(verdict: Verdict, value: string): FindingView | null {
  if (verdict.is === 'answer') return null
  if (verdict.is === 'refused' || verdict.is === 'noPassword')
    return finding('FIND-14', {
      value,
      note: verdict.is === 'noPassword' ? t('没有保存密码', 'no password is saved') : '',
    })
  if (verdict.is === 'noDigest') return finding('FIND-16', { value })
  const code = /ECONNREFUSED/.test(verdict.reason) ? 'FIND-12' : 'FIND-13'
  return finding(code, { value, note: verdict.reason })
}

/** Sends two requests: the second one with the remembered nonce, as a lane does after a quiet hour. */
export async function checkCamera(
  outside: CameraDoctorPorts,
  target: SubscribedCamera,
  link: string,
): Promise<CameraReportView> {
  const value = `${target.host}:${target.port}`
  const request = target.make.question
  const findings: FindingView[] = []
  const first = await askOnce(outside, freshSession, request)
  const far = cardFor(target.host, outside.machine.cards()) === 'far'
  if (first.verdict.is === 'lost' && far) {
    const cards = outside.machine.cards().filter(({ loopback }) => !loopback)
    const note = cards.map((card) => `${card.name} ${card.address}/${card.prefix}`).join(', ')
    findings.push(finding('FIND-11', { weight: 'warn', value: target.host, note }))
  }
  const wrong = findingOf(first.verdict, value)
  if (wrong !== null) findings.push(wrong)
  else {
    const second = await askOnce(outside, first.session, request)
    const later = findingOf(second.verdict, value)
    if (later !== null) findings.push(later)
    else if (first.expired || second.expired)
      findings.push(finding('FIND-15', { weight: 'info', value }))
  }
  const { verdict } = first
  return {
    ok: isOk(findings),
    link: shownLink(link),
    status: verdict.is === 'answer' ? verdict.status : null,
    findings,
  }
}
