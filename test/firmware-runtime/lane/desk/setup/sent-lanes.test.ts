// A lot whose orders another billing system sends, made by the forms of the set-up: what its exits need, and its lot file.
import { expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import { draftOfLot, overKept } from '#lane/desk/setup/draft-of-lot.ts'
import { judgeDraft } from '#lane/desk/setup/judge.ts'
import { present } from '#base/pure/values/must.ts'
import { MemoryPorts, wholeDraft } from './setup-kit.ts'

const published = {
  host: '127.0.0.1',
  port: 18_443,
  certDir: '/keys/own',
  partners: [{ id: 'PARKSOFT', certFile: '/keys/parksoft.pem', rights: ['orders' as const] }],
}
const none = {
  camera: '',
  barrier: '',
  display: '',
  psams: [],
  ordersFrom: '',
  cameraTimeless: null,
}
const antenna = { ...none, rsu: 'tcp://192.168.1.20:60001', psams: ['370100000001'] }
const whole = { ...antenna, camera: 'push:hikvision', barrier: 'tcp://192.168.1.31:502' }
const shown = { ...whole, display: 'tcp://192.168.1.40:5000' }

function draftOf(exit: typeof antenna, ordersFrom = 'PARKSOFT'): SetupDraft {
  const lanes = wholeDraft.lot.lanes.filter(({ direction }) => direction === 'exit')
  const devices = { ...antenna, ...exit, ordersFrom }
  return {
    ...wholeDraft,
    lot: { ...wholeDraft.lot, lanes },
    devices: { ...wholeDraft.devices, lanes: { exit: devices } },
    published,
  }
}
const judged = (draft: SetupDraft) => judgeDraft(draft, new MemoryPorts(draft))
const stateOf = (draft: SetupDraft) => judged(draft).rows.find(({ id }) => id === 'devices')?.state

it.each<[string, typeof antenna, string, string]>([
  ['an antenna alone, for a partner', antenna, 'PARKSOFT', 'done'],
  ['no antenna, for a partner', { ...antenna, rsu: '' }, 'PARKSOFT', 'failed'],
  ['an antenna alone, priced here', antenna, '', 'open'],
  ['every device, priced here', shown, '', 'done'],
  ['every device, for a partner', shown, 'PARKSOFT', 'failed'],
  ['an antenna, for one that is no partner', antenna, 'ACME', 'failed'],
])('%s', (_, exit, ordersFrom, state) => {
  expect(stateOf(draftOf(exit, ordersFrom))).toBe(state)
})

it('is in the lot file, and a form that takes it back removes it', () => {
  const config = present(judged(draftOf(antenna)).config, 'a lot')
  expect(config.lanes.map(({ ordersFrom }) => ordersFrom)).toEqual(['PARKSOFT'])
  expect(draftOfLot({ config, tariff: {} as never }).devices?.lanes['exit']).toMatchObject({
    ordersFrom: 'PARKSOFT',
  })
  const here = present(judged(draftOf(shown, '')).config, 'a lot')
  expect(overKept(config, here).lanes.map((lane) => lane.ordersFrom)).toEqual([undefined])
  const { published: _, ...closed } = draftOf(shown, '')
  const without = present(judged({ ...closed, published: null }).config, 'a lot')
  expect(overKept(config, without).published).toBeUndefined()
})
