// A subscription at an MQTT broker with a persistent session, so that reports of sensors that send twice a day are not
// lost in a network outage of a minute.
// The library is loaded when a link opens: a lot without such sensors does not need its memory.
import { type DownText, systemText } from '../../core/values/notes.ts'
import type { IClientOptions, MqttClient } from 'mqtt'
import type { MessageLinkHandlers, MessageLinkOpener } from '../../ports/message-link.ts'

const connectTimeoutMs = 5_000
/** A dead broker is noticed after one and a half of these. */
const keepaliveSec = 30
const refusedFrom = 128

interface MqttTarget {
  /** `mqtt://host:port` or `mqtts://host:port`. */
  readonly url: string
  /** Client id under which the broker keeps messages. */
  readonly clientId: string
  readonly topics: readonly string[]
  readonly user: string | null
  /** Called for each attempt; null: not set. */
  password(): string | null
}

export function mqttLink(target: MqttTarget): MessageLinkOpener {
  return {
    open(handlers: MessageLinkHandlers) {
      const password = target.user === null ? null : target.password()
      const options: IClientOptions = {
        clientId: target.clientId,
        clean: false,
        keepalive: keepaliveSec,
        reconnectPeriod: 0,
        connectTimeout: connectTimeoutMs,
        ...(target.user === null ? {} : { username: target.user }),
        ...(password === null ? {} : { password }),
      }
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
      const subscribe = (on: MqttClient): void => {
        on.subscribe([...target.topics], { qos: 1 }, (error, granted) => {
          if (over) return
          const refused = granted?.some(({ qos }) => qos >= refusedFrom) === true
          if (error !== null) down(systemText(error))
          else if (refused) down('subscriptionRefused')
          else handlers.up()
        })
      }
      import('mqtt').then(
        ({ connect }) => {
          if (over) return
          const made = connect(target.url, options)
          client = made
          made.on('connect', () => subscribe(made))
          made.on('message', (topic, payload) => {
            if (!over) handlers.message(topic, new Uint8Array(payload))
          })
          made.on('error', (error) => down(systemText(error)))
          made.on('close', () => down('connectionClosed'))
        },
        (error: unknown) => down(systemText(error)),
      )
      return { close: end }
    },
  }
}
