// A camera of spaces that the program turns from preset to preset (7.2.1 f): its plan over HTTP, and the gate that lets only
// reports about spaces in view through to their driver.
import { systemWallClock } from '#base/time/system-clocks.ts'
import type { SecretStore } from '#base/secrets/secret-store.ts'
import { ViewGate } from '../../hosts/view-gate.ts'
import type { PresetsView } from '#lane/calls/sensors-views.ts'
import type { SpaceSource } from '#base/pure/lot/config.ts'
import type { SpaceRead } from '../../pure/spaces/report.ts'
import { minuteMs } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import type { DownText } from '#base/pure/words/notes.ts'
import {
  presetDriver,
  type PresetCommand,
  type PresetNews,
  type PresetState,
} from '../../pure/watch/preset-driver.ts'
import { standardPlanTimes, type KnownPositions } from '../../pure/watch/preset-plan.ts'
import { parseTurnLink } from '../../pure/watch/watch-link.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { signedInDevice } from './subscribed-device.ts'

type PresetPlan = NonNullable<SpaceSource['plan']>

interface PresetCameraParts {
  readonly source: SpaceSource
  readonly plan: PresetPlan
  /** Space by device, also of those that it watches as a second witness. */
  readonly spaces: Readonly<Record<string, string>>
  readonly mono: MonoClock
  readonly secrets: SecretStore
  readonly known: KnownPositions
  take(read: SpaceRead, picture: Uint8Array | null): void
  left(deviceIds: readonly string[]): void
  learned(known: KnownPositions): void
  /** `preset` null: the camera takes no commands. */
  failed(preset: number | null, why: DownText): void
}

export interface PresetCamera {
  take(read: SpaceRead, picture: Uint8Array | null): void
  trusted(): void
  readonly view: PresetsView
  open(): void
  close(): Promise<void>
}

/** After so long without a look a space is unknown: two rounds in which each turn takes as long as it may, and a margin. */
export const twoRoundsMs = ({ dwellSec, presets }: PresetPlan): number =>
  2 * presets.length * (dwellSec * 1_000 + standardPlanTimes.turnMs) + minuteMs

/** Devices by the preset from which they are seen. */
function seenFrom({ plan, spaces }: Pick<PresetCameraParts, 'plan' | 'spaces'>) {
  const deviceOf = new Map(Object.entries(spaces).map(([device, spaceId]) => [spaceId, device]))
  return new Map(
    plan.presets.map(({ number, spaces: own }) => [
      number,
      new Set(own.flatMap((spaceId) => deviceOf.get(spaceId) ?? [])),
    ]),
  )
}

export function presetCamera(parts: PresetCameraParts): PresetCamera {
  const { source, plan, mono, known } = parts
  const { presets, ...at } = present(
    parseTurnLink(source.link, plan.control),
    'a checked plan has an address',
  )
  let down: DownText | '' = ''
  const nowMs = (): number => Math.floor(mono.nowUs() / 1_000)
  const gate = new ViewGate({
    seenFrom: seenFrom(parts),
    nowMs,
    take: (read, picture) => parts.take(read, picture),
    ask: () => device.host.command('reported'),
    left: (deviceIds) => parts.left(deviceIds),
  })
  const stopped = (why: DownText): void => {
    down = why
    parts.failed(null, why)
  }
  const device = signedInDevice<PresetState, PresetNews, PresetCommand>(
    presetDriver(
      {
        presets: plan.presets.map(({ number }) => number),
        times: { ...standardPlanTimes, dwellMs: plan.dwellSec * 1_000 },
        known,
      },
      presets,
    ),
    {
      at,
      mono,
      wall: systemWallClock(),
      secrets: parts.secrets,
      secretMissing: stopped,
      emit(event) {
        if (event.type === 'planStopped') stopped(event.note)
        else if (event.type === 'presetFailed') parts.failed(event.preset, event.why)
        else if (event.type === 'learned') parts.learned(event.known)
        else {
          if (event.type === 'standing') down = ''
          gate.plan(event)
        }
      },
    },
    (event) => event.type === 'planStopped',
  )
  return {
    take: (read, picture) => gate.take(read, picture),
    trusted: () => device.host.command('trusted'),
    get view() {
      const { failed, roundMs } = device.host.state.plan
      return {
        standing: gate.preset,
        roundSec: roundMs === null ? null : Math.round(roundMs / 1_000),
        unseen: gate.unseen,
        detail: down,
        failed: Object.entries(failed).map(([preset, why]) => ({ preset: Number(preset), why })),
        seenFrom: plan.presets.map(({ number, spaces }) => ({ preset: number, spaces })),
      }
    },
    open: () => device.open(),
    close: () => device.close(),
  }
}
