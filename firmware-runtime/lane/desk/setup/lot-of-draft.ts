// Makes the lot file and the tariff from a draft. With simulators of this machine alone it is a rehearsal; a draft with
// real devices is production, which refuses every simulator (LOT-05).
import { isServer } from '#base/pure/lot/copy-place.ts'
import { addressesOf, answersOf, filedOf, filedParts } from './lot-parts.ts'
import { pairReused } from '../../lot/files/layout-file.ts'
import { membersOfAnswers } from './setting-answers.ts'
import { placeRow } from '#base/pure/place/place-members.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { Tariff, TariffPlan } from '#money/pure/billing/tariff.ts'
import { openOf } from '../../pure/layouts/index.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { standardCaps } from '../../lot/files/standard-caps.ts'
import { isRealPort } from '../../lot/files/lot-file.ts'
import { isHidLink } from '#base/pure/links/hid-link.ts'
import { isKeyLink } from '#base/pure/links/key-link.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'

type TariffPart = NonNullable<SetupDraft['tariff']>
type SimpleTariff = Exclude<TariffPart, { readonly editions: unknown }>
type LotPart = NonNullable<SetupDraft['lot']>
type LaneDevices = NonNullable<SetupDraft['devices']>['lanes'][string]

const noDevices: LaneDevices = answersOf(laneDeviceMembers, {})

export const devicesOf = ({ devices }: SetupDraft, laneId: string): LaneDevices =>
  devices?.lanes[laneId] ?? noDevices

const isSimulated = (url: string): boolean =>
  url.startsWith('sim:') ||
  isLoopback(hostOf(url) ?? '') ||
  (url.startsWith('serial:') && !isRealPort(url))

/** The chosen layout of 7.2 in which the platform charges (7.2.2, 7.2.3); null: the lot may charge cards as well. */
export const chargedByPlatform = ({ open }: SetupDraft): string | null =>
  open !== undefined && open !== null && openOf(open.layout)?.collects === 'platform'
    ? open.layout
    : null

/** How the lot charges ETC. A layout that leaves no choice hides the answer of the form, and does not replace it. */
export const chargeModeOf = (draft: SetupDraft): LotConfig['chargeMode'] =>
  chargedByPlatform(draft) === null ? (draft.charge?.mode ?? 'card') : 'online'

/** Members of an open lot; a street without spaces and a source without an address are left out. */
function openMembers({ open }: SetupDraft) {
  if (open === undefined || open === null) return {}
  const streets = open.streets.filter(({ spaces }) => spaces.length > 0)
  const spaces = open.sensors.filter(({ link }) => link.trim() !== '')
  return {
    layout: open.layout,
    ...(streets.length === 0 ? {} : { streets }),
    ...(spaces.length === 0 ? {} : { spaces }),
  }
}

function modeOf(draft: SetupDraft, { lanes }: LotPart): 'demo' | 'production' {
  const platform = draft.charge?.platform ?? 'later'
  const own = lanes.map(({ id }) => devicesOf(draft, id))
  const all = addressesOf({ ...draft, ...openMembers(draft), platform, lanes: own })
  const isReal = (url: string): boolean => isRealPort(url) || isHidLink(url) || isKeyLink(url)
  return all.some(isSimulated) && !all.some(isReal) ? 'demo' : 'production'
}

export const spacesOf = ({ spaces }: LotPart): number =>
  spaces.ordinary + spaces.charging + spaces.special

const minutesPerDay = 1440

function capsOf({ offline }: SetupDraft) {
  if (offline === undefined) return standardCaps
  const { totalFen, perChargeFen, count, days } = offline
  return { ...standardCaps, totalFen, perChargeFen, count, oldestMin: days * minutesPerDay }
}

const isPush = (link: string): boolean => link.startsWith('push:')

/** Lanes whose camera pushes to this machine. */
export const pushingLanes = (draft: SetupDraft): readonly string[] =>
  (draft.lot?.lanes ?? []).map(({ id }) => id).filter((id) => isPush(devicesOf(draft, id).camera))

/** Sources of spaces that push to this machine. */
export const pushingSources = ({ open }: SetupDraft): readonly string[] =>
  (open?.sensors ?? []).flatMap(({ id, link }) => (isPush(link.trim()) ? [id] : []))

/** Addresses that may push: the named cameras; with a loopback address only this machine. */
export function intakeOf({ devices }: SetupDraft) {
  const { host = '', port = 0, cameras = [] } = devices?.intake ?? {}
  const allow = cameras.length === 0 && isLoopback(host) ? ['127.0.0.1'] : cameras
  return host === '' || port === 0 || allow.length === 0 ? null : { host, port, allow }
}

