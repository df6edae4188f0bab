// What waits urgently and lasts is told to the hook of calls once, again after a failure, and again when it comes back.
import { expect, it } from 'vitest'
import { lastsMs, MatterTeller } from '#lane/lot/matter-teller.ts'
import type { MatterView } from '#lane/calls/inbox.ts'

const matter = (key: string, more: Partial<MatterView> = {}): MatterView => ({
  key,
  kind: 'device',
  what: { zh: '没有应答', en: 'does not answer' },
  why: { zh: '', en: '' },
  sinceIso: null,
  isUrgent: true,
  roles: [],
  people: null,
  isMine: true,
  button: { zh: '', en: '' },
  to: '/devices/settings',
  ...more,
})

function teller() {
  const posts: { callId: string; body: Record<string, unknown> }[] = []
  const said = { rows: [] as MatterView[], nowMs: 0, isTaken: true }
  let run: () => unknown = () => undefined
  new MatterTeller({
    hook: {
      post(body, callId, done) {
        posts.push({ callId, body: JSON.parse(body) as Record<string, unknown> })
        done(said.isTaken, '')
        return () => undefined
      },
    },
    lotId: 'GX1',
    tasks: {
      every(_name, _pace, look) {
        run = look
        return { soon: () => undefined, stop: () => undefined }
      },
    },
    waiting: () => Promise.resolve(said.rows),
    nowMs: () => said.nowMs,
  })
  const look = async (afterMs: number) => {
    said.nowMs += afterMs
    await run()
  }
  return { posts, said, look }
}

it.each([
  ['urgent', matter('rsu'), 1],
  ['not urgent', matter('rsu', { isUrgent: false }), 0],
  ['a waiting car', matter('car', { kind: 'car' }), 0],
  ['a call for help', matter('c1', { kind: 'helpCall' }), 0],
])('%s: told once after five minutes, %#', async (_, row, times) => {
  const { posts, said, look } = teller()
  said.rows = [row]
  await look(0)
  await look(lastsMs - 1)
  expect(posts).toEqual([])
  await look(1)
  await look(lastsMs)
  expect(posts).toHaveLength(times)
  if (times === 1)
    expect(posts[0]?.body).toMatchObject({ lotId: 'GX1', cause: 'matter', kind: 'device' })
})

it('what ended before is not told, and counts anew when it comes back', async () => {
  const { posts, said, look } = teller()
  said.rows = [matter('rsu')]
  await look(0)
  said.rows = []
  await look(lastsMs)
  said.rows = [matter('rsu')]
  await look(0)
  expect(posts).toEqual([])
  await look(lastsMs)
  expect(posts).toHaveLength(1)
})

it('is told again with the same id while the hook refuses it, and once it was taken no more', async () => {
  const { posts, said, look } = teller()
  said.rows = [matter('rsu')]
  said.isTaken = false
  await look(0)
  await look(lastsMs)
  await look(60_000)
  said.isTaken = true
  await look(60_000)
  await look(60_000)
  expect(posts).toHaveLength(3)
  expect(new Set(posts.map(({ callId }) => callId)).size).toBe(1)
})
