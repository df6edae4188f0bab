// Sends queue records to a platform through its dialect, and turns its verdicts into those of the queue.
// Queries use the lot's own number (P13); kinds without a query are sent again instead (D.2 rule 8).
import type { AnswerMeta } from '../pure/queue/queue.ts'
import { namesMoney, type SendOp } from '../pure/queue/records.ts'
import { present } from '#base/pure/values/must.ts'
import type {
  Call,
  ConsumptionVerdict,
  Dialect,
  LotNames,
  PlatformAnswer,
  PlatformRequest,
} from '../ports/dialect.ts'
import type { Verdict } from '../ports/verdict.ts'
import type {
  AuthorizeResult,
  ConfirmResult,
  FileUploader,
  PsamUploader,
  SignInResult,
  Uploader,
} from '../ports/uploader.ts'
import { queueVerdict } from './queue-verdict.ts'
import {
  judgedBy,
  verdictOf,
  type SignedCall,
  type SignedPlatform,
  type SignedResult,
} from './signed-platform.ts'

type NoAnswer = Extract<SignInResult, { kind: 'silence' }>

function metaOf(result: SignedResult, dialect: Dialect): AnswerMeta {
  const { answer, requestId } = result
  if (answer.kind === 'silence') return { httpStatus: null, respCode: null, requestId }
  const text = new TextDecoder().decode(answer.body.subarray(0, 4096))
  return { httpStatus: answer.status, respCode: dialect.respCodeOf(text), requestId }
}

const wasSent = (result: SignedResult): boolean =>
  result.answer.kind === 'answer' || result.answer.sent

interface UploaderMore {
  readonly files?: FileUploader | null
  /** Called with the verdict on each answered record. */
  readonly judged?: (verdict: Verdict) => void
  readonly reach?: Uploader['reach']
  readonly twoStep?: boolean
}

/** `trustedTime`: called with a verified answer's time minus this machine's, ms. */
export function platformUploader(
  platform: Pick<SignedPlatform, 'send'>,
  dialect: Dialect,
  lot: LotNames,
  trustedTime: (offsetMs: number) => void = () => undefined,
  { files = null, judged = () => undefined, reach, twoStep = false }: UploaderMore = {},
): Uploader {
  let clockOffsetMs: number | null = null

  function noteTime(result: SignedResult): void {
    if (result.clockOffsetMs === null) return
    clockOffsetMs = result.clockOffsetMs
    trustedTime(result.clockOffsetMs)
  }

  function exchange(
    call: Call,
    over: Pick<SignedCall, 'timeoutMs' | 'laneId'>,
    done: (result: SignedResult) => void,
  ): void {
    platform.send({ ...dialect.requestFor(call), ...over }, (result) => {
      noteTime(result)
      done(result)
    })
  }

  const steps = stepsOf(platform, dialect, noteTime, judged)
  const takesBack = takeBackOf(platform, dialect, noteTime)
  return {
    twoStep: twoStep && dialect.consumption !== undefined,
    get clockOffsetMs() {
      return clockOffsetMs
    },
    send(record, op, timeoutMs, done) {
      if (op === 'cancel' && dialect.byOrder !== undefined)
        return takesBack(record, timeoutMs, done)
      if (op !== 'query' && record.consumption !== undefined)
        return steps(record, op, timeoutMs, done)
      const query = op === 'query' ? dialect.queryOf(record.op) : null
      const call: Call = {
        op: query ?? record.op,
        businessNo: record.businessNo,
        body: query === null ? record.body : '',
        amountFen: namesMoney.has(record.op) ? record.amountFen : null,
      }
      // The queue waits 30 s before it accepts "not found", so the age is not judged here.
      exchange(call, { timeoutMs }, (result) => {
        const verdict = verdictOf(dialect, call, result, null)
        judged(verdict)
        done(queueVerdict(record.op, verdict, wasSent(result)), metaOf(result, dialect))
      })
    },
    signIn(request, timeoutMs, done) {
      const body = dialect.signInBody(lot, request)
      const call: Call = { op: 'signIn', businessNo: request.listNo, body, amountFen: null }
      exchange(call, { timeoutMs, laneId: request.laneId }, (result) =>
        done(signInResult(verdictOf(dialect, call, result, null))),
      )
    },
    ...(reach === undefined ? {} : { reach }),
    files,
    psam: psamUploader(platform, dialect, lot, noteTime),
  }
}

type Send = Uploader['send']

/**
 * The application for a charge, and its confirmation or cancellation, whose answers are judged like those of a charge.
 */
