// The lot file of a demo by card without a device, which a test gives what it needs.
import { lotOf } from '#lane/folder/lot-file.ts'

/** An exit without a device, as its devices are opened with. */
export const bareExit = {
  id: 'exit',
  name: { zh: '出口', en: 'Exit' },
  direction: 'exit',
  rsu: null,
  camera: null,
  barrier: null,
  display: null,
} as const

const none = new Map<string, string>()

export const bareLot = (choice: Partial<Parameters<typeof lotOf>[0]> = {}) =>
  lotOf({
    mode: 'demo',
    charge: 'card',
    offline: 'other-payment',
    layout: '7.1.1',
    rsu: none,
    camera: none,
    barrier: none,
    platform: null,
    capacity: 20,
    ...choice,
  })