function copiesOf({ keep }: SetupDraft): object {
  const to = keep?.to.trim() ?? ''
  if (to === '') return {}
  const { hostKey } = keep ?? {}
  return { copies: isServer(to) && hostKey !== undefined ? { to, hostKey } : { to } }
}

/** Empty facts are left out; spaces without a kind are ordinary. */
function onRecordOf({ spaces, ...lot }: LotPart) {
  const [district, qualification] = [lot.district.trim(), lot.qualification.trim()]
  return {
    ...(spaces.charging + spaces.special === 0 ? {} : { spaceKinds: spaces }),
    ...(district === '' ? {} : { district }),
    ...(qualification === '' ? {} : { qualification }),
  }
}

const placeOf = (reader: LotPart['lanes'][number]['reader']) =>
  reader === undefined
    ? {}
    : { place: { kind: 'handheld' as const, ...filedOf(placeRow.of.handheld, reader) } }

/** The value of lot.json, before its check; a part that was not filled in has its standard values. */
export function lotOfDraft(draft: SetupDraft, lot: LotPart): unknown {
  const { charge, offline } = draft
  const platform = charge?.platform ?? 'later'
  const intake = intakeOf(draft)
  const { caps = {}, ...settings } = membersOfAnswers(draft.settings ?? {})
  return {
    ...settings,
    version: 1,
    mode: modeOf(draft, lot),
    lotId: lot.lotId,
    name: { zh: lot.name, en: lot.name },
    provinceCode: lot.provinceCode,
    nodeId: 'n1',
    chargeMode: chargeModeOf(draft),
    offline: offline?.policy ?? 'other-payment',
    caps: { ...capsOf(draft), ...caps },
    capacity: spacesOf(lot),
    ...onRecordOf(lot),
    ...openMembers(draft),
    lanes: pairReused(
      lot.lanes.map(({ id, name, layout, direction, reader }) => {
        return {
          id,
          name: { zh: name === '' ? id : name, en: name === '' ? id : name },
          direction,
          layout,
          ...filedOf(laneDeviceMembers, devicesOf(draft, id)),
          ...placeOf(reader),
          ...(draft.siting?.[id] === undefined ? {} : { siting: draft.siting[id] }),
        }
      }),
      ({ layout }) => layout,
    ),
    platform,
    ...filedParts(draft),
    ...copiesOf(draft),
    tariffFile: 'tariff.json',
    ...(intake === null ? {} : { intake }),
  }
}

/** A usual tariff of a small lot; it does not count before a person saves it. */
export const usualTariff: SimpleTariff = {
  freeMin: 15,
  firstPeriodMin: 60,
  firstFen: 300,
  nextPeriodMin: 60,
  nextFen: 200,
  dailyCapFen: 2000,
  dayBoundary: 'calendar',
  freeMinutesCounted: true,
  graceAfterPayMin: 15,
}

/** The value of the tariff file; the caller checks it. */
export const tariffOfPart = (part: TariffPart): Tariff =>
  'editions' in part ? (part as unknown as Tariff) : tariffOfSimple(part)

function tariffOfSimple(part: SimpleTariff): Tariff {
  const { firstPeriodMin, firstFen, nextPeriodMin, nextFen, freeMin, freeMinutesCounted } = part
  const capFen = part.dailyCapFen ?? undefined
  const first = { min: firstPeriodMin, fen: firstFen, times: 1 }
  const plan: TariffPlan = {
    freeMin,
    freeMinutesCounted,
    stepsRestart: 'never',
    bands: [{ from: '00:00', to: '24:00', steps: [first, { min: nextPeriodMin, fen: nextFen }] }],
    caps: part.dayBoundary === 'calendar' ? { dayFen: capFen } : { day24hFen: capFen },
  }
  return { ...free, use: 'commercial', editions: [edition(part.graceAfterPayMin, plan)] }
}

const edition = (graceAfterPayMin: number, plan: TariffPlan) => ({
  graceAfterPayMin,
  plans: [plan],
})
const free: Tariff = {
  id: 'tariff-1',
  version: 2,
  name: { zh: '收费标准', en: 'Tariff' },
  use: 'nonCommercial',
  decidedBy: 'exit',
  days: { holidays: [], workdays: [] },
  editions: [],
}

/** Tariff of a whole draft: a lot registered as non-commercial charges nothing. Null: no prices yet. */
export function tariffOfDraft({ lot, tariff }: SetupDraft): Tariff | null {
  const own = tariff === undefined ? null : tariffOfPart(tariff)
  return lot?.trade === 'filed' && own?.use !== 'nonCommercial' ? free : own
}
