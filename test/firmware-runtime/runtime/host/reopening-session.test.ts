// The session of a lot whose lanes reopen: a call waits for the new lanes, a stream continues there from its last number,
// and a stream that ended for another reason is not reopened.
import { expect, it } from 'vitest'
import { ReopeningSession } from '#runtime/host/reopening-session.ts'
import type { ApiSession, StreamSink } from '#base/ports/api-host.ts'

class Lanes implements ApiSession {
  readonly name: string
  readonly since: number[] = []
  sink: StreamSink = () => true
  ended = (): void => undefined
  answer: Promise<void> = Promise.resolve()
  constructor(name: string) {
    this.name = name
  }
  async call(name: string): Promise<unknown> {
    await this.answer
    return `${this.name} ${name}`
  }
  subscribe(stream: string, sinceSeq: number, sink: StreamSink, ended: () => void) {
    if (stream !== 'events') return 'noStream' as const
    this.since.push(sinceSeq)
    this.sink = sink
    this.ended = ended
    return { resume: () => undefined, end: () => undefined }
  }
}

function open() {
  const [first, second] = [new Lanes('first'), new Lanes('second')]
  const session = new ReopeningSession(first)
  const opened = Promise.withResolvers<ApiSession>()
  const seen: number[] = []
  let ends = 0
  const handle = session.subscribe(
    'events',
    3,
    (item) => seen.push((item as { seq: number }).seq) > 0,
    () => ends++,
  )
  return { first, second, session, opened, seen, handle, ends: () => ends }
}

it('what is asked while the lanes are opened is answered by the next ones', async () => {
  const { session, opened, second } = open()
  session.changes(opened.promise)
  const reply = session.call('board.get', {})
  expect(session.isBusy).toBe(false)
  opened.resolve(second)
  expect(await reply).toBe('second board.get')
})

it('a call that is not answered is seen, and no longer when it is', async () => {
  const { session, first } = open()
  const answer = Promise.withResolvers<void>()
  first.answer = answer.promise
  const reply = session.call('day.get', {})
  expect(session.isBusy).toBe(true)
  answer.resolve()
  await reply
  expect(session.isBusy).toBe(false)
})

it('a stream goes on behind its last number, and ends where it ends for another reason', async () => {
  const { first, second, session, opened, seen, ends } = open()
  first.sink({ seq: 7 })
  session.changes(opened.promise)
  first.ended()
  opened.resolve(second)
  await opened.promise
  await Promise.resolve()
  await Promise.resolve()
  expect([first.since, second.since, ends()]).toEqual([[3], [7], 0])
  second.sink({ seq: 8 })
  expect(seen).toEqual([7, 8])
  second.ended()
  expect(ends()).toBe(1)
})

it('lanes that do not open end the streams; what there is no stream of is said', async () => {
  const { first, session, opened, ends } = open()
  session.changes(opened.promise)
  first.ended()
  opened.reject(new Error('no lanes'))
  await expect(session.call('board.get', {})).rejects.toThrow('no lanes')
  expect(ends()).toBe(1)
  expect(
    new ReopeningSession(first).subscribe(
      'other',
      0,
      () => true,
      () => undefined,
    ),
  ).toBe('noStream')
})
