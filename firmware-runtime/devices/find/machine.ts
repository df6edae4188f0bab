// This machine's devices for discovery: serial ports, the process that holds a port, network cards.
// A recorded list (JSON of the same shape) can replace the machine's ports.
import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { scannerLink } from '../pure/find/scanner-link.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { Card, FindMachine, PortState, SeenHid, SeenPort } from '../ports/find.ts'
import { holderOf, knownTakers, takenBridge } from './holders.ts'
import { kernelKeyboards, kernelPorts } from './kernel-ports.ts'

const hex4 = z.string().regex(/^[0-9a-fA-F]{4}$/)
const recorded = z.array(
  z.strictObject({
    path: z.string().min(1).max(200),
    stablePath: z.string().max(300).nullable().default(null),
    usb: z
      .strictObject({
        vendorId: hex4,
        productId: hex4,
        serialNumber: z.string().max(100).default(''),
        manufacturer: z.string().max(100).default(''),
      })
      .nullable()
      .default(null),
  }),
)

/** Throws FILE-02 for a file that is not a recorded list. */
function recordedPorts(file: string): readonly SeenPort[] {
  try {
    return recorded.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const note = error instanceof Error ? error.message.slice(0, 200) : ''
    throw new LaneFault('FILE-02', { file, note })
  }
}

const byId = '/dev/serial/by-id'

/** Null for a device that is gone by now. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** Stable names of adapters, by the device they point to. */
function stableNames(): Map<string, string> {
  if (!existsSync(byId)) return new Map()
  const names = readdirSync(byId).map((name) => join(byId, name))
  return new Map(
    names.flatMap((name) => {
      const device = realPathOf(name)
      return device === null ? [] : [[device, name]]
    }),
  )
}

/** A port as serialport lists it; absent members are undefined. */
const listed = z.array(
  z.object({
    path: z.string(),
    vendorId: z.string().optional(),
    productId: z.string().optional(),
    serialNumber: z.string().optional(),
    manufacturer: z.string().optional(),
  }),
)

/** The library needs udevadm, which some machines lack; the kernel lists the same USB ports. */
async function withoutUdev(list: Promise<unknown>): Promise<unknown> {
  try {
    return await list
  } catch (error) {
    if (error instanceof Error && error.message.includes('udevadm')) return kernelPorts()
    throw error
  }
}

/** Throws SYS-01 when the native module is missing. */
async function listedPorts(): Promise<readonly SeenPort[]> {
  const stable = stableNames()
  try {
    const { SerialPort } = await import('serialport')
    const ports = listed.parse((await withoutUdev(SerialPort.list())) as unknown)
    return ports.map(({ path, vendorId, productId, serialNumber, manufacturer }) => ({
      path,
      stablePath: stable.get(path) ?? null,
      usb:
        vendorId === undefined || productId === undefined
          ? null
          : {
              vendorId: vendorId.toLowerCase(),
              productId: productId.toLowerCase(),
              serialNumber: serialNumber ?? '',
              manufacturer: manufacturer ?? '',
            },
    }))
  } catch (error) {
    throw new LaneFault('SYS-01', { note: error instanceof Error ? error.message : 'serialport' })
  }
}

const listedHids = z.array(
  z.object({
    vendorId: z.number(),
    productId: z.number(),
    manufacturer: z.string().optional(),
    product: z.string().optional(),
    serialNumber: z.string().optional(),
    usagePage: z.number().optional(),
    usage: z.number().optional(),
  }),
)

const hex4Of = (n: number): string => n.toString(16).padStart(4, '0')

/** HID devices: scanners, card readers, keyboards. Throws SYS-01 when the native module is missing. */
export async function hidDevices(): Promise<readonly SeenHid[]> {
  try {
    const { devicesAsync } = await import('node-hid')
    const seen = listedHids.parse((await devicesAsync()) as unknown)
    const all = seen.map((hid) => ({
      vendorId: hex4Of(hid.vendorId),
      productId: hex4Of(hid.productId),
      serialNumber: hid.serialNumber ?? '',
      manufacturer: hid.manufacturer ?? '',
      product: hid.product ?? '',
      usagePage: hid.usagePage ?? null,
      usage: hid.usage ?? null,
    }))
    const hids = all.map(({ serialNumber, ...hid }) => ({
      ...hid,
      link: scannerLink({ ...hid, serialNumber }, all),
    }))
    return [...hids, ...kernelKeyboards()]
  } catch (error) {
    throw new LaneFault('SYS-01', { note: error instanceof Error ? error.message : 'node-hid' })
  }
}

function stateOf(path: string): PortState {
  // COM names are not files; opening them reports what is wrong.
  if (!path.startsWith('/')) return { is: 'free' }
  if (!existsSync(path)) return { is: 'absent', taken: takenBridge() }
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { is: 'forbidden' }
    throw error
  }
  const device = realPathOf(path)
  // Unplugged meanwhile.
  if (device === null) return { is: 'absent', taken: takenBridge() }
  const by = holderOf(device)
  return by === null ? { is: 'free' } : { is: 'held', by }
}

export const cardsHere = (): readonly Card[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family }) => family === 'IPv4')
      .map(({ address, cidr, internal }) => ({
        name,
        address,
        prefix: Number(cidr?.split('/')[1] ?? 32),
        loopback: internal,
      })),
  )

/** `recordedFile`: a recorded list of ports; null: the machine's own. */
export const findMachine = (recordedFile: string | null): FindMachine => ({
  ports: () =>
    recordedFile === null ? listedPorts() : Promise.resolve(recordedPorts(recordedFile)),
  portState: stateOf,
  takers: knownTakers,
  cards: cardsHere,
})
