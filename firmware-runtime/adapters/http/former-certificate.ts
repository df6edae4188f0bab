// The former certificate of a lot signs again while the platform refuses the new one (P25): the same call goes out once
// more under it, and the new one is tried again each hour. A refusal counts only with the signature of the platform.
import type { InstantMs } from '../../core/values/instant.ts'
import type { SigningKey } from '../../ports/crypto.ts'
import type { Cancel } from '../../ports/clocks.ts'
import {
  respCodeIn,
  signedPlatform,
  type SignedCall,
  type SignedPlatform,
  type SignedPlatformOptions,
  type SignedResult,
} from './signed-platform.ts'

/** The platform may know the new one by then. */
export const newestAgainMs = 3_600_000

/** Key and certificate before the ones in use. */
interface FormerKey {
  readonly signingKey: SigningKey
  readonly notAfterMs: InstantMs
}

type Judge = Pick<SignedPlatformOptions, 'dialect' | 'transport'>

function isRefused({ dialect }: Judge, { answer, verified }: SignedResult): boolean {
  if (answer.kind === 'silence' || verified !== 'valid') return false
  const code = respCodeIn(dialect, answer.body)
  return code !== null && dialect.refusesCertificate(code)
}

class EitherCertificate implements SignedPlatform {
  private readonly judge: Judge
  private readonly newest: SignedPlatform
  private readonly former: SignedPlatform
  private readonly signsBy: (isFormer: boolean) => void
  private readonly formerNotAfterMs: InstantMs
  /** The former signs since then; null: the new one does. */
  private refusedAtMs: InstantMs | null = null
  private isFormerRefused = false

  constructor(
    judge: Judge,
    links: { newest: SignedPlatform; former: SignedPlatform; formerNotAfterMs: InstantMs },
    signsBy: (isFormer: boolean) => void,
  ) {
    this.judge = judge
    this.newest = links.newest
    this.former = links.former
    this.formerNotAfterMs = links.formerNotAfterMs
    this.signsBy = signsBy
  }

  takeKeys(keys: Parameters<SignedPlatform['takeKeys']>[0]): void {
    this.newest.takeKeys(keys)
    this.former.takeKeys(keys)
  }

  send(call: SignedCall, done: (result: SignedResult) => void): Cancel {
    if (this.mayFormer() && this.isRecent()) return this.byFormer(call, done)
    let stop: Cancel = () => undefined
    const first = this.newest.send(call, (result) => {
      if (!isRefused(this.judge, result) || !this.mayFormer()) {
        if (result.verified === 'valid') this.use(null)
        done(result)
        return
      }
      this.use(this.judge.transport.nowMs())
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
        this.isFormerRefused = true
        this.use(null)
      }
      done(result)
    })
  }

  private mayFormer(): boolean {
    return !this.isFormerRefused && this.judge.transport.nowMs() < this.formerNotAfterMs
  }

  /** A clock that was set back does not make the hour longer. */
  private isRecent(): boolean {
    if (this.refusedAtMs === null) return false
    const passedMs = this.judge.transport.nowMs() - this.refusedAtMs
    return passedMs >= 0 && passedMs < newestAgainMs
  }

  private use(refusedAtMs: InstantMs | null): void {
    const [was, is] = [this.refusedAtMs !== null, refusedAtMs !== null]
    this.refusedAtMs = refusedAtMs
    if (was !== is) this.signsBy(is)
  }
}

/** `former`: the key before the one in use, which signs no longer than its certificate is in force; null: none. */
export function platformUnder(
  options: SignedPlatformOptions,
  former: FormerKey | null,
  signsBy: (isFormer: boolean) => void = () => undefined,
): SignedPlatform {
  const newest = signedPlatform(options)
  if (former === null) return newest
  const { signingKey, notAfterMs } = former
  const byFormer = signedPlatform({ ...options, signingKey })
  const links = { newest, former: byFormer, formerNotAfterMs: notAfterMs }
  return new EitherCertificate(options, links, signsBy)
}
