// What a profile named in a link sets for its driver: table and values of an antenna, wiring and times of a barrier.
// Without a profile name the generic one is used, and the library is not loaded.
import { powerIn } from '#base/pure/lot/link-power.ts'
import { isProfileId, linkQuery } from '../pure/link-query.ts'
import { t } from '#base/pure/words/fault-text.ts'
import {
  initialSettings,
  judgeSettings,
  settingWhy,
  type DeviceSettings,
  type SettingDef,
} from '../pure/configure/setting.ts'
import type { SettingMove } from '../pure/configure/migrate.ts'
import type { DeviceKind } from '../pure/profile/kinds.ts'
import type { LotLinks } from '#base/pure/lot/config.ts'
import { joinedWhy, LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { gateMakeOf } from '../pure/barrier/camera-output/gate-link.ts'
import type { BarrierConfig } from '../pure/barrier/modbus-relay/config.ts'
import type { ScanReader, ScanTimes } from '../pure/scanner/driver.ts'
import type { EscposConfig } from '../pure/printer/escpos/config.ts'
import type { ContactConfig } from '../pure/detector/contacts/config.ts'
import { rsuDriverDefaults, type RsuDriverConfig } from '../pure/rsu/driver-state.ts'
import { rsuSettingDefs, writtenOf } from '../pure/rsu/settings.ts'
import { isRsuVariantId, rsuVariant, rsuVariantIds, type RsuVariant } from '../pure/rsu/variants.ts'
import type { CheckedProfile } from './read-profile.ts'
import { scanKindOf } from './scan-kinds.ts'
import { settingDefsOf } from './setting-defs.ts'
import { barrierLinkKinds, profileRefs, rsuLinkKinds } from './refs.ts'

export type Found =
  | { readonly ok: true; readonly checked: CheckedProfile }
  /** Why not, for a person; `there`: a file with this id exists, but is not valid. */
  | { readonly ok: false; readonly there: boolean; readonly note: Why }

/** The library as the lanes see it: profiles by kind and `vendor/model`, checked on request. */
export interface ProfileLookup {
  find(kind: DeviceKind, id: string): Found
}

function findAny(kinds: readonly DeviceKind[], id: string, lookup: ProfileLookup): Found {
  for (const kind of kinds) {
    const found = lookup.find(kind, id)
    if (found.ok || found.there) return found
  }
  return { ok: false, there: false, note: t(`没有资料 ${id}`, `there is no profile ${id}`) }
}

export type Choice<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly note: Why }

export interface RsuChoice {
  /** Generic variant, or `vendor/model`: stored settings belong to it. */
  readonly name: string
  readonly config: Omit<RsuDriverConfig, 'laneMode' | 'link' | 'heartbeatLossMs' | 'contact'>
  /** Table, engine and framing of the driver. */
  readonly variant: RsuVariant
  /** Settings that a person may change. */
  readonly settings: readonly SettingDef[]
  /** Changes of settings between firmware versions. */
  readonly moves: readonly SettingMove[]
  readonly linkDefaults: LinkDefaults
  /** Settings from the link, for an antenna that does not report its own. */
  readonly given: DeviceSettings
}

/** Link parameters of a model, used unless the link sets them. */
export type LinkDefaults = Readonly<Record<string, string>>

/** Serial parameters of the first serial link in the profile. */
function portOf({ links }: CheckedProfile['profile']): LinkDefaults {
  const serial = links.find(({ form }) => form === 'serial')?.serial
  if (serial === undefined) return {}
  const { baud, parity, dataBits, stopBits } = serial
  return { baud: String(baud), parity, dataBits: String(dataBits), stopBits: String(stopBits) }
}

