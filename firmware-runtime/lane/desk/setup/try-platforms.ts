// Tests the platforms of a lot during set-up: each gets a request that changes nothing, and its signed answer shows
// whether it accepts address, certificate and channel, or broker and secret.
import { certificateText } from '#base/crypto/pem.ts'
import { join } from 'node:path'
import { systemMonoClock, systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { heldCertificates } from '#base/crypto/certs.ts'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { reservationLink } from '#ledger/mqtt/reservation-link.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { secretStore } from '#base/secrets/secret-store.ts'
import type { TryHandle, TryNews, TryTarget } from '#devices/desk/lane/device-try.ts'
import type { ChannelName, ReservationConfig } from '#base/pure/lot/config.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { suiteOf } from '#base/pure/data/suite.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { dialectAt, reservationDialect } from '#ledger/pure/platforms/dialects.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'
import type { ReservationLink, ReservationSigner } from '#ledger/ports/reservation.ts'
import { platformProbe } from './platform-probe.ts'
import { withFolder } from '../../folder/link-here.ts'
import { mustBeOfSuite } from '../../folder/suite-check.ts'
import { closeBeside } from '#base/process/close-all.ts'

type Tell = (news: TryNews) => void

const answerMs = 10_000
const said = (isGood: boolean, note: string): TryNews => ({
  is: 'over',
  what: 'asked',
  isGood,
  note,
})

const absent = ({ device, link }: TryTarget): LaneFault =>
  new LaneFault('LOT-02', {
    field: `/${device}`,
    value: link,
    note: t('还没有填写', 'nothing was filled in yet'),
  })

/**
 * Requests the platform's certificates: the answer counts when it is signed under a certificate in the folder. Seals
 * nothing.
 */
export function tryChannel(
  target: TryTarget & { readonly device: ChannelName },
  dir: string,
  tell: Tell,
): TryHandle {
  const { provinceCode, device } = target
  if (target.channel === null) throw absent(target)
  const channel = withFolder(dir, device, target.channel)
  const dialect = dialectAt({ provinceCode, [device]: target.channel }, device)
  mustBeOfSuite(join(dir, 'setup.json'), device, channel, heldCertificates(channel.certDir))
  const platform = platformProbe(dialect, channel)
  const request = dialect.certificates?.request() ?? dialect.listRequest('0')
  const ask = (): void => {
    platform.send({ ...request, timeoutMs: answerMs }, ({ answer, verified }) => {
      if (answer.kind === 'silence') return tell(said(false, answer.reason))
      tell({ is: 'reached' })
      const code = dialect.respCodeOf(new TextDecoder().decode(answer.body)) ?? ''
      if (verified !== 'valid') return tell(said(false, verified ?? 'unsigned'))
      const refused = dialect.envelope.refuses(code) ?? code
      tell(said(answer.status === 200, answer.status === 200 ? suiteOf(channel) : refused))
    })
  }
  return { open: ask, command: () => undefined, close: () => closeBeside(device, platform.close()) }
}

const sealedBy =
  ({ appId, parkCode }: ReservationConfig, signer: ReservationSigner) =>
  (data: string): { readonly text: string; readonly nonce: string } => {
    const nonce = hexOf(systemRandom().bytes(16)).toLowerCase()
    const message = { appId, parkCode, timestampMs: systemWallClock().nowMs(), nonce, data }
    const sign = signer.sign(reservationDialect.signedText(message))
    return { text: reservationDialect.envelope(message, sign), nonce }
  }

/** The data of a message signed with the shared secret; null for another signature or another shape. */
function dataOf(text: string, signer: ReservationSigner): string | null {
  const read = reservationDialect.read(text)
  return read !== null && signer.isSigned(read.signed, read.sign) ? read.data : null
}

/**
 * An empty exchange over HTTPS, when the lot has an HTTPS address. Resolves with the reason of a failure, null on
 * success.
 */
async function exchanged(
  config: ReservationConfig,
  signer: ReservationSigner,
): Promise<string | null> {
  const { url = '', caFile } = config
  if (url === '') return null
  const http = platformClient({ baseUrl: url, caFile, mono: systemMonoClock(), connections: 1 })
  const { text, nonce } = sealedBy(config, signer)(reservationDialect.exchangeData([], []))
  const { promise, resolve } = Promise.withResolvers<HttpAnswer>()
  const request = {
    method: 'POST',
    path: reservationDialect.exchangePath(config),
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(text),
    timeoutMs: answerMs,
  } as const
  http.request(request, resolve)
  const answer = await promise
  await http.close()
  if (answer.kind === 'silence') return `HTTPS: ${answer.reason}`
  const data = dataOf(new TextDecoder().decode(answer.body), signer)
  if (data === null) return 'wrongSignature'
  return reservationDialect.readExchange(data, nonce) === null ? 'otherShape' : null
}

/**
 * Publishes a query to the broker and waits for its acknowledgement, then makes an exchange over HTTPS. Commands of the
 * platform are not subscribed to, and the session ends with the test.
 */
export function tryReservation(target: TryTarget, dir: string, tell: Tell): TryHandle {
  const { reservation: config } = target
  if (config === null) throw absent(target)
  const secret = secretStore(dir, machineSecret()).read(config.secret)
  if (secret === null || secret === '')
    throw new LaneFault('RESERVATION-01', { field: '/reservation/secret', value: config.secret })
  const signer = hmacSha256(secret)
  const { caFile, broker } = config
  let link: ReservationLink | null = null
  let isAnswered = false
  async function answered(bytes: Uint8Array): Promise<void> {
    if (isAnswered) return
    isAnswered = true
    const data = dataOf(new TextDecoder().decode(bytes), signer)
    if (data === null) return tell(said(false, 'wrongSignature'))
    const seq = reservationDialect.readSeq(data)
    if (seq === null) return tell(said(false, 'otherShape'))
    const why = await exchanged(config as ReservationConfig, signer)
    tell(said(why === null, why ?? `lastSeq ${seq}`))
  }
  const { askWord } = reservationDialect
  const topic = reservationDialect.upTopic(config, askWord)
  const opener = reservationLink({
    url: broker,
    ca: () => (caFile === null ? null : certificateText(caFile)),
    clientId: reservationDialect.clientId(config),
    topics: [`${topic}/ack`],
    isTrial: true,
  })
  return {
    open() {
      link = opener.open(
        { topic: '', text: '' },
        {
          up() {
            tell({ is: 'reached' })
            link?.publish(topic, sealedBy(config, signer)('{}').text, () => undefined)
          },
          message: ({ bytes, isRetained }) => {
            const failed = (error: unknown): void => tell(said(false, String(error)))
            if (!isRetained) answered(bytes).catch(failed)
          },
          down: (reason) => {
            if (!isAnswered) tell(said(false, reason))
          },
        },
      )
    },
    command: () => undefined,
    close: () => link?.close(),
  }
}
