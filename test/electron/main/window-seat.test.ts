// The token of a window's session stays in the main process: the page never sees it, every call carries it.
// Signing out and a new person replace it.
import { expect, it } from 'vitest'
import { WindowSeat } from '../../../electron/main/window-seat.ts'
import type { Reply } from '../../../electron/main/runtime-link.ts'

const seen: [string, string | undefined][] = []
let next: Reply = { ok: true, data: {} }
const seat = new WindowSeat({
  call: (name, _args, token) => {
    seen.push([name, token])
    return Promise.resolve(next)
  },
  subscribe: (stream, _since, _take, token) => {
    seen.push([stream, token])
    return () => undefined
  },
})
const last = () => seen.at(-1)

it('carries the token of who signed in, and hides it from the page', async () => {
  await seat.call('status.get', {})
  expect(last()).toEqual(['status.get', ''])
  next = { ok: true, data: { token: 'aa', me: { id: 'p1' } } }
  const reply = await seat.call('people.signIn', { personId: 'p1', secret: 'x' })
  expect(reply).toEqual({ ok: true, data: { token: '', me: { id: 'p1' } } })
  seat.subscribe('board', 0, () => undefined)
  expect(last()).toEqual(['board', 'aa'])
  next = { ok: true, data: { token: 'bb', me: {} } }
  await seat.call('people.changeSecret', {})
  next = {
    ok: false,
    error: { code: 'PEOPLE-01', message: '', means: '', todo: '', field: '', value: '' },
  }
  await seat.call('people.signIn', {})
  expect(last()).toEqual(['people.signIn', 'bb'])
  await seat.call('people.signOut', {})
  expect(last()).toEqual(['people.signOut', 'bb'])
  await seat.call('people.seat', {})
  expect(last()).toEqual(['people.seat', ''])
})
