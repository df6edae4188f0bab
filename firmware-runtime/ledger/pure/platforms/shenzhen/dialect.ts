// The reservation dialect of Shenzhen: DB4403/T on reserved and shared parking, of which only an interpretation is
// at hand (seed 004). What that does not say is assumed: P27 to P33 of the reference.
import type { ReservationDialect, ReservationNames } from '../../../ports/reservation.ts'
import { annexA } from './annex-a.ts'
import { codes } from './codes.ts'
import { readCommand, readExchange, readSeq } from './commands.ts'
import { envelope, read, signedText } from './envelope.ts'
import { answerData, countData, exchangeData, messageOf, stateData } from './messages.ts'

const root = ({ parkCode }: ReservationNames): string => `park/${parkCode}`
const askWord = 'lastSeq'

export const shenzhen: ReservationDialect = {
  standard: 'DB4403/T《停车库（场）预约共享数据接口规范》',
  deadlines: [
    { what: { zh: '进出场事件', en: 'entry and exit events' }, withinMs: 5_000 },
    { what: { zh: '车位数', en: 'bay counts' }, withinMs: 30_000 },
    { what: { zh: '命令应答', en: 'answers to commands' }, withinMs: 3_000 },
    { what: { zh: '校时', en: 'comparing the clock' }, withinMs: 1_800_000 },
  ],
  requirements: annexA,

  clientId: ({ appId, parkCode }) => `${appId}:${parkCode}`,
  subscriptions: (names) => [`${root(names)}/down/+`, `${root(names)}/up/+/ack`],
  upTopic: (names, word) => `${root(names)}/up/${word}`,
  answerTopic: (names, type) => `${root(names)}/down/${type}/ack`,
  exchangePath: ({ parkCode }) => `/v1/park/${parkCode}/exchange`,
  exchangeData,
  readExchange,
  incoming(names, topic) {
    const own = `${root(names)}/`
    if (!topic.startsWith(own)) return null
    const [way, word = '', end, ...rest] = topic.slice(own.length).split('/')
    if (rest.length > 0) return null
    if (way === 'down' && end === undefined && word !== '') return { kind: 'command', type: word }
    if (way !== 'up' || end !== 'ack') return null
    return { kind: word === askWord ? 'lastSeq' : 'acked' }
  },

  signedText,
  envelope,
  read,
  readCommand,
  readSeq,
  answerData,
  codeOf: (answer) => codes[answer],
  messageOf,
  countData,
  stateData,
  askWord,
  countWord: 'count',
  stateWord: 'state',
}
