// Where reports of magnetic sensors come from: a topic at an MQTT broker, or pushes to this machine.
// `mqtt://host:port?profile=vendor/model&application=ID`, or `push:nb-iot`.
import { t } from '../words/fault-text.ts'
import { LinkReader } from './camera-link.ts'

export type SpaceTarget =
  | { readonly kind: 'push' }
  | {
      readonly kind: 'mqtt'
      /** Without its parameters. */
      readonly url: string
      /** Application of the network server; `+`: all. */
      readonly application: string
      /** Topic of reports that a platform publishes unchanged; null: not named. */
      readonly topic: string | null
      readonly account: { readonly user: string; readonly secret: string } | null
    }

export const spaceLinkForms = 'mqtt://host:port?profile=vendor/model, mqtts://…, push:nb-iot'
const brokerPorts: Readonly<Record<string, number>> = { mqtt: 1883, mqtts: 8883 }

/** `forms`: the links that the caller understands. Throws LOT-03 that shows no password. */
export function parseSpaceLink(url: string, field = '', forms = spaceLinkForms): SpaceTarget {
  const reader = new LinkReader(url, field, forms)
  if (url === 'push:nb-iot') return { kind: 'push' }
  const m = /^(mqtts?):(\/\/[^?]*)(?:\?(.*))?$/.exec(url)
  const [scheme = '', place = ''] = [m?.[1], m?.[2]]
  if (m === null) return reader.refuse(t(`应为 ${forms}`, `expected ${forms}`))
  const allowed = ['profile', 'application', 'topic', 'user', 'secret']
  const query = reader.query(m[3] ?? '', allowed)
  const application = query.get('application') ?? '+'
  if (!/^(\+|[\w-]{1,64})$/.test(application))
    reader.refuse(t('application 是一个应用的编号,或 +', 'application is the id of one, or +'))
  const topic = query.get('topic') ?? null
  if (topic !== null && !/^[\w/+-]{1,200}$/.test(topic))
    reader.refuse(t('topic 不是主题过滤式', 'topic is no topic filter'))
  if (!query.has('profile'))
    reader.refuse(t('profile= 写明检测器的资料', 'profile= says what the sensors are'))
  const { host, port } = reader.address(place, brokerPorts[scheme] ?? 1883)
  const named = query.has('user') || query.has('secret')
  return {
    kind: 'mqtt',
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    application,
    topic,
    account: named ? reader.account(query) : null,
  }
}
