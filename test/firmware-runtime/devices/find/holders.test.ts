// A USB bridge that a program has claimed, and who has it, on imitations of the kernel's folders: the port of such an adapter
// is gone, so that nothing else can name the program.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { holderOf, knownTakers, takenBridge } from '#devices/find/holders.ts'
import { folderOfTest } from '../../../kit/own-folder.ts'

interface Scene {
  readonly usb?: readonly [vendorId: string, productId: string]
  readonly driver?: string
  /** Programs by number: the name, and the file that each has open. */
  readonly programs?: Readonly<Record<number, readonly [name: string, open: string | null]>>
}

function scene({ usb = ['1a86', '7523'], driver = 'usbfs', programs = {} }: Scene) {
  const folder = folderOfTest('etc-lane-holders-')
  const [usbs, proc] = [join(folder, 'usb'), join(folder, 'proc')]
  const put = (path: string, text: string): void => {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, `${text}\n`)
  }
  for (const [file, text] of [
    ['idVendor', usb[0]],
    ['idProduct', usb[1]],
    ['busnum', '1'],
    ['devnum', '4'],
  ] as const)
    put(join(usbs, '1-2', file), text)
  mkdirSync(join(usbs, '1-2:1.0'))
  mkdirSync(join(folder, 'drivers', driver), { recursive: true })
  symlinkSync(join(folder, 'drivers', driver), join(usbs, '1-2:1.0', 'driver'))
  mkdirSync(join(proc, 'self', 'fd'), { recursive: true })
  for (const [pid, [name, open]] of Object.entries(programs)) {
    put(join(proc, pid, 'comm'), name)
    if (open === null) continue
    mkdirSync(join(proc, pid, 'fd'))
    symlinkSync(open, join(proc, pid, 'fd', '5'))
  }
  return { usbs, proc }
}

const node = '/dev/bus/usb/001/004'
const brltty = { 7_000_812: ['brltty', node] } as const

it.each<[string, Scene, string | null]>([
  ['a claimed bridge', { programs: brltty }, 'brltty (7000812)'],
  [
    'one that only root may look into',
    { programs: { 7_000_812: ['brltty', null] } },
    'brltty (7000812)',
  ],
  ['one that another program has', { programs: { 7_000_900: ['qemu', node] } }, 'qemu (7000900)'],
  ['one with its own driver', { driver: 'ch341', programs: brltty }, null],
  ['a device that is no bridge', { usb: ['046d', 'c31c'], programs: brltty }, null],
  ['one that nobody is seen to have', {}, null],
  ['a bridge of another maker', { usb: ['10c4', 'ea60'], programs: brltty }, 'brltty (7000812)'],
])('%s', (_name, given, expected) => {
  const { usbs, proc } = scene(given)
  const { by } = takenBridge(usbs, proc) ?? { by: null }
  expect(by === null ? null : `${by.name} (${by.pid})`).toBe(expected)
})

it('known programs and the holder of a port are found by their process', () => {
  const { proc } = scene({
    programs: { 7_000_640: ['ModemManager', '/dev/ttyUSB2'], 7_000_641: ['bash', '/dev/ttyUSB3'] },
  })
  expect(knownTakers(proc)).toEqual([{ pid: 7_000_640, name: 'ModemManager' }])
  expect(holderOf('/dev/ttyUSB3', proc)).toEqual({ pid: 7_000_641, name: 'bash' })
  expect(holderOf('/dev/ttyUSB4', proc)).toBeNull()
})

it('a machine without these folders has none', () => {
  const none = join(folderOfTest('etc-lane-holders-'), 'none')
  expect([takenBridge(none, none), knownTakers(none), holderOf('/dev/ttyUSB0', none)]).toEqual([
    null,
    [],
    null,
  ])
})
