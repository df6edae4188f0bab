// The health call of the control API: combines the reports of antennas, sign-in, certificates and clock. Certificates
// are checked by the lot's own time, because the platform rejects what is expired by that time.
import type { HealthView } from '#devices/calls/health-views.ts'
import {
  certificateState,
  clockState,
  psamState,
  signInState,
  type DestinationCertificate,
} from '#base/pure/data/credentials.ts'
import { originsOf, requiredSetting } from '#devices/pure/configure/contact.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type { SettingsStore } from '#devices/settings/settings-store.ts'
import type { ViewParts } from './control-views.ts'
import { defineCalls } from '#base/desk/handlers/scope.ts'

interface Credentials {
  readonly certificates: readonly DestinationCertificate[]
  readonly signInGrantedMs: InstantMs | null
}

type Parts = Omit<ViewParts, 'networkUp' | 'hasControls'> & {
  readonly mono: MonoClock
  /** Credentials of the lot at its platform; absent: simulated. */
  credentials?(): Credentials
}

function psamsOf({ runtime, device, mono }: Parts): HealthView['psams'] {
  const nowMs = mono.nowUs() / 1000
  return [...runtime.lanes.keys()].flatMap((laneId) => {
    const settingsStore = device(laneId)?.settingsStore ?? null
    if (settingsStore === null) return []
    const toldMsAgo =
      settingsStore.identityAtMs === null ? null : Math.round(nowMs - settingsStore.identityAtMs)
    const psams = settingsStore.identity?.psams ?? []
    const none = [{ terminal: '', authorised: null }]
    return (psams.length === 0 ? none : psams).map(({ terminal, authorised }) => ({
      laneId,
      terminal,
      authorised,
      toldMsAgo,
      state: psamState(authorised, settingsStore.up),
    }))
  })
}

/** Origins of a power that nobody decided. */
const usual: readonly string[] = ['default', 'profile']

function powersOf({ runtime, device }: Parts): HealthView['powers'] {
  const stateOf = ({ contact, permanent }: SettingsStore) => {
    if (contact.state === 'asking') return 'asked'
    const from = originsOf(contact.origins, permanent)[requiredSetting]?.from ?? ''
    return usual.includes(from) ? 'unproven' : 'known'
  }
  return [...runtime.lanes.keys()].flatMap((laneId) => {
    const store = device(laneId)?.settingsStore ?? null
    return store === null ? [] : [{ laneId, state: stateOf(store) }]
  })
}

function healthOf(parts: Parts): HealthView {
  const { runtime, config } = parts
  const nowMs = runtime.nowMs()
  const { certificates, signInGrantedMs } = parts.credentials?.() ?? {
    certificates: [],
    signInGrantedMs: null,
  }
  const untilMs = runtime.lot.signInUntilMs
  const offsetMs = parts.clockOffsetMs()
  const reached = joinedPlatform(config) !== null
  return {
    nowIso: isoOf(nowMs),
    psams: psamsOf(parts),
    powers: powersOf(parts),
    signIn: reached
      ? {
          state: signInState(untilMs, nowMs),
          untilIso: untilMs === null ? null : isoOf(untilMs),
          leftMs: untilMs === null ? null : untilMs - nowMs,
          grantedMsAgo: signInGrantedMs === null ? null : nowMs - signInGrantedMs,
        }
      : null,
    certificates: certificates.map((one) => ({
      of: one.of,
      whose: one.whose,
      serial: one.certSerial,
      fromIso: isoOf(one.notBeforeMs),
      untilIso: isoOf(one.notAfterMs),
      leftMs: one.notAfterMs - nowMs,
      state: certificateState(one, nowMs),
    })),
    clock: reached
      ? {
          state: clockState(offsetMs),
          offsetMs,
          answeredMsAgo: parts.platformSeen()?.answeredMsAgo ?? null,
        }
      : null,
  }
}

export const healthCalls = defineCalls((parts: Parts) => ({
  'device.health': () => healthOf(parts),
}))
