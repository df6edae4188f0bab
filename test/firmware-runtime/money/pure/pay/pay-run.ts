// One order stepped by the test: every effect in words, rows kept.
// For tests of single rules; scene.ts adds a gateway and a driver.
import type { AttemptFacts } from '#money/pure/pay/answer.ts'
import { stepPay } from '#money/pure/pay/machine.ts'
import { emptyOrder } from '#money/pure/pay/order.ts'
import type { PayRow } from '#base/pure/rows/pay-row.ts'
import { standardPayTimes as times } from '#money/pure/pay/times.ts'
import type { PayEffect, PayEvent } from '#money/pure/pay/turn.ts'

export const merchantNo = 'M1'
export const dueFen = 1_200

/** Steps one order and records the requests in words: `query O1P1`, `timer cancel O1P1 3000`. */
export class Run {
  order = emptyOrder('O1', dueFen)
  nowMs = 0
  numbersFrom = 0
  readonly rows: PayRow[] = []

  feed(event: PayEvent): string[] {
    const env = {
      nowMs: this.nowMs,
      times,
      merchantNo,
      numbersFrom: this.numbersFrom,
      queryMsMin: 0,
    }
    const step = stepPay(this.order, event, env)
    this.order = step.state
    for (const effect of step.effects) if (effect.do === 'append') this.rows.push(...effect.rows)
    return step.effects.map(wordsOf)
  }

  at(ms: number, event: PayEvent): string[] {
    this.nowMs = ms
    return this.feed(event)
  }

  answer(
    to: 'charge' | 'offer' | 'query' | 'cancel',
    facts: Partial<AttemptFacts>,
    attemptNo = 'O1P1',
  ): string[] {
    const paidFen = facts.state === 'paid' ? dueFen : 0
    const usual = { attemptNo, merchantNo, amountFen: dueFen, paidFen, qrText: null }
    const answer: AttemptFacts = { kind: 'attempt', state: 'open', ...usual, ...facts }
    return this.feed({ type: 'answer', to, attemptNo, answer })
  }

  timer(name: string, attemptNo = 'O1P1'): string[] {
    return this.feed({ type: 'timer', name: `${name} ${attemptNo}` })
  }

  state(attemptNo = 'O1P1'): string | undefined {
    return this.order.attempts.find((one) => one.attemptNo === attemptNo)?.state
  }

  item(attemptNo = 'O1P1'): string | null | undefined {
    return this.order.attempts.find((one) => one.attemptNo === attemptNo)?.item
  }
}

function wordsOf(effect: PayEffect): string {
  switch (effect.do) {
    case 'append':
      return `append ${effect.rows.map((row) => ('state' in row ? row.state : row.row)).join('+')}`
    case 'send':
      return `${effect.request.ask} ${effect.request.attemptNo}`
    case 'timer':
      return `timer ${effect.name} ${effect.afterMs}`
    case 'refuse':
      return `refuse ${effect.reason}`
    case 'show':
    case 'hide':
    case 'open':
      return `${effect.do} ${effect.attemptNo}`
  }
}
