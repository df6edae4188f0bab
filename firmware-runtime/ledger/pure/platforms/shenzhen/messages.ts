// Messages to the platform as text: events with their type (P33), orders with their income, counts, state.
// Member names are assumed; money is fen, shares are basis points, times are milliseconds of Unix time.
import type { InstantMs } from '#base/pure/values/instant.ts'
import { plateColourCode } from '#base/pure/plates/plate.ts'
import type { CommandAnswer, UpFact } from '#base/pure/rows/reservation-row.ts'
import type { Doubt, ReservationDialect } from '../../../ports/reservation.ts'
import { answerFields, answerWords, codes, eventTypeOf } from './codes.ts'

type Members = Readonly<Record<string, unknown>>

function detailOf(fact: UpFact): Members {
  switch (fact.kind) {
    case 'entry':
    case 'exit': {
      const { stayId, laneId, plate, colour, orderNo } = fact
      const plateColor = plateColourCode[colour]
      return { recordId: stayId, laneNo: laneId, plateNo: plate, plateColor, orderNo }
    }
    case 'reservation':
      return { orderNo: fact.orderNo, plateNo: fact.plate }
    case 'income': {
      const { orderNo, stayId, enteredAtMs, paidFen, prepaidFen, parts } = fact
      const shares = parts.map(({ providerId, bp, amountFen }) => ({ providerId, bp, amountFen }))
      return { orderNo, recordId: stayId, enterTime: enteredAtMs, paidFen, prepaidFen, shares }
    }
    case 'saturation':
      return { level: fact.level }
    case 'flow':
      return { on: fact.on }
    case 'bay':
      return { bayNo: fact.spaceId }
    case 'device':
      return { laneNo: fact.laneId, device: fact.device }
    case 'list':
      return {}
  }
}

export const messageOf: ReservationDialect['messageOf'] = (fact, { seq, msgId, atMs }) => {
  const eventType = eventTypeOf(fact)
  const head = { seq, msgId, time: atMs }
  const data =
    eventType === null
      ? { ...head, ...detailOf(fact) }
      : { ...head, eventType, detail: detailOf(fact) }
  return { word: eventType === null ? 'order' : 'event', data: JSON.stringify(data) }
}

export const countData: ReservationDialect['countData'] = ({ total, free, kept }, atMs) =>
  JSON.stringify({ time: atMs, totalBays: total, freeBays: free, keptBays: kept })

export const stateData = (isOnline: boolean, atMs: InstantMs): string =>
  JSON.stringify({ time: atMs, state: isOnline ? 'online' : 'offline' })

/** `field`: the member that was misread, as a JSON pointer. */
export const answerData = (
  cmdId: string,
  answer: CommandAnswer | Doubt,
  field: string | undefined = answerFields[answer],
): string =>
  JSON.stringify({
    cmdId,
    result: answer === 'done' ? 0 : 1,
    code: codes[answer],
    message: answerWords[answer],
    ...(field === undefined ? {} : { field }),
  })

/** Contains the frozen texts unchanged. */
export const exchangeData: ReservationDialect['exchangeData'] = (messages, answers) => {
  const all = messages.map(({ word, data }) => `{"type":${JSON.stringify(word)},"data":${data}}`)
  return `{"messages":[${all.join()}],"answers":[${answers.join()}]}`
}
