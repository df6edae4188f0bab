// The reservation platform of a lot: its sealed secret, its broker, its HTTPS address.
// When the secret is missing, the lanes run without reservations and the fault is reported.
import { certificateText } from '#base/crypto/pem.ts'
import { systemRandom, systemWallClock } from '#base/time/system-clocks.ts'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { platformClient } from '#ledger/http/platform-client.ts'
import { reservationLink } from '#ledger/mqtt/reservation-link.ts'
import { ReservationService } from '#lane/reservation/reservation-service.ts'
import type { ReservationControl } from '#lane/desk/handlers/control-reservation.ts'
import type { LotParts } from '#lane/lot/lot-parts.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { LotConfig, ReservationConfig } from '#base/pure/lot/config.ts'
import { LaneFault, tracedFault } from '#base/pure/faults/faults.ts'
import { reservationDialect } from '#ledger/pure/platforms/dialects.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { Crypto } from '#base/ports/crypto.ts'
import type { HttpAnswer } from '#base/ports/http-client.ts'
import type { Ledger } from '#ledger/ports/ledger.ts'
import type { ReservationHttp } from '#ledger/ports/reservation.ts'
import type { OpenedReservation, Site } from './site-parts.ts'
import type { SpaceService } from '#devices/desk/lane/space-service.ts'

interface ReservationSite {
  readonly config: LotConfig
  readonly runtime: LotRuntime
  readonly ledger: Ledger
  readonly crypto: Crypto
  readonly mono: MonoClock
  readonly spaces: SpaceService
}

const answerMs = 5_000

interface Exchange {
  readonly http: ReservationHttp | null
  close(): Promise<void>
}

function exchangeOf({ url, caFile }: ReservationConfig, mono: MonoClock): Exchange {
  if (url === undefined) return { http: null, close: () => Promise.resolve() }
  const client = platformClient({ baseUrl: url, caFile, mono, connections: 1 })
  const http: ReservationHttp = async (path, text) => {
    const { promise, resolve } = Promise.withResolvers<HttpAnswer>()
    const body = new TextEncoder().encode(text)
    const headers = { 'content-type': 'application/json' }
    client.request({ method: 'POST', path, headers, body, timeoutMs: answerMs }, resolve)
    const answer = await promise
    if (answer.kind === 'silence' || answer.status !== 200) return null
    return new TextDecoder().decode(answer.body)
  }
  return { http, close: () => client.close() }
}

/** For a lot without a reservation platform. */
export const noReservation: OpenedReservation = {
  service: null,
  fault: null,
  close: () => Promise.resolve(),
}

/** `secretOf`: a sealed secret by its name, null when it is not set. */
function openReservation(
  { config, runtime, ledger, crypto, mono, spaces }: ReservationSite,
  secretOf: (name: string) => string | null,
): OpenedReservation {
  const { reservation } = config
  if (reservation === undefined) return noReservation
  try {
    const secret = secretOf(reservation.secret)
    if (secret === null || secret === '')
      throw new LaneFault('RESERVATION-01', {
        field: '/reservation/secret',
        value: reservation.secret,
      })
    const { caFile } = reservation
    const exchange = exchangeOf(reservation, mono)
    const service = new ReservationService({
      config: { ...config, reservation },
      runtime,
      ledger,
      dialect: reservationDialect,
      opener: reservationLink({
        url: reservation.broker,
        ca: () => (caFile === null ? null : certificateText(caFile)),
        clientId: reservationDialect.clientId(reservation),
        topics: reservationDialect.subscriptions(reservation),
      }),
      signer: hmacSha256(secret),
      http: exchange.http,
      mono,
      wall: systemWallClock(),
      random: systemRandom(),
      sm3: (data) => crypto.sm3(data),
      bays: () => (config.spaces === undefined ? null : spaces.view()),
    })
    spaces.onBay = (spaceId, occupied) => {
      service.note({ kind: 'bay', spaceId, occupied })
    }
    return {
      service,
      fault: null,
      close() {
        service.stop()
        return exchange.close()
      },
    }
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { ...noReservation, fault: error }
  }
}

/** Opens reservations after the lanes, which accept cars without them. */
export function joinReservations(
  { config, runtime, spaces }: Pick<Site, 'config' | 'runtime' | 'spaces'>,
  { ledger, crypto, mono }: LotParts,
  secretOf: (name: string) => string | null,
): OpenedReservation {
  const parts = { config, runtime, ledger, crypto, mono, spaces }
  const opened = openReservation(parts, secretOf)
  opened.service?.start()
  if (opened.fault !== null) runtime.trace('', null, 'fault', tracedFault(opened.fault))
  return opened
}

/** The view for pages and commands. */
export const reservationControl = ({
  config,
  runtime,
  reservation: { service, fault },
}: Pick<Site, 'config' | 'runtime' | 'reservation'>): ReservationControl => ({
  config,
  lot: runtime.lot,
  dialect: reservationDialect,
  service,
  fault,
  nowMs: () => runtime.nowMs(),
})
