// Signs with an older certificate while the platform refuses the newest one (P25): the call is sent again under each in
// turn, and the newest is tried again each hour. A refusal counts only with the platform's signature.
import type { CertificateWord } from '../pure/etc/former-certificates.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import type { SigningKey } from '#base/ports/crypto.ts'
import type { Cancel } from '#base/ports/clocks.ts'
import {
  respCodeIn,
  signedPlatform,
  type SignedCall,
  type SignedPlatform,
  type SignedPlatformOptions,
  type SignedResult,
} from './signed-platform.ts'

/** Interval after which the newest certificate is tried first again. */
export const newestAgainMs = 60 * minuteMs
/** After all were refused, only the newest is tried for this time, so that a call is one request. */
export const allAgainMs = minuteMs

/** Key of an older certificate, with its end in ms. */
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

/** Results of calls under certificates. */
interface CertificateNews {
  /** Called with the serial of the older certificate that signs now; null: the newest signs. */
  signs(former: string | null): void
  /** Called when a certificate was accepted, or refused while another one worked. */
  word(certSerial: string, word: CertificateWord): void
}

function isRefused({ dialect }: Judge, { answer, verified }: SignedResult): boolean {
  if (answer.kind === 'silence' || verified !== 'valid') return false
  const code = respCodeIn(dialect, answer.body)
  const refused = code === null ? null : dialect.envelope.refuses(code)
  return refused === 'notCertificate' || refused === 'notSignature'
}

/** Whether the call was carried out (2xx); another signed answer proves less. */
const isDone = ({ answer }: SignedResult): boolean =>
  answer.kind === 'answer' && answer.status >= 200 && answer.status < 300

class AnyCertificate implements SignedPlatform {
  private readonly judge: Judge
  private readonly newest: Signed
  private readonly formers: readonly Signed[]
  private readonly news: CertificateNews
  /** The older certificate that worked last, and when the newest was refused. */
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

  /** The order of tries: the certificate in use, the newest, then the older ones. */
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

  /** False after the clock was set back, so that the time does not become longer. */
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

/** `formers`: older keys, newest first; each signs only until its certificate expires. */
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
