// The switch of outage rehearsals: sits between the lot and its links and answers like a dead link. Platform: no
// answer. Network: no route. Antenna: open and silent. Camera: no plate. Time: no source.
// It exists in this process only: the end of the process or of the set minutes restores everything.
import { joinedPlatform, type LotConfig } from '#base/pure/lot/config.ts'
import type { RehearsalCut } from '#base/pure/lot/rehearsal.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { CutSwitch } from '#devices/ports/cut-switch.ts'
import type { HttpAnswer, HttpClient } from '#base/ports/http-client.ts'
import type { WatchedUploader } from '#lane/lot/upkeep/platform-watch.ts'
import type { CameraHandle } from '#devices/desk/lane/camera-service.ts'
import type { RsuHandle } from '#devices/desk/lane/rsu-device.ts'
import type { RuntimeListener } from './runtime-listener.ts'

interface Devices {
  readonly rsus: ReadonlyMap<string, Pick<RsuHandle, 'status' | 'settings'>>
  readonly cameras: ReadonlyMap<string, Pick<CameraHandle, 'status'>>
  readonly uploader: WatchedUploader | null
}

interface HttpTaps {
  http?(client: HttpClient): HttpClient
  payHttp?(client: HttpClient): HttpClient
}

interface CutOptions {
  readonly config: LotConfig
  readonly mono: MonoClock
  readonly taps?: HttpTaps
}

/** Requests after the restoring, and whether one was answered. */
interface Since {
  asked: boolean
  answered: boolean
}

const isHttp = (cut: RehearsalCut): boolean => cut === 'platform' || cut === 'network'

export class LotCuts implements CutSwitch {
  private readonly config: LotConfig
  private readonly mono: MonoClock
  private devices: Devices | null = null
  private now: {
    readonly cut: RehearsalCut
    readonly laneId: string | null
    readonly untilUs: number
  } | null = null
  /** Called when something is cut or restored. */
  readonly onChange = new Set<() => void>()
  private since: Since = { asked: false, answered: true }

  constructor(config: LotConfig, mono: MonoClock) {
    this.config = config
    this.mono = mono
  }

  /** The devices of the open site. */
  of(devices: Devices): void {
    this.devices = devices
  }

  isCut(cut: RehearsalCut, laneId: string | null = null): boolean {
    const { now } = this
    return (
      now !== null && now.cut === cut && now.laneId === laneId && this.mono.nowUs() < now.untilUs
    )
  }

  cut(cut: RehearsalCut, laneId: string | null, untilUs: number): void {
    this.now = { cut, laneId, untilUs }
    for (const changed of this.onChange) changed()
  }

  restore(): void {
    this.now = null
    this.since = { asked: false, answered: false }
    for (const changed of this.onChange) changed()
  }

  has(cut: RehearsalCut, laneId: string | null): boolean {
    const { config, devices } = this
    if (cut === 'rsu') return devices?.rsus.has(laneId ?? '') === true
    if (cut === 'camera') return devices?.cameras.has(laneId ?? '') === true
    const platform = joinedPlatform(config) !== null
    if (cut === 'platform') return platform
    if (cut === 'network') return platform || config.gateway !== undefined
    return platform || config.time !== undefined
  }

  whyNot(cut: RehearsalCut, laneId: string | null): BilingualText | null {
    if (!this.has(cut, laneId)) return t('这个停车场没有', 'this lot has none')
    const { devices } = this
    const rsu = cut === 'rsu' ? devices?.rsus.get(laneId ?? '') : undefined
    if (rsu !== undefined && !rsu.status.up)
      return t('天线现在就没有应答', 'the antenna does not answer as it is')
    if (rsu !== undefined && (rsu.settings?.state.trial ?? null) !== null)
      return t('天线正在试用新设置', 'new settings of the antenna are on trial')
    if (cut === 'camera' && devices?.cameras.get(laneId ?? '')?.status.up === false)
      return t('相机现在就没有应答', 'the camera does not answer as it is')
    if (
      isHttp(cut) &&
      joinedPlatform(this.config) !== null &&
      devices?.uploader?.seen().last === 'silent'
    )
      return t('平台现在就没有应答', 'the platform does not answer as it is')
    return null
  }

  isBack(cut: RehearsalCut, laneId: string | null): boolean {
    const { devices, since } = this
    if (cut === 'rsu') return devices?.rsus.get(laneId ?? '')?.status.up === true
    if (cut === 'camera') return devices?.cameras.get(laneId ?? '')?.status.up !== false
    return isHttp(cut) ? since.answered || !since.asked : true
  }

  /** Passes on trusted time from platforms, unless it is cut. */
  timed(runtime: RuntimeListener): RuntimeListener {
    return {
      certificateRefused: (refused) => runtime.certificateRefused(refused),
      answerDoubted: (event, why) => runtime.answerDoubted(event, why),
      peerSeen: (peer) => runtime.peerSeen(peer),
      trustedTime: (ms) => {
        if (!this.isCut('time')) runtime.trustedTime(ms)
      },
    }
  }

  /** The client for a platform (`platform`) or a payment gateway (`network` only). */
  http(client: HttpClient, to: 'platform' | 'gateway'): HttpClient {
    return {
      request: (request, done) => {
        if (this.isCut('network')) {
          const noRoute = { kind: 'silence', reason: 'ENETUNREACH', sent: false } as const
          return this.mono.after(0, () => done(noRoute))
        }
        if (to === 'platform' && this.isCut('platform')) {
          // The platform may have taken the request, as far as the caller can know (M6).
          const silence = { kind: 'silence', reason: 'timeout', sent: true } as const
          return this.mono.after(request.timeoutMs, () => done(silence))
        }
        const { since } = this
        since.asked = true
        return client.request(request, (answer: HttpAnswer) => {
          if (answer.kind === 'answer') since.answered = true
          done(answer)
        })
      },
    }
  }

  /** The ports of a lane's antenna with the switch in front of its link. */
  inFrontOf<T extends { readonly opener: LinkOpener }>(ports: T, laneId: string): T {
    return { ...ports, opener: this.links(ports.opener, laneId) }
  }

  /** The link of a lane's antenna: it stays open, and nothing is sent or received. */
  private links(opener: LinkOpener, laneId: string): LinkOpener {
    const isDead = (): boolean => this.isCut('rsu', laneId)
    return {
      open: (url, handlers) => {
        const link = opener.open(url, {
          ...handlers,
          bytes: (chunk) => {
            if (!isDead()) handlers.bytes(chunk)
          },
        })
        return {
          send: (bytes) => {
            if (!isDead()) link.send(bytes)
          },
          close: () => link.close(),
          get bytesIn() {
            return link.bytesIn
          },
          get bytesOut() {
            return link.bytesOut
          },
        }
      },
    }
  }
}

/** Platforms and gateway with the switch in front. */
export function withCuts<T extends CutOptions>(options: T): T & { readonly cuts: LotCuts } {
  const { config, mono, taps } = options
  const cuts = new LotCuts(config, mono)
  const between: HttpTaps = {
    http: (client) => cuts.http(taps?.http?.(client) ?? client, 'platform'),
    payHttp: (client) => cuts.http(taps?.payHttp?.(client) ?? client, 'gateway'),
  }
  return { ...options, cuts, taps: { ...taps, ...between } }
}