/** Adds the parameters that the link leaves out: serial parameters for a port, the transport for a socket. */
export function withLinkDefaults(url: string, defaults: LinkDefaults): string {
  const scheme = url.startsWith('serial:') ? 'serial' : url.startsWith('tcp:') ? 'tcp' : 'other'
  const open = Object.entries(defaults).filter(
    ([name]) => scheme === (name === 'wire' ? 'tcp' : 'serial') && linkQuery(url, name) === null,
  )
  const more = open.map(([name, text]) => `${name}=${text}`).join('&')
  return more === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${more}`
}

const noLibrary: ProfileLookup = { find: () => ({ ok: false, there: false, note: '' }) }

/** Options of the driver: switches, deviations, and initial settings. */
function configOf(
  { profile, override }: CheckedProfile,
  variant: RsuVariant,
  settings: readonly SettingDef[],
): RsuChoice['config'] {
  const { tolerateUnescapedBcc, utcOffsetQuirk } = rsuDriverDefaults
  return {
    settings: writtenOf(variant.table, initialSettings(settings)),
    variant: variant.id,
    override,
    utcOffsetQuirk,
    tolerateUnescapedBcc:
      profile.protocol.options?.['tolerateUnescapedBcc'] ?? tolerateUnescapedBcc,
  }
}

const movesOf = ({ migrations = [] }: CheckedProfile['profile']): SettingMove[] =>
  migrations.map(({ since, setting, becomes, times, plus, why }) => ({
    since,
    setting,
    becomes: becomes === undefined ? setting : becomes,
    times: times ?? [1, 1],
    plus: plus ?? 0,
    why,
  }))

const given = (url: string): DeviceSettings =>
  Object.fromEntries(Object.entries(powerIn(url)).filter(([, value]) => value !== undefined))

/** Driver options of an antenna link; generic-bcc without a profile name. */
export function rsuChoice(
  url: string,
  lookup: ProfileLookup = noLibrary,
  kinds: readonly DeviceKind[] = rsuLinkKinds,
): Choice<RsuChoice> {
  const choice = modelOf(url, lookup, kinds)
  if (!choice.ok) return choice
  const { settings, given } = choice.value
  const [wrong] = judgeSettings(settings, given)
  if (wrong === undefined) return choice
  const name = wrong.id === 'powerStep' ? 'power' : wrong.id
  return { ok: false, note: joinedWhy([`${name} ${wrong.value}`, settingWhy(wrong)]) }
}

function modelOf(
  url: string,
  lookup: ProfileLookup,
  kinds: readonly DeviceKind[],
): Choice<RsuChoice> {
  const id = linkQuery(url, 'variant') ?? 'generic-bcc'
  if (isRsuVariantId(id)) {
    const config = { ...rsuDriverDefaults, variant: id }
    const variant = rsuVariant(id)
    return {
      ok: true,
      value: {
        name: id,
        config,
        variant,
        settings: rsuSettingDefs(variant.table),
        moves: [],
        linkDefaults: {},
        given: given(url),
      },
    }
  }
  const all = rsuVariantIds.join(', ')
  if (!isProfileId(id))
    return {
      ok: false,
      note: t(
        `variant 是其中之一:${all},或资料 vendor/model`,
        `variant is one of ${all} or a profile vendor/model`,
      ),
    }
  const found = findAny(kinds, id, lookup)
  if (!found.ok) return found
  const { variant, profile } = found.checked
  if (variant === null)
    return { ok: false, note: t(`${id} 没有写帧表`, `${id} names no frame table`) }
  const settings = settingDefsOf(profile)
  return {
    ok: true,
    value: {
      name: id,
      config: configOf(found.checked, variant, settings),
      variant,
      settings,
      moves: movesOf(profile),
      linkDefaults: portOf(profile),
      given: given(url),
    },
  }
}

export interface BarrierChoice {
  readonly config: Partial<Omit<BarrierConfig, 'wiring'>> & Pick<BarrierConfig, 'wiring'>
  readonly linkDefaults: LinkDefaults
}

/** Wiring and times of a barrier link; null: no profile named. */
export function barrierChoice(
  url: string,
  lookup: ProfileLookup = noLibrary,
): Choice<BarrierChoice | null> {
  const id = linkQuery(url, 'profile')
  if (id === null) return { ok: true, value: null }
  if (!isProfileId(id))
    return { ok: false, note: t('profile 写作 vendor/model', 'profile is vendor/model') }
  const found = findAny(barrierLinkKinds, id, lookup)
  if (!found.ok) return found
  const { protocol, limits } = found.checked.profile
  const { wiring } = protocol
  const driver = gateMakeOf(url)?.profile ?? 'modbus-relay'
  if (wiring === undefined || protocol.id !== driver)
    return { ok: false, note: t(`${id} 不用这种链路驱动`, `${id} is not driven over this link`) }
  const times = Object.fromEntries(Object.entries(limits).map(([name, { value }]) => [name, value]))
  const { unitId, wire, versionRegister } = protocol.data ?? {}
  return {
    ok: true,
    value: {
      config: {
        ...times,
        ...(typeof unitId === 'number' ? { unitId } : {}),
        ...(typeof versionRegister === 'number' ? { versionRegister } : {}),
        wiring: { ...wiring, presence: wiring.presence ?? [] },
      },
      linkDefaults: {
        ...portOf(found.checked.profile),
        ...(typeof wire === 'string' ? { wire } : {}),
      },
    },
  }
}

export type SensorTimes = Partial<Pick<ContactConfig, 'debounceOnMs' | 'debounceOffMs' | 'stuckMs'>>

/** Times of the driver for a loop or radar; empty: no profile named. */
export function sensorChoice(
  url: string,
  kind: DeviceKind,
  lookup: ProfileLookup = noLibrary,
): Choice<SensorTimes> {
  const id = linkQuery(url, 'profile')
  if (id === null) return { ok: true, value: {} }
  if (!isProfileId(id))
    return { ok: false, note: t('profile 写作 vendor/model', 'profile is vendor/model') }
  const found = findAny([kind], id, lookup)
  if (!found.ok) return found
  const { protocol, limits } = found.checked.profile
  if (protocol.id !== 'contact')
    return { ok: false, note: t(`${id} 不是触点`, `${id} is not a contact`) }
  const times = Object.entries(limits).map(([name, { value }]) => [name, value])
  return { ok: true, value: Object.fromEntries(times) as SensorTimes }
}

/** Protocol of a source of space reports; the push of a platform without a profile name. */
export function spaceChoice(
  url: string,
  lookup: ProfileLookup = noLibrary,
): Choice<'nb-iot' | 'bosch-pls'> {
  const id = linkQuery(url, 'profile')
  if (id === null) return { ok: true, value: 'nb-iot' }
  const found = findAny(['geomagnetic'], id, lookup)
  if (!found.ok) return found
  const protocol = found.checked.profile.protocol.id
  if (protocol === 'chirpstack-bosch-pls') return { ok: true, value: 'bosch-pls' }
  if (protocol !== 'nb-iot-report')
    return { ok: false, note: t(`${id} 不用这种链路驱动`, `${id} is not driven over this link`) }
  // A platform chooses its own MQTT topic, so the link has to name it.
  if (linkQuery(url, 'topic') === null)
    return { ok: false, note: t('须写 topic=', 'topic= is required') }
  return { ok: true, value: 'nb-iot' }
}

export interface PrinterChoice {
  readonly config: Partial<EscposConfig>
  readonly linkDefaults: LinkDefaults
}

/** Options of a printer; empty: no profile named. */
export function printerChoice(
  url: string,
  lookup: ProfileLookup = noLibrary,
): Choice<PrinterChoice> {
  const id = linkQuery(url, 'profile')
  if (id === null) return { ok: true, value: { config: {}, linkDefaults: {} } }
  const found = findAny(['printer'], id, lookup)
  if (!found.ok) return found
  const { protocol, limits, capabilities } = found.checked.profile
  if (protocol.id !== 'escpos')
    return { ok: false, note: t(`${id} 不用这种链路驱动`, `${id} is not driven over this link`) }
  const numbers = Object.entries(limits).map(([name, { value }]) => [name, value])
  const config = { ...Object.fromEntries(numbers), ...capabilities } as Partial<EscposConfig>
  return { ok: true, value: { config, linkDefaults: portOf(found.checked.profile) } }
}

export interface ScannerChoice {
  readonly reader: ScanReader
  readonly times: ScanTimes
  readonly linkDefaults: LinkDefaults
}

/** How a scanner reports its codes: as text over a port, as HID reports, or as key presses. */
export function scannerChoice(
  url: string,
  lookup: ProfileLookup = noLibrary,
): Choice<ScannerChoice> {
  const id = linkQuery(url, 'profile')
  const kind = scanKindOf(url)
  const { times, standard } = kind
  if (id === null) return { ok: true, value: { reader: standard, times, linkDefaults: {} } }
  const found = findAny(['scanner'], id, lookup)
  if (!found.ok) return found
  const { protocol, limits } = found.checked.profile
  if (protocol.id !== kind.protocol)
    return { ok: false, note: t(`${id} 不用这种链路驱动`, `${id} is not driven over this link`) }
  const given = Object.entries(limits).map(([name, { value }]) => [name, value])
  const linkDefaults = portOf(found.checked.profile)
  const own = { times: { ...times, ...Object.fromEntries(given) } as ScanTimes, linkDefaults }
  const reader = kind.of(protocol.data ?? {})
  if ('zh' in reader) return { ok: false, note: joinedWhy([id, reader]) }
  return { ok: true, value: { ...own, reader } }
}

/** Adds to the refusal of a profile of another kind what is missing. */
function rsuOfKind(
  url: string,
  lookup: ProfileLookup,
  kinds: readonly DeviceKind[],
): Choice<RsuChoice> {
  const choice = rsuChoice(url, lookup, kinds)
  if (choice.ok || !rsuChoice(url, lookup).ok) return choice
  const id = linkQuery(url, 'variant') ?? ''
  return {
    ok: false,
    note: t(
      `${id} 是识别桩或手持机,须用于这类收费点`,
      `${id} is a pile or a handheld and must be used for a place of that kind`,
    ),
  }
}

/** Checks every link that names a profile against the library. Throws LOT-03. */
export function checkProfileLinks(lot: LotLinks, file: string, lookup: ProfileLookup): void {
  for (const { member, field, url, kinds } of profileRefs(lot)) {
    const choice =
      member === 'rsu'
        ? rsuOfKind(url, lookup, kinds)
        : member === 'barrier'
          ? barrierChoice(url, lookup)
          : member === 'sensor'
            ? sensorChoice(url, kinds[0] ?? 'loop', lookup)
            : member === 'space'
              ? spaceChoice(url, lookup)
              : member === 'scanner'
                ? scannerChoice(url, lookup)
                : printerChoice(url, lookup)
    if (!choice.ok) throw new LaneFault('LOT-03', { file, field, value: url, note: choice.note })
  }
}
