// A session at the broker of a reservation platform: MQTT 5, kept for a day, delivery at least once (P28).
// One opening is one attempt; the service decides about opening again after `down`.
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import type { IClientOptions } from 'mqtt'
import type { ReservationLinkHandlers, ReservationLinkOpener } from '../ports/reservation.ts'
import { openSession } from './session.ts'

const keepaliveSec = 60
const sessionSec = 86_400
const receiveMax = 32
/** A command is a few hundred bytes: the broker does not deliver larger messages. */
const packetBytesMax = 256 * 1024

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

export const reservationLink = (target: ReservationTarget): ReservationLinkOpener => ({
  open(will, handlers: ReservationLinkHandlers) {
    const options = (): IClientOptions => {
      const ca = target.ca()
      return {
        protocolVersion: 5,
        clientId: target.clientId,
        clean: target.isTrial === true,
        keepalive: keepaliveSec,
        properties: {
          sessionExpiryInterval: target.isTrial === true ? 0 : sessionSec,
          receiveMaximum: receiveMax,
          maximumPacketSize: packetBytesMax,
        },
        ...willOf(target, will),
        ...(ca === null ? {} : { ca }),
      }
    }
    const session = openSession(
      target,
      options,
      {
        up: ({ properties }) => handlers.up(properties?.receiveMaximum ?? 65_535),
        down: (reason) => handlers.down(reason),
        message: (topic, bytes, isRetained) => handlers.message({ topic, bytes, isRetained }),
      },
      // Retained messages are marked, also those received while connected.
      { rap: true },
    )
    return {
      publish(topic, text, done) {
        const taken = asTurn((error?: Error) => {
          if (!session.isOver() && !error) done?.()
        })
        session.client()?.publish(topic, text, { qos: done === undefined ? 0 : 1 }, taken)
      },
      close: session.end,
    }
  },
})
