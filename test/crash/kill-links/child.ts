// A lane runtime that will be killed: openSite on a data folder, real links to the test's simulators.
// Arguments: folder, file for the names of reached crash points. The test sends requests over the IPC channel.
import { openSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { systemWallClock } from '#base/time/system-clocks.ts'
import { openGmCrypto } from '#base/crypto/gm-crypto.ts'
import { keepNow } from '#ledger/files/fold-keeping.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { version } from '#base/process/version.ts'
import type { SiteTaps } from '#runtime/site/site-parts.ts'
import { openSite } from '#runtime/site/site.ts'
import { MoneyWitness } from '#harness/lot/money-witness.ts'
import { roundsAt } from '#harness/lot/open-road.ts'
import { exposureFen } from '#lane/pure/etc/offline.ts'
import { joinedPlatform } from '#base/pure/lot/config.ts'
import { present } from '#base/pure/values/must.ts'
import { SkipClock } from '../../wire/kit/skip-clock.ts'
import { KillPoints } from './points.ts'
import { foldOf, foldOfFile } from './fold.ts'
import type { Answer, Ask, Look } from './protocol.ts'

const [dir = '', hits = ''] = process.argv.slice(2)
const { config, tariff } = loadLot(dir)
const points = new KillPoints({
  chargeMode: config.chargeMode,
  platform: present(joinedPlatform(config), 'the lot has a platform'),
  hitsFd: openSync(hits, 'a'),
})
/** Checks that devices and platform hear of nothing before its row is durable. */
const witness = new MoneyWitness(() => Date.now())
const taps: SiteTaps = {
  ledger: (ledger) => points.ledger(witness.ledger(ledger)),
  devices: (laneId, devices) => points.devices(laneId, witness.devices(laneId, devices)),
  http: (client) => points.http(witness.http(client)),
}
const mono = new SkipClock()
const site = await openSite({
  dir,
  config,
  tariff,
  business: systemWallClock(),
  mono,
  timing: 'instant',
  taps,
  fatal: (fault) => {
    throw fault
  },
})
// A killed process cannot store its compile cache at exit, so store it now for the next one.
flushCompileCache()
const { runtime } = site
const foldAtStart = foldOf(runtime.lot, runtime.queue)
if (foldAtStart !== foldOfFile(dir))
  throw new Error(`kept at row ${runtime.keptSeq}, the state is not that of all rows`)

/** Stores the state far more often than a lot does, so that a kill can also hit the storing. */
const keptEachRows = 40
const { ledger } = site.opened
const place = { dir, nodeId: config.nodeId, program: version, crypto: openGmCrypto() }
const { chainKey } = site
let keptSeq = runtime.keptSeq
runtime.onChange.add(() => {
  if (ledger.head.seq - keptSeq < keptEachRows) return
  keptSeq = ledger.head.seq
  const rowsAfter = (seq: number): ReturnType<typeof ledger.rows> => ledger.rows(seq)
  const kept = keepNow({ place: { ...place, chainKey }, rowsAfter, sync: true })
  if (!kept.ok) throw new Error(kept.why)
})

function look(): Look {
  if (witness.violations.length > 0) throw new Error(JSON.stringify(witness.violations))
  const lanes: Record<string, Look['lanes'][string]> = {}
  for (const [laneId, { state, devices }] of runtime.lanes)
    lanes[laneId] = {
      name: state.name,
      manual: state.car?.manual ?? null,
      position: state.position,
      arrive: state.arrive,
      under: state.under,
      rsuUp: devices.rsu === null || state.rsuUp,
    }
  return {
    lanes,
    unsent: runtime.queue.records.size,
    aside: runtime.queue.aside.size,
    unknown: runtime.lot.unsettled.size,
    exposureFen: exposureFen(runtime.queue, runtime.lot),
    watched: [...runtime.lot.bySpace.keys()].filter((id) => runtime.openSpaces?.isWatched(id)),
    psams: runtime.lot.signIns.size,
    signedIn: runtime.lot.signInUntilMs !== null,
  }
}

let acts = 0
const act = () => ({
  by: 'attendant',
  role: 'attendant',
  reason: 'kill trial',
  commandId: `kill-${process.pid}-${++acts}`,
})

async function answer(ask: Ask): Promise<Answer> {
  switch (ask.do) {
    case 'look':
      return { look: look() }
    case 'arm':
      points.armed = ask.point
      return {}
    case 'settle':
      runtime.dispatch(ask.laneId, {
        type: 'settle',
        means: ask.means,
        amountFen: null,
        act: act(),
      })
      return {}
    case 'open':
      runtime.dispatch(ask.laneId, { type: 'openByHand', act: act() })
      return {}
    case 'inside':
      runtime.append(ask.rows)
      return {}
    case 'record': {
      const { place } = present(runtime.lanes.get(ask.laneId), 'the lot has a patrol car').devices
      place?.report({ at: roundsAt, accuracyMm: 3_000, deviceTimeMs: Date.now() })
      runtime.dispatch(ask.laneId, ask.event)
      return {}
    }
    case 'skip':
      mono.leap(ask.ms)
      return {}
    case 'retry':
      runtime.retryNow()
      return {}
    case 'fold':
      return { fold: foldOf(runtime.lot, runtime.queue) }
    case 'stop':
      await site.stop()
      return {}
  }
}

const tell = (message: unknown): void => void process.send?.(message)
process.on('message', ({ id, ask }: { id: number; ask: Ask }) => {
  answer(ask).then(
    (said) => {
      tell({ id, said })
      if (ask.do === 'stop') process.disconnect()
    },
    (error: unknown) => {
      throw error
    },
  )
})
process.on('disconnect', () => process.exit(0))
/** What pushes to the lot. */
const pushing = [
  ...config.lanes.flatMap(({ id, camera }) => (camera === null ? [] : [id])),
  ...(config.spaces ?? []).map(({ id }) => id),
]
tell({
  ready: Object.fromEntries(pushing.map((id) => [id, site.intake.url(id)])),
  fold: foldAtStart,
  keptSeq: runtime.keptSeq,
})
