// One attempt at a session with an MQTT broker: it connects, subscribes at least-once, and ends at the first fault.
// The library is loaded when a link opens: a lot without brokers does not need its memory.
import { asTurn } from '#base/pure/faults/whole-turn.ts'
import type {
  IClientOptions,
  IClientSubscribeOptions,
  IConnackPacket,
  IPublishPacket,
  ISubscriptionGrant,
  MqttClient,
} from 'mqtt'
import { type DownText, systemText } from '#base/pure/words/notes.ts'

const refusedFrom = 128

const attempt = { reconnectPeriod: 0, connectTimeout: 5_000 } as const

interface SessionHandlers {
  /** The broker has accepted every topic. */
  up(connack: IConnackPacket): void
  down(reason: DownText): void
  message(topic: string, bytes: Uint8Array, isRetained: boolean): void
}

/** `options` is called once the library is loaded; what it throws is a fault of the attempt. */
export function openSession(
  { url, topics }: { readonly url: string; readonly topics: readonly string[] },
  options: () => IClientOptions,
  handlers: SessionHandlers,
  how: Partial<IClientSubscribeOptions> = {},
) {
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
  const subscribe = (on: MqttClient, connack: IConnackPacket): void => {
    const granted = asTurn<[Error | null, ISubscriptionGrant[]?], void>((error, given) => {
      if (over) return
      const refused = given?.some(({ qos }) => qos >= refusedFrom) === true
      if (error !== null) down(systemText(error))
      else if (refused) down('subscriptionRefused')
      else handlers.up(connack)
    })
    on.subscribe([...topics], { qos: 1, ...how }, granted)
  }
  import('mqtt')
    .then(({ connect }) => {
      if (over) return
      const made = connect(url, { ...attempt, ...options() })
      client = made
      const connected = asTurn((connack: IConnackPacket) => subscribe(made, connack))
      const message = asTurn((topic: string, payload: Buffer, { retain }: IPublishPacket) => {
        if (!over) handlers.message(topic, new Uint8Array(payload), retain)
      })
      const failed = asTurn((error: Error) => down(systemText(error)))
      const closed = asTurn(() => down('connectionClosed'))
      made.on('connect', connected).on('message', message).on('error', failed).on('close', closed)
    })
    .catch((error: unknown) => down(systemText(error)))
  return { client: () => client, isOver: () => over, end }
}
