// A subscription at an MQTT broker with a persistent session, so that reports of sensors that send twice a day are not
// lost in a network outage of a minute.
import type { MessageLinkHandlers, MessageLinkOpener } from '#devices/ports/message-link.ts'
import { openSession } from './session.ts'

/** A dead broker is noticed after one and a half of these. */
const keepaliveSec = 30

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

export const mqttLink = (target: MqttTarget): MessageLinkOpener => ({
  open(handlers: MessageLinkHandlers) {
    const password = target.user === null ? null : target.password()
    const options = {
      clientId: target.clientId,
      clean: false,
      keepalive: keepaliveSec,
      ...(target.user === null ? {} : { username: target.user }),
      ...(password === null ? {} : { password }),
    }
    const session = openSession(target, () => options, handlers)
    return { close: session.end }
  },
})
