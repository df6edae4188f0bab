// The former certificate of a lot signs again while the platform refuses the new one (P25): the same call goes out once
// more under it, and the new one is tried again each hour. A refusal counts only with the signature of the platform.
import type { InstantMs } from '../../core/values/instant.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import type { Cancel } from '../../ports/clocks.ts'
import {
  signedPlatform,
  type SignedCall,
  type SignedPlatform,
  type SignedPlatformOptions,
  type SignedResult,
} from './signed-platform.ts'

/** The platform may know the new one by then. */
export const newestAgainMs = 3_600_000

/** Codes stand in the first part of an answer. */
const codeBytesMax = 4096

type Judge = Pick<SignedPlatformOptions, 'dialect' | 'transport'>

function isRefused({ dialect }: Judge, { answer, verified }: SignedResult): boolean {
  if (answer.kind === 'silence' || verified !== 'valid') return false
  const text = new TextDecoder().decode(answer.body.subarray(0, codeBytesMax))
  const code = dialect.respCodeOf(text)
  return code !== null && dialect.refusesCertificate(code)
}

class EitherCertificate implements SignedPlatform {
  private readonly judge: Judge
  private readonly newest: SignedPlatform
  private readonly former: SignedPlatform
  private readonly signsBy: (isFormer: boolean) => void
  /** Until then the former signs; null: the new one does. */
  private formerUntilMs: InstantMs | null = null
  private isFormerOver = false

  constructor(
    judge: Judge,
    links: { readonly newest: SignedPlatform; readonly former: SignedPlatform },
    signsBy: (isFormer: boolean) => void,
  ) {
    this.judge = judge
    this.newest = links.newest
    this.former = links.former
    this.signsBy = signsBy
  }

  takeKeys(keys: Parameters<SignedPlatform['takeKeys']>[0]): void {
    this.newest.takeKeys(keys)
    this.former.takeKeys(keys)
  }

  send(call: SignedCall, done: (result: SignedResult) => void): Cancel {
    const { formerUntilMs } = this
    const isFormer = formerUntilMs !== null && this.judge.transport.nowMs() < formerUntilMs
    if (isFormer) return this.byFormer(call, done)
    let stop: Cancel = () => undefined
    const first = this.newest.send(call, (result) => {
      if (!isRefused(this.judge, result) || this.isFormerOver) {
        if (result.verified === 'valid') this.use(null)
        done(result)
        return
      }
      this.use(this.judge.transport.nowMs() + newestAgainMs)
      stop = this.byFormer(call, done)
    })
    return () => {
      first()
      stop()
    }
  }

  private byFormer(call: SignedCall, done: (result: SignedResult) => void): Cancel {
    return this.former.send(call, (result) => {
      if (isRefused(this.judge, result)) {
        this.isFormerOver = true
        this.use(null)
      }
      done(result)
    })
  }

  private use(formerUntilMs: InstantMs | null): void {
    const [was, is] = [this.formerUntilMs !== null, formerUntilMs !== null]
    this.formerUntilMs = formerUntilMs
    if (was !== is) this.signsBy(is)
  }
}

/** `former`: the key before the one in use, while its certificate is in force; null: none. */
export function platformUnder(
  options: SignedPlatformOptions,
  former: SigningKey | null,
  signsBy: (isFormer: boolean) => void = () => undefined,
): SignedPlatform {
  const newest = signedPlatform(options)
  if (former === null) return newest
  const links = { newest, former: signedPlatform({ ...options, signingKey: former }) }
  return new EitherCertificate(options, links, signsBy)
}
