// Certificates before the newest one sign again while the platform refuses that one (P25): the same call goes out once more
// under each in turn, and the newest is tried again each hour. A refusal counts only with the signature of the platform.
import type { CertificateWord } from '../../core/etc/former-certificates.ts'
import { minuteMs, type InstantMs } from '../../core/values/instant.ts'
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

/** The platform may know the newest one by then. */
export const newestAgainMs = 60 * minuteMs
/** All were refused: until then only the newest one asks, so that a call is one request again. */
export const allAgainMs = minuteMs

/** Key and certificate before the ones in use. */
interface FormerKey {
  readonly signingKey: SigningKey
  readonly notAfterMs: InstantMs
}

type Judge = Pick<SignedPlatformOptions, 'dialect' | 'transport'>

interface Signed {
  readonly certSerial: string
  readonly notAfterMs: InstantMs
  readonly link: SignedPlatform
}

/** What was learned of certificates while calls went out under them. */
interface CertificateNews {
  /** Which one signs in the place of the newest; null: the newest does. */
  signs(former: string | null): void
  /** It was accepted, or refused while another one worked. */
  word(certSerial: string, word: CertificateWord): void
}

function isRefused({ dialect }: Judge, { answer, verified }: SignedResult): boolean {
  if (answer.kind === 'silence' || verified !== 'valid') return false
  const code = respCodeIn(dialect, answer.body)
  const refused = code === null ? null : dialect.envelope.refuses(code)
  return refused === 'notCertificate' || refused === 'notSignature'
}

/** Carried out under this certificate; another signed answer says less of it. */
const isDone = ({ answer }: SignedResult): boolean =>
  answer.kind === 'answer' && answer.status >= 200 && answer.status < 300

class AnyCertificate implements SignedPlatform {
  private readonly judge: Judge
  private readonly newest: Signed
  private readonly formers: readonly Signed[]
  private readonly news: CertificateNews
  /** It worked last in the place of the newest one, which was refused at that time. */
  private signer: { readonly former: Signed; readonly atMs: InstantMs } | null = null
  private allRefusedAtMs: InstantMs | null = null

  constructor(judge: Judge, newest: Signed, formers: readonly Signed[], news: CertificateNews) {
    this.judge = judge
    this.newest = newest
    this.formers = formers
    this.news = news
  }

  takeKeys(keys: Parameters<SignedPlatform['takeKeys']>[0]): void {
    for (const { link } of [this.newest, ...this.formers]) link.takeKeys(keys)
  }

  send(call: SignedCall, done: (result: SignedResult) => void): Cancel {
    const stops: Cancel[] = []
    const refused: Signed[] = []
    const under = ([one, ...others]: readonly Signed[]): void => {
      if (one === undefined) return
      const stop = one.link.send(call, (result) => {
        if (!isRefused(this.judge, result)) this.worked(one, refused, result)
        else {
          refused.push(one)
          if (others.length > 0) return under(others)
          this.noneWorked(refused)
        }
        done(result)
      })
      stops.push(stop)
    }
    under(this.order())
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Whoever signs now, then the newest, then those before it. */
  private order(): readonly Signed[] {
    const nowMs = this.judge.transport.nowMs()
    if (this.isWithin(this.allRefusedAtMs, allAgainMs)) return [this.newest]
    const formers = this.formers.filter(({ notAfterMs }) => nowMs < notAfterMs)
    const signer = formers.filter((one) => one === this.signer?.former)
    const isFirst = this.isWithin(this.signer?.atMs ?? null, newestAgainMs)
    const all = [this.newest, ...signer, ...formers]
    return [...new Set(isFirst ? [...signer, ...all] : all)]
  }

  private worked(one: Signed, refused: readonly Signed[], result: SignedResult): void {
    if (result.verified !== 'valid') return
    this.allRefusedAtMs = null
    if (one === this.newest) this.use(null)
    else if (refused.includes(this.newest)) this.use(one)
    if (!isDone(result)) return
    for (const { certSerial } of refused) this.news.word(certSerial, 'refused')
    this.news.word(one.certSerial, 'accepted')
  }

  private noneWorked(refused: readonly Signed[]): void {
    if (refused.length > 1) this.allRefusedAtMs = this.judge.transport.nowMs()
    this.use(null)
  }

  /** A clock that was set back does not make the time longer. */
  private isWithin(sinceMs: InstantMs | null, forMs: number): boolean {
    if (sinceMs === null) return false
    const passedMs = this.judge.transport.nowMs() - sinceMs
    return passedMs >= 0 && passedMs < forMs
  }

  private use(former: Signed | null): void {
    const [was, is] = [this.signer?.former ?? null, former]
    this.signer = is === null ? null : { former: is, atMs: this.judge.transport.nowMs() }
    if (was !== is) this.news.signs(is?.certSerial ?? null)
  }
}

const nobody: CertificateNews = { signs: () => undefined, word: () => undefined }

/** `formers`: the keys before the one in use, newest first; each signs no longer than its certificate is in force. */
export function platformUnder(
  options: SignedPlatformOptions,
  formers: readonly FormerKey[],
  news = nobody,
): SignedPlatform {
  const signed = (signingKey: SigningKey, notAfterMs: InstantMs): Signed => ({
    certSerial: signingKey.certSerial,
    notAfterMs,
    link: signedPlatform({ ...options, signingKey }),
  })
  if (options.signingKey === null) return signedPlatform(options)
  const newest = signed(options.signingKey, Number.MAX_SAFE_INTEGER)
  const others = formers.map((one) => signed(one.signingKey, one.notAfterMs))
  return new AnyCertificate(options, newest, others, news)
}
