// Claims and opens the links of a lane's devices, hands them over to another program and takes them back.
// Leases (device-leases.ts) and tests (device-tests.ts) of devices are built on it.
import type { SharerView, ViaView } from '../../calls/safety-views.ts'
import type { SafetyParts } from '../handlers/control-safety.ts'
import { DeviceLeases, type HeldLink } from '../hosts/device-leases.ts'
import { DeviceTests } from '../hosts/device-tests.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { withPower } from '#base/pure/lot/link-power.ts'
import { standardTests } from '../../pure/lease/device-test.ts'
import { standardLease, type HeldDevice } from '../../pure/lease/lease.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isGateLink } from '../../pure/barrier/camera-output/gate-link.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { raisedBooms } from './raised-file.ts'
import type { DeviceHandle } from './device-ports.ts'
import type { BarrierHandle } from './device-handles.ts'
import { claimantOf, leaseLink, endClaim, linkKey } from '#base/desk/process/link-lease.ts'
import { isProcessAlive } from '#base/files/process-lock.ts'
import type { RsuHandle } from './rsu-device.ts'

interface LaneLinksParts {
  readonly mono: MonoClock
  readonly config: LotConfig
  readonly rsus: ReadonlyMap<string, RsuHandle>
  readonly barriers: ReadonlyMap<string, BarrierHandle>
  /** Cameras by lane, for a gate on the output of one. */
  readonly cameras?: ReadonlyMap<string, { readonly link: string }>
  /** Data folder, which keeps the booms that tests left up. */
  readonly dir: string
  linkDown?(fault: LaneFault, laneId: string): void
}

/** Host and port of a network link; '' for another link. */
const addressOf = (link: string): string => /^[a-z]+:\/\/([^/?]+)/.exec(link)?.[1] ?? ''

const claimAgainMs = 2_000
/** Retry interval in ms after a takeover was ended: a program that lets go does it at once. */
const backAgainMs = 200
/** A program that has not let go after this time in ms is stopped or stuck, and loses its claim. */
const letGoWithinMs = 3_000

type Opened = 'open' | 'waiting' | 'handedOver'

export class LaneLinks {
  private readonly parts: LaneLinksParts
  private readonly claims = new Map<string, () => void>()
  private readonly states = new Map<string, Opened>()
  private stopped = false
  /** Called before a lane takes its device back: code of this process that opened the link closes it. */
  readonly onTakeBack = new Set<(laneId: string, device: HeldDevice) => void>()

  constructor(parts: LaneLinksParts) {
    this.parts = parts
  }

  /** Opens every antenna and barrier; a link in use is reported once and tried again. */
  open(): void {
    for (const laneId of this.parts.rsus.keys()) this.begin(laneId, 'rsu')
    for (const laneId of this.parts.barriers.keys()) this.begin(laneId, 'barrier')
  }

  close(): void {
    this.stopped = true
    for (const giveBack of this.claims.values()) giveBack()
  }

  safety(runtime: LotRuntime): SafetyParts {
    const { mono, config, rsus, barriers } = this.parts
    const handleOf = (laneId: string, device: HeldDevice) => this.handle(laneId, device)
    const { holdSec, testSec } = config.safety ?? {}
    const forMs = testSec === undefined ? standardTests.forMs : sameForAll(testSec * 1000)
    const raised = raisedBooms(this.parts.dir)
    const tests: DeviceTests = new DeviceTests({
      runtime,
      mono,
      raised,
      limits: { ...standardTests, forMs },
      barrier: (laneId, command) => barriers.get(laneId)?.command(command),
      rsu: (laneId, command) => rsus.get(laneId)?.command(command),
      has: (laneId, device) => handleOf(laneId, device) !== undefined,
      isHeld: (laneId, device) => this.states.get(`${laneId} ${device}`) === 'handedOver',
    })
    const lease = { ...standardLease, ...(holdSec === undefined ? {} : { forMs: holdSec * 1000 }) }
    const holds = new DeviceLeases({
      runtime,
      mono,
      limits: lease,
      linkOf: (laneId, device) => this.linkOf(laneId, device),
      sharing: (laneId, device) => this.sharing(laneId, device),
      viaOf: (laneId, device) => this.viaOf(laneId, device),
      busyWith: (laneId, device) => {
        if (tests.isRunning(laneId, device)) return 'testRuns'
        if (device === 'barrier') return null
        const settingsStore = rsus.get(laneId)?.settings ?? null
        return settingsStore === null || settingsStore.state.trial === null ? null : 'trialRuns'
      },
      isAlive: isProcessAlive,
    })
    return { holds, tests, raised, lease, onTakeBack: this.onTakeBack }
  }

