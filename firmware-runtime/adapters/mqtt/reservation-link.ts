// A session at the broker of a reservation platform: MQTT 5, kept for a day, delivery at least once (P28).
// One opening is one attempt; the service decides about opening again after `down`.
import type { IClientOptions, MqttClient } from 'mqtt'
import { type DownText, systemText } from '../../core/values/notes.ts'
import type { ReservationLinkHandlers, ReservationLinkOpener } from '../../ports/reservation.ts'

const connectTimeoutMs = 5_000
const keepaliveSec = 60
const sessionSec = 86_400
const receiveMax = 32
/** A command is a few hundred bytes: the broker does not deliver larger messages. */
const packetBytesMax = 256 * 1024
const refusedFrom = 128

interface ReservationTarget {
  readonly url: string
  /** PEM of the root certificates; null: those of this machine. Called for each attempt. */
  ca(): string | null
  readonly clientId: string
  readonly topics: readonly string[]
  /** A test from a form: without a stored session and without a will. */
  readonly isTrial?: boolean
}

/** The broker publishes this when the connection is lost; not for a test. */
const willOf = (
  { isTrial = false }: ReservationTarget,
  { topic, text }: { readonly topic: string; readonly text: string },
): Pick<IClientOptions, 'will'> =>
  isTrial ? {} : { will: { topic, payload: Buffer.from(text), qos: 1, retain: false } }

export function reservationLink(target: ReservationTarget): ReservationLinkOpener {
  return {
    open(will, handlers: ReservationLinkHandlers) {
      let client: MqttClient | null = null
      let over = false
      const end = (): void => {
        over = true
        client?.end(true)
      }
      const down = (reason: DownText): void => {
        if (over) return
        end()
        handlers.down(reason)
      }
      const optionsNow = (): IClientOptions => {
        const ca = target.ca()
        return {
          protocolVersion: 5,
          clientId: target.clientId,
          clean: target.isTrial === true,
          keepalive: keepaliveSec,
          reconnectPeriod: 0,
          connectTimeout: connectTimeoutMs,
          properties: {
            sessionExpiryInterval: target.isTrial === true ? 0 : sessionSec,
            receiveMaximum: receiveMax,
            maximumPacketSize: packetBytesMax,
          },
          ...willOf(target, will),
          ...(ca === null ? {} : { ca }),
        }
      }
      const subscribe = (on: MqttClient, inFlightMax: number): void => {
        // Retained messages are marked, also those received while connected.
        on.subscribe([...target.topics], { qos: 1, rap: true }, (error, granted) => {
          if (over) return
          const refused = granted?.some(({ qos }) => qos >= refusedFrom) === true
          if (error !== null) down(systemText(error))
          else if (refused) down('subscriptionRefused')
          else handlers.up(inFlightMax)
        })
      }
      import('mqtt')
        .then(({ connect }) => {
          if (over) return
          const made = connect(target.url, optionsNow())
          client = made
          made.on('connect', ({ properties }) =>
            subscribe(made, properties?.receiveMaximum ?? 65_535),
          )
          made.on('message', (topic, payload, { retain }) => {
            if (!over)
              handlers.message({ topic, bytes: new Uint8Array(payload), isRetained: retain })
          })
          made.on('error', (error) => down(systemText(error)))
          made.on('close', () => down('connectionClosed'))
        })
        .catch((error: unknown) => down(systemText(error)))
      return {
        publish(topic, text, done) {
          client?.publish(topic, text, { qos: done === undefined ? 0 : 1 }, (error) => {
            if (!over && !error) done?.()
          })
        },
        close: end,
      }
    },
  }
}
