// One lock per link, however it is written: with options, and with the several names that Windows has for a port.
// Without it, two programs on one port would each get half of its bytes.
import { expect, it } from 'vitest'
import { leaseLink, lendLink, linkKey } from '#base/desk/process/link-lease.ts'

it('is the same for every name of one port, and other for another', () => {
  const one = ['serial:COM10', 'serial:com10?baud=9600', 'serial:\\\\.\\COM10?parity=even']
  expect(new Set(one.map(linkKey)).size).toBe(1)
  const others = ['serial:COM1', 'serial:/dev/com10', 'tcp://com10:9', 'serial:/dev/COM10']
  expect(new Set([...one, ...others].map(linkKey)).size).toBe(1 + others.length)
})

it('refuses a port that another thread of this program has under another name', () => {
  const name = `COM${200 + (process.pid % 50)}`
  const giveBack = lendLink(`serial:${name}`, 'the survey')
  expect(() => leaseLink(`serial:\\\\.\\${name.toLowerCase()}?baud=9600`)).toThrow('LINK-03')
  giveBack()
  leaseLink(`serial:\\\\.\\${name.toLowerCase()}?baud=9600`)()
})
