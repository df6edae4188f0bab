// Adapters for searching the surroundings on this machine: network cards, UDP sockets and USB.
// A socket that cannot be opened is reported as a fault of the card, with the system's message.
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { camerasAt, camerasOn } from '../../find/cameras.ts'
import { kernelPrinters } from '../../find/kernel-ports.ts'
import { findMachine, hidDevices } from '../../find/machine.ts'
import type { CameraReportView } from '../../calls/find-views.ts'
import { SeekService, type SeekParts, type SeekPorts } from '../../find/seek-service.ts'
import { parseCameraLink } from '../../pure/camera/camera-link.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { lookAtCamera } from './look-at-camera.ts'

async function requestAt<T>(where: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (error instanceof LaneFault || !(error instanceof Error)) throw error
    throw new LaneFault('LINK-01', { value: where, note: `${where}: ${error.message}` })
  }
}

/** Loaded at a search: a running lane does not need it. */
const lanePcsOn = async (card: string, waitMs: number) => {
  const { browseLanePcs } = await import('../../find/lane-pcs.ts')
  return browseLanePcs({ card, waitMs })
}

const seekPorts = (): SeekPorts => ({
  mono: systemMonoClock(),
  cards: () => findMachine(null).cards(),
  cameras: ({ address: card }, waitMs) => requestAt(card, () => camerasOn(card, waitMs)),
  cameraAt: (host, port, waitMs) => requestAt(host, () => camerasAt(host, port, waitMs)),
  lanePcs: ({ address: card }, waitMs) => requestAt(card, () => lanePcsOn(card, waitMs)),
  hid: hidDevices,
  printers: kernelPrinters,
})

/** Looks at a camera link with a password; null for other links. */
export function cameraReportOf(link: string | null, dir: string): Promise<CameraReportView> | null {
  const isRequested = link !== null && parseCameraLink(link).kind === 'subscribed'
  return isRequested ? lookAtCamera(link, dir) : null
}

type Given = Partial<SeekParts> & Pick<SeekParts, 'place'>

/** Searches the surroundings of this machine; in a demo without access to real devices. */
export const seekService = (given: Given): SeekService =>
  new SeekService({
    outside: given.place === 'demo' ? null : seekPorts(),
    push: () => null,
    asked: () => null,
    ...given,
  })
