// Reads lot.json and checks its meaning. Refusals name file, field and value. The result is a LotConfig that core may
// trust.
import { type FaultCode, LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { onFault } from '#base/pure/faults/on-fault.ts'
import { shownLink } from '#base/pure/links/camera-link.ts'
import { parseLinkUrl } from '#base/pure/links/link-url.ts'
import { parseWatchLink } from '#devices/pure/watch/watch-link.ts'
import { openOf } from '../../pure/layouts/index.ts'
import { areasOf, joinedPlatform, type LaneConfig, type LotConfig } from '#base/pure/lot/config.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { isServer, sftpPlaceOf } from '#base/pure/lot/copy-place.ts'
import { type LaneKind, laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'
import { sensorInputOf } from '#devices/pure/detector/contacts/link.ts'
import { laneDevices } from '#devices/pure/lane-devices.ts'
import { isProfileId, linkQuery, profileShape } from '#devices/pure/link-query.ts'
import { readStrictJson } from '#base/process/strict-json.ts'
import { withToldKinds } from './former-members.ts'
import { checkBeside } from './beside-file.ts'
import { checkLayout, checkOpen, withLayouts } from './layout-file.ts'
import { lotSchema } from './lot-schema.ts'
import { lotWhy } from '../lot-why.ts'
import { checkPlace } from './place-file.ts'
import { checkPlans } from './plan-file.ts'
import { checkPublished } from './published-file.ts'
import { checkStreets } from './street-file.ts'

/** Checks an RSU link as in a lot file; LOT-03 when it is invalid. */
export function checkRsuLink(url: string): string {
  const detail = { field: '--link', value: url.slice(0, 200) }
  const { hasShape, nameFault } = laneDevices.rsu
  if (!hasShape(url)) throw new LaneFault('LOT-03', detail)
  const note = nameFault?.(url) ?? null
  if (note !== null) throw new LaneFault('LOT-03', { ...detail, note })
  return url
}

/** Checks a link of any device by itself; LOT-03 as in a lot file. */
export function checkDeviceLink(kind: LaneKind, url: string): void {
  const { hasShape, check, nameFault } = laneDevices[kind]
  const detail = { field: '/link', value: shownLink(url).slice(0, 200) }
  if (!hasShape(url)) throw new LaneFault('LOT-03', detail)
  check(url, '/link')
  const note = nameFault?.(url) ?? null
  if (note !== null) throw new LaneFault('LOT-03', { ...detail, note })
}

/** A checked lot from the bytes of its file. Throws FILE-02, LOT-02 to LOT-05. */
export function readLot(source: Uint8Array | string, file: string): LotConfig {
  return checkLot(readStrictJson(source, file), file)
}

export function checkLot(value: unknown, file: string): LotConfig {
  const parsed = lotSchema.safeParse(withToldKinds(value, ['platform']))
  if (!parsed.success) {
    const issue = deepest(parsed.error.issues)
    const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const path = [...(issue?.path ?? []), ...extra]
    throw refusal('LOT-02', file, jsonPointer(path), valueAt(value, path), issueWhy(issue))
  }
  const lot = withLayouts(parsed.data, file)
  const seen = new Set<string>()
  lot.lanes.forEach((lane, i) => {
    if (seen.has(lane.id)) throw refusal('LOT-04', file, `/lanes/${i}/id`, lane.id)
    seen.add(lane.id)
    checkLayout(lot, lane, i, file)
    checkLinks(lot, lane, i, file)
    checkSensors(lot, lane, i, file)
    inFile(file, () => checkPlace(lot, i, file, isRealPort))
  })
  checkKinds(lot, file)
  checkAreas(lot, file)
  checkCopies(lot, file)
  checkSpaces(lot, file)
  checkOpen(runningLot(lot), file)
  checkStreets(lot, file, (url, field) => checkLink(lot, 'rsu', url, { file, field }))
  inFile(file, () =>
    checkPlans(runningLot(lot), file, (url, field) => {
      if (lot.mode === 'demo' && isRealPort(url))
        throw refusal('LOT-05', file, field, shownLink(url), lotWhy.noNetwork)
    }),
  )
  inFile(file, () => checkBeside(lot, isRealPort))
  inFile(file, () => checkPublished(lot))
  if (lot.mode === 'demo' && lot.gateway !== undefined && isRealPort(lot.gateway.url))
    throw refusal('LOT-05', file, '/gateway/url', lot.gateway.url, lotWhy.demoTakesNoMoney)
  if (lot.chargeMode === 'online' && lot.offline === 'accept-within-caps') {
    const note = lotWhy.capsAreOfCard
    throw refusal('LOT-02', file, '/offline', lot.offline, note)
  }
  if (lot.chargeMode === 'online' && joinedPlatform(lot) === null)
    throw refusal(
      'LOT-02',
      file,
      '/platform',
      JSON.stringify(lot.platform),
      lotWhy.onlineNeedsPlatform,
    )
  checkAccess(runningLot(lot), file)
  return lot
}

/** An access system of another maker charges the orders of exit lanes, and reads the OBUs there itself (ADR 411). */
function checkAccess(lot: LotConfig, file: string): void {
  if (joinedPlatform(lot)?.interface !== 'access') return
  lot.lanes.forEach(({ rsu, layout }, i) => {
    if (rsu !== null) throw refusal('LOT-02', file, `/lanes/${i}/rsu`, rsu, lotWhy.accessReadsObus)
    if (openOf(layout) !== null)
      throw refusal('LOT-02', file, `/lanes/${i}/layout`, layout, lotWhy.accessOfEnclosed)
  })
}

function checkKinds({ spaceKinds, capacity }: LotConfig, file: string): void {
  if (spaceKinds === undefined) return
  const sum = spaceKinds.ordinary + spaceKinds.charging + spaceKinds.special
  if (sum !== capacity)
    throw refusal('LOT-02', file, '/spaceKinds', String(sum), lotWhy.kindsAddUp(sum))
}

/** Areas with a number of spaces are those that entry lanes lead into. */
function checkAreas(lot: LotConfig, file: string): void {
  const { areas = [], capacity } = lot
  const known = areasOf(lot)
  const refuse = (at: string, value: string, note: Why): LaneFault =>
    refusal('LOT-02', file, `/areas${at}`, value, note)
  areas.forEach(({ name }, i) => {
    if (!known.includes(name)) throw refuse(`/${i}/name`, name, lotWhy.noSuchArea)
    if (areas.findIndex((one) => one.name === name) < i)
      throw refuse(`/${i}/name`, name, lotWhy.areaTwice)
  })
  const sum = areas.reduce((all, { spaces }) => all + spaces, 0)
  if (sum > capacity) throw refuse('', String(sum), lotWhy.areasWithin(capacity))
}

/** Copies need an existing folder, or a folder of a server with its host key. */
function checkCopies({ copies }: LotConfig, file: string): void {
  if (copies === undefined) return
  const { to, hostKey } = copies
  const refuse = (member: string, value: string, note: Why): LaneFault =>
    refusal('LOT-02', file, `/copies/${member}`, value, note)
  if (isServer(to) && sftpPlaceOf(to) === null) throw refuse('to', to, lotWhy.copyPlace)
  if (isServer(to) !== (hostKey !== undefined))
    throw refuse('hostKey', hostKey ?? '', lotWhy.copyHostKey)
}

type Issue = NonNullable<ReturnType<typeof lotSchema.safeParse>['error']>['issues'][number]

/** The first issue; among alternatives the deepest one, so that it names the wrong field. */
function deepest(issues: readonly Issue[], under: readonly PropertyKey[] = []): Issue | undefined {
  const [issue] = issues
  if (issue === undefined) return undefined
  const path = [...under, ...issue.path]
  if (issue.code !== 'invalid_union') return { ...issue, path }
  const found = issue.errors.map((inner) => deepest(inner as readonly Issue[], path))
  return found.reduce((a, b) => ((b?.path.length ?? 0) > (a?.path.length ?? 0) ? b : a), {
    ...issue,
    path,
  })
}

function checkLinks(lot: LotConfig, lane: LaneConfig, i: number, file: string): void {
  for (const kind of laneKinds) {
    const url = lane[kind]
    if (url === null) continue
    const field = `/lanes/${i}/${kind}`
    if (url.startsWith('camera:') && lane.camera === null)
      throw refusal('LOT-03', file, field, url, lotWhy.noCameraToPass)
    checkLink(lot, kind, url, { file, field })
  }
}

function checkLink(
  { mode }: Pick<LotConfig, 'mode'>,
  kind: LaneKind,
  url: string,
  { file, field }: { readonly file: string; readonly field: string },
): void {
  const { hasShape, check, nameFault } = laneDevices[kind]
  if (!hasShape(url)) throw refusal('LOT-03', file, field, url)
  inFile(file, () => check(url, field))
  const unnamed = nameFault?.(url) ?? null
  if (unnamed !== null) throw refusal('LOT-03', file, field, url, unnamed)
  if (mode === 'production' && url.startsWith('sim:'))
    throw refusal('LOT-05', file, field, url, lotWhy.noSimulated)
  if (mode === 'demo' && isRealPort(url)) throw refusal('LOT-05', file, field, url, lotWhy.isDemo)
}

function checkSpaces(lot: LotConfig, file: string): void {
  const ids = new Set(lot.lanes.map(({ id }) => id))
  const spaces = new Set<string>()
  lot.spaces?.forEach((source, i) => {
    const field = `/spaces/${i}/link`
    if (ids.has(source.id)) throw refusal('LOT-04', file, `/spaces/${i}/id`, source.id)
    ids.add(source.id)
    inFile(file, () => parseWatchLink(source.link, field))
    const profile = linkQuery(source.link, 'profile')
    if (profile !== null && !isProfileId(profile))
      throw refusal('LOT-03', file, field, shownLink(source.link), profileShape)
    for (const [deviceId, spaceId] of Object.entries(source.spaces)) {
      const at = `/spaces/${i}/spaces/${deviceId}`
      // Two sensors of one space could disagree, and nothing says which one is right.
      if (spaces.has(spaceId)) throw refusal('LOT-02', file, at, spaceId, lotWhy.spaceTaken)
      spaces.add(spaceId)
    }
    if (lot.mode === 'demo' && isRealPort(source.link))
      throw refusal('LOT-05', file, field, shownLink(source.link), lotWhy.noNetwork)
  })
}

function checkSensors(lot: LotConfig, lane: LaneConfig, i: number, file: string): void {
  const seen = new Set<string>()
  lane.sensors?.forEach(({ role, link: url }, n) => {
    const field = `/lanes/${i}/sensors/${n}/link`
    const refuse = (note: Why): never => {
      throw refusal('LOT-03', file, field, url, note)
    }
    inFile(file, () => {
      const { board } = sensorInputOf(url, field)
      if (board !== null) parseLinkUrl(board.url, field)
      if (board === null && lane.barrier === null) refuse(lotWhy.noBarrier)
    })
    const profile = linkQuery(url, 'profile')
    if (profile !== null && !isProfileId(profile)) refuse(profileShape)
    // Two loops with one role could disagree, and nothing says which one is right.
    for (const one of role === 'presence' ? [url] : [url, role])
      if (seen.has(one))
        refuse(one === url ? lotWhy.inputTwice : t(`有两个 ${role}`, `there are two ${role}`))
      else seen.add(one)
    if (lot.mode === 'demo' && isRealPort(url))
      throw refusal('LOT-05', file, field, url, lotWhy.noHardware)
  })
}

/** Serial adapters and addresses of other machines: a demo may open neither (design.md section 2). */
export function isRealPort(url: string): boolean {
  if (/^serial:(\/dev\/(tty(S|USB|ACM|AMA|XR)|serial\/)|COM\d)/i.test(url)) return true
  const host = hostOf(url)
  return host !== null && !isLoopback(host)
}

/** Adds the file name to refusals of `check`. */
export function inFile(file: string, check: () => void): void {
  onFault(check, (error) => {
    throw new LaneFault(error.code, { ...error.detail, file })
  })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value
  for (const key of path)
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return at === undefined ? '' : (JSON.stringify(at) ?? '').slice(0, 80)
}

const refusal = (
  code: FaultCode,
  file: string,
  field: string,
  value: string,
  note?: Why,
): LaneFault => new LaneFault(code, { file, field, value, ...(note === undefined ? {} : { note }) })