function stepsOf(
  platform: Pick<SignedPlatform, 'send'>,
  dialect: Dialect,
  noteTime: (result: SignedResult) => void,
  judged: (verdict: Verdict) => void,
) {
  return (
    record: Parameters<Send>[0],
    op: Exclude<SendOp, 'query'>,
    timeoutMs: number,
    done: Parameters<Send>[3],
  ): void => {
    const { businessNo, body, amountFen } = record
    const { apply, judgeApply, confirm, judgeConfirm } = present(dialect.consumption, 'two steps')
    const { no } = present(record.consumption, 'an application has its number')
    const call: Call = { op: 'charge', businessNo, body, amountFen }
    const isApplied = op === 'apply'
    const request = isApplied
      ? apply(call, no)
      : confirm(call, no, op === 'post' ? 'DONE' : 'CANCELLED')
    platform.send({ ...request, timeoutMs }, (result) => {
      noteTime(result)
      const verdict = judgedBy<ConsumptionVerdict>(result, (answer) =>
        isApplied ? judgeApply(call, no, answer) : judgeConfirm(call, answer),
      )
      const meta = metaOf(result, dialect)
      if (verdict.kind === 'allowed' || verdict.kind === 'lapsed') return done(verdict, meta)
      judged(verdict)
      done(queueVerdict(record.op, verdict, wasSent(result)), meta)
    })
  }
}

/** Takes an order back from an access system. */
function takeBackOf(
  platform: Pick<SignedPlatform, 'send'>,
  dialect: Dialect,
  noteTime: (result: SignedResult) => void,
) {
  return (record: Parameters<Send>[0], timeoutMs: number, done: Parameters<Send>[3]): void => {
    const { takeBack, judgeTakeBack } = present(dialect.byOrder, 'orders')
    const { businessNo, amountFen, settled = null } = record
    const call: Call = { op: 'charge', businessNo, body: '', amountFen }
    platform.send({ ...takeBack(businessNo, settled), timeoutMs }, (result) => {
      noteTime(result)
      const verdict = judgedBy<ConsumptionVerdict>(result, (answer) => judgeTakeBack(call, answer))
      const meta = metaOf(result, dialect)
      if (verdict.kind === 'allowed' || verdict.kind === 'lapsed') return done(verdict, meta)
      done(queueVerdict(record.op, verdict, wasSent(result)), meta)
    })
  }
}

function signInResult(verdict: Verdict): SignInResult {
  if (verdict.kind === 'confirmed' && verdict.signIn !== null)
    return { kind: 'granted', validUntilMs: verdict.signIn.validUntilMs }
  if (verdict.kind === 'refused') return { kind: 'refused', reason: verdict.reason }
  if (verdict.kind === 'rejected')
    return { kind: 'refused', reason: `${verdict.respCode} ${verdict.reason}` }
  // Signed, and no grant: a refusal, whose reason is what is odd in it.
  if (verdict.kind === 'hold') return { kind: 'refused', reason: verdict.why }
  const isBusy = verdict.kind === 'silence' || verdict.kind === 'retry'
  return { kind: 'silence', reason: isBusy ? verdict.why : verdict.kind }
}

/** PSAM authorisation, when the dialect has it: a missing answer is a silence, others are judged by the dialect. */
function psamUploader(
  platform: Pick<SignedPlatform, 'send'>,
  { psam }: Dialect,
  lot: LotNames,
  noteTime: (result: SignedResult) => void,
): PsamUploader | null {
  if (psam === null) return null
  const ask = <R>(
    request: PlatformRequest,
    timeoutMs: number,
    judged: (answer: PlatformAnswer) => R,
    done: (result: R | NoAnswer) => void,
  ): void => {
    platform.send({ ...request, timeoutMs }, (result) => {
      noteTime(result)
      const { answer, verified } = result
      if (answer.kind === 'silence') done({ kind: 'silence', reason: answer.reason })
      else done(judged({ ...answer, verified: verified ?? 'unsigned', sinceLastAttemptMs: null }))
    })
  }
  return {
    authorize: (request, timeoutMs, done) =>
      ask<AuthorizeResult>(
        psam.authorize(lot, request),
        timeoutMs,
        (said) => psam.judgeAuthorize(request, said),
        done,
      ),
    confirm: (request, timeoutMs, done) =>
      ask<ConfirmResult>(
        psam.confirm(request),
        timeoutMs,
        (said) => psam.judgeConfirm(request, said),
        done,
      ),
  }
}
