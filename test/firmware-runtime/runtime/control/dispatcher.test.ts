// The name that a call carries: an act is recorded under the signed-in person, whatever the window sends; a search keeps
// the name it searches for. A person is signed in at the window.
import { expect, it } from 'vitest'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { Dispatcher } from '#runtime/control/dispatcher.ts'

const given = (args: object) => args
const people = {
  callerOf: () => ({
    role: 'owner',
    token: 'window',
    person: { id: 'p1', name: '张三' },
    mustChange: false,
  }),
  mustAssent: () => null,
}
const handlers = { 'ledger.query': given, 'ledger.sheet': given, 'queue.retryNow': given }
const streams = { changed: () => undefined }
const { call } = new Dispatcher({ handlers, people, streams, demo: false } as never).session(
  'owner',
)

const span = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }
const file = { format: 'csv', name: '事件', columns: [{ member: 'by', head: '人', shape: 'text' }] }

it.each([
  ['ledger.query', { kind: 'event', ...span }, '李四'],
  ['ledger.sheet', { kind: 'event', ...span, ...file }, '李四'],
  ['queue.retryNow', { reason: '重试', commandId: 'dispatch-0001' }, '张三'],
])('%s by another name', async (name, args, by) => {
  expect(await call(name, { ...args, by: '李四' }, 'window')).toMatchObject({ data: { by } })
})

it('a worker that gave no answer: an act may have been done, a look changed nothing', async () => {
  const dead = () => Promise.reject(new LaneFault('RUN-03', { note: 'closed' }))
  const none = { 'ledger.query': dead, 'setup.save': dead, 'queue.retryNow': dead }
  const lot = new Dispatcher({ handlers: none, streams, demo: false } as never)
  const who = { reason: '重试', commandId: 'dispatch-0001', by: '李四' }
  const codes = []
  for (const [name, args] of [
    ['ledger.query', { kind: 'event', ...span }],
    ['setup.save', {}],
    ['queue.retryNow', who],
  ] as const) {
    const reply = await lot.call(name, args, 'owner')
    codes.push(reply.ok ? 'ok' : reply.error.code)
  }
  expect(codes).toEqual(['RUN-05', 'RUN-03', 'RUN-03'])
})
