// A question to a platform that is long under way: it is told a second after it was asked, with its end, and taken back then.
import { expect, it } from 'vitest'
import type { AskingView } from '#acceptance/calls/acceptance-views.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { slowQuestions } from '#acceptance/desk/folder/questions.ts'
import { HandClock, startMs } from '../../../runtime/control/control-kit.ts'

const question = {
  dialect: guangxi,
  request: { method: 'GET', path: '/v1/etc/exit-charges/P1' },
  url: 'https://platform.example:8443',
  businessNo: 'P1',
  timeoutMs: 10_000,
} as const

function scene() {
  const mono = new HandClock()
  const told: (AskingView | null)[] = []
  const wall = { nowMs: () => startMs + mono.us / 1000 }
  return { mono, told, asks: slowQuestions((asking) => told.push(asking), { mono, wall }) }
}

it('is told behind its first second, with interface, number, host and end, and taken back by its answer', () => {
  const { mono, told, asks } = scene()
  const isOver = asks(question)
  mono.advance(999)
  expect(told).toEqual([])
  mono.advance(1)
  expect(told).toEqual([
    {
      interfaceId: 'chargeQuery',
      of: 'platform.example:8443',
      words: { zh: expect.stringMatching(/ P1$/), en: expect.stringMatching(/ P1$/) },
      untilIso: isoOf(startMs + 10_000),
    },
  ])
  isOver()
  isOver()
  expect(told.slice(1)).toEqual([null])
})

it('is told of by nobody where its answer comes within the second', () => {
  const { mono, told, asks } = scene()
  asks(question)()
  mono.advance(60_000)
  expect(told).toEqual([])
})

it('of an interface that the dialect does not list is told by method and path', () => {
  const { mono, told, asks } = scene()
  asks({ ...question, request: { method: 'PUT', path: '/v1/other' }, businessNo: '' })
  mono.advance(1_000)
  const id = 'PUT /v1/other'
  expect(told).toMatchObject([{ interfaceId: id, words: { zh: id, en: id } }])
})
