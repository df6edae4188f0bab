// Sends records in one sealed file and returns the result of each from the answer file. It never repeats: records
// without a result stay queued. Two files never have the same millisecond in their names (P10).
import type { Call, Dialect } from '../ports/dialect.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { SuiteName } from '#base/pure/data/suite.ts'
import type { FileCipher, FileOpener, FileSealer } from '#base/ports/platform-file.ts'
import type { FiledRecord, FileUploader } from '../ports/uploader.ts'
import { queueVerdict } from './queue-verdict.ts'
import type { SignedPlatform } from './signed-platform.ts'

interface FileParts {
  readonly platform: Pick<SignedPlatform, 'send'>
  readonly dialect: Pick<Dialect, 'tradeFile'>
  readonly appId: string
  readonly suite: SuiteName
  /** What the lot file says that the platform takes; undefined: as the province has it. */
  readonly cipher: FileCipher | undefined
  readonly seal: FileSealer
  readonly open: FileOpener
  nowMs(): InstantMs
}

const callOf = ({ op, businessNo, body, amountFen }: FiledRecord): Call => ({
  op,
  businessNo,
  body,
  amountFen,
})

/** Null when the platform takes no such file. */
export function fileUploader(parts: FileParts): FileUploader | null {
  const { tradeFile } = parts.dialect
  if (tradeFile === null) return null
  let lastMs = 0
  return {
    send(records, timeoutMs, done) {
      lastMs = Math.max(parts.nowMs(), lastMs + 1)
      const name = tradeFile.name(parts.appId, lastMs)
      const calls = records.map(callOf)
      const plain = tradeFile.plain(calls.map(({ body }) => body))
      const file = parts.seal(name, plain, parts.cipher ?? tradeFile.cipher[parts.suite])
      if (file === null) {
        done('noCertificate')
        return
      }
      const request = { ...tradeFile.request(file), timeoutMs }
      parts.platform.send(request, ({ answer, verified, requestId }) => {
        if (answer.kind === 'silence') {
          done(answer.reason)
          return
        }
        const received = { ...answer, verified: verified ?? 'unsigned', sinceLastAttemptMs: null }
        const judged = tradeFile.judge(name, received)
        const opened = judged.kind === 'sealed' ? parts.open(judged.file) : judged.reason
        if (typeof opened === 'string') {
          done(opened)
          return
        }
        const said = tradeFile.read(calls, opened)
        done(
          records.map(({ outboxId, op }, at) => ({
            outboxId,
            verdict: queueVerdict(op, said[at]?.verdict ?? silence, true),
            meta: { httpStatus: answer.status, respCode: said[at]?.respCode ?? null, requestId },
          })),
        )
      })
    },
  }
}

const silence = {
  kind: 'silence',
  why: 'notInAnswer',
  sent: true,
  securityEvent: null,
  afterMs: null,
} as const