  private handle(laneId: string, device: HeldDevice): DeviceHandle<never> | undefined {
    const { rsus, barriers } = this.parts
    return device === 'rsu' ? rsus.get(laneId) : barriers.get(laneId)
  }

  private linkOf(laneId: string, device: HeldDevice): HeldLink | null {
    const handle = this.handle(laneId, device)
    if (handle?.rest === undefined || this.sharing(laneId, device).length > 0) return null
    const key = `${laneId} ${device}`
    return {
      link: this.linkWithPower(laneId, device, handle.url),
      handOver: () => {
        this.states.set(key, 'handedOver')
        handle.rest?.()
        this.claims.get(key)?.()
        this.claims.delete(key)
      },
      takeBack: () => {
        for (const leave of this.onTakeBack) leave(laneId, device)
        this.states.set(key, 'waiting')
        this.again(laneId, device, this.parts.mono.nowUs())
      },
    }
  }

  /** The link with the antenna's current settings: the program that takes over starts with them (ADR 41). */
  private linkWithPower(laneId: string, device: HeldDevice, url: string): string {
    const { contact, permanent } = this.parts.rsus.get(laneId)?.settings ?? {}
    return device !== 'rsu' || contact?.isHeld !== true || permanent === undefined
      ? url
      : withPower(url, permanent)
  }

  /** Other devices on the same link: taking one over would take them, too. */
  private sharing(laneId: string, device: HeldDevice): readonly SharerView[] {
    const handle = this.handle(laneId, device)
    if (handle === undefined) return []
    const { rsus, barriers } = this.parts
    const all = [
      ...[...rsus].map(([id, { url }]) => ({ laneId: id, device: 'rsu' as const, url })),
      ...[...barriers].map(([id, { url }]) => ({ laneId: id, device: 'barrier' as const, url })),
    ]
    const key = linkKey(handle.url)
    return all
      .filter((one) => linkKey(one.url) === key)
      .filter((one) => one.laneId !== laneId || one.device !== device)
      .map((one) => ({ laneId: one.laneId, device: one.device }))
  }

  /** For a gate on a camera output: the address of that camera, and the lanes that it reads plates for. */
  private viaOf(laneId: string, device: HeldDevice): ViaView | null {
    const url = device === 'barrier' ? (this.parts.barriers.get(laneId)?.url ?? '') : ''
    if (!isGateLink(url)) return null
    const address = addressOf(url)
    const cameras = [...(this.parts.cameras ?? [])]
    const readsFor = cameras.flatMap(([id, { link }]) => (addressOf(link) === address ? [id] : []))
    return { camera: address, readsFor }
  }

  private begin(laneId: string, device: HeldDevice): void {
    this.states.set(`${laneId} ${device}`, 'waiting')
    const fault = this.tryOpen(laneId, device)
    if (fault === null) return
    this.parts.linkDown?.(fault, laneId)
    this.parts.mono.after(claimAgainMs, () => this.again(laneId, device, null))
  }

  /**
   * Tries until the claim is won; `sinceUs` null: no program has been told to let go. A program that still holds the
   * link after `letGoWithinMs` of an ended lease loses its claim.
   */
  private again(laneId: string, device: HeldDevice, sinceUs: number | null): void {
    if (this.stopped || this.states.get(`${laneId} ${device}`) !== 'waiting') return
    const { mono } = this.parts
    if (this.tryOpen(laneId, device) === null) return
    const url = this.handle(laneId, device)?.url ?? ''
    const late = sinceUs !== null && (mono.nowUs() - sinceUs) / 1000 >= letGoWithinMs
    const claimant = late ? claimantOf(url) : null
    if (claimant !== null) endClaim(url, claimant.pid)
    const waitMs = sinceUs === null ? claimAgainMs : backAgainMs
    mono.after(waitMs, () => this.again(laneId, device, sinceUs))
  }

  private tryOpen(laneId: string, device: HeldDevice): LaneFault | null {
    const handle = this.handle(laneId, device)
    const key = `${laneId} ${device}`
    if (handle === undefined || this.stopped) return null
    try {
      // A gate on a camera claims the camera's output; a camera that only reads plates claims nothing.
      if (handle.rest !== undefined)
        this.claims.set(key, leaseLink(handle.url, `lane ${laneId} of ${this.parts.config.lotId}`))
      this.states.set(key, 'open')
      handle.open()
      return null
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      return error
    }
  }
}

const sameForAll = (ms: number) => ({ open: ms, close: ms, antenna: ms })
