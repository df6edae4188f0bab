// A lot with a handheld and a pile for tests of the calls about places, enclosed or open.
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { ControlActs } from '#base/desk/handlers/control-acts.ts'
import { placeCalls } from '#lane/desk/handlers/control-place.ts'
import { PhotoDrafts } from '#base/desk/handlers/photo-drafts.ts'
import { demoTariff } from '#money/tariff/demo-tariff.ts'
import { LotRuntime } from '#lane/lot/lot-runtime.ts'
import { PlaceWatch } from '#lane/lot/place-watch.ts'
import type { RsuCommand } from '#devices/pure/etc/rsu.ts'
import { standardTimes } from '#lane/pure/lane.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { mintId } from '#ledger/pure/lot/lot.ts'
import type { PlaceConfig } from '#devices/pure/place/place.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { plate } from '../../lane/pure/lane-bench.ts'
import { HandClock, ListLedger, startMs, steadyClock } from './control-kit.ts'
import { lotFile } from '../../lane/lot/lot-kit.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

export const center = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000 }
const handheld: PlaceConfig = {
  kind: 'handheld',
  fence: { shape: 'circle', center, radiusM: 12 },
  gnss: null,
}
const lane = { direction: 'exit', camera: null, barrier: null, display: null, rsu: 'tcp://x:1' }
const name = { zh: '手持机', en: 'Handheld' }

export class PlaceLot {
  readonly clock = new HandClock()
  readonly ledger: ListLedger
  readonly told: RsuCommand[] = []
  readonly runtime: LotRuntime
  readonly acts: ControlActs
  readonly call: ReturnType<typeof placeCalls>
  private ids = 0
  /** Ids of stored photos of cars, newest last; `isFull`: the disk takes none. */
  readonly stored: string[] = []
  isFull = false
  readonly photos = new PhotoDrafts((laneId, _jpeg, of) => {
    if (this.isFull || of !== 'cars') return null
    this.stored.push(`20261120-081502-${laneId}-${this.stored.length + 1}`)
    return this.stored.at(-1) ?? null
  })

  /** `rows`: from an earlier run. `layout`: of an open lot, which has no lanes beside its places. */
  constructor(rows: readonly LedgerRow[] = [], layout: string | null = null) {
    const { clock } = this
    const spaces = [{ id: 'mag', link: 'push:nb-iot', spaces: { d1: 'P1', d2: 'P2' } }]
    const layouts = layout === null ? {} : { layout }
    this.ledger = new ListLedger(rows)
    const watch = new PlaceWatch(handheld, clock)
    const rsu = {
      send: (c: RsuCommand) => void this.told.push(c),
      hasProof: false,
      silenceMs: 0,
      resultTimeMs: 5000,
      psams: () => [{ terminal: '370100000001', authorised: true }],
    }
    this.runtime = new LotRuntime({
      dialect: guangxi,
      config: {
        ...lotFile(),
        offline: 'accept-within-caps',
        platform: 'later',
        ...layouts,
        ...(layout === null ? {} : { spaces }),
        lanes: [
          ...(layout === null ? lotFile().lanes : [{ ...lane, ...layouts, id: 'gantry', name }]),
          { ...lane, ...layouts, id: 'handheld', name, place: handheld },
          { ...lane, ...layouts, id: 'pile', name, place: { kind: 'etc-pile', space: 'A12' } },
        ],
      } as LotConfig,
      tariff: demoTariff,
      ledger: this.ledger,
      crypto: standInCrypto,
      business: steadyClock(() => startMs + Math.floor(clock.us / 1000)),
      mono: clock,
      uploader: null,
      devicesOf: (laneId) => ({
        rsu,
        barrier: null,
        display: null,
        ...(laneId === 'handheld' ? { place: watch } : {}),
      }),
      fatal: (fault) => {
        throw fault
      },
      idle: () => undefined,
      statusList: { version: 'v1', asOfMs: startMs, has: () => false },
      version: 'test',
      repair: 'B',
      times: standardTimes,
    })
    const { runtime } = this
    runtime.start()
    const body = { psamNo: '1', validUntilMs: startMs + 86_400_000, status: 1 }
    if (rows.length === 0)
      runtime.append([
        { kind: 'signIn', atMs: startMs, body },
        cameIn(mintId(runtime.lot, { lotId: 'GX1', nodeId: 'n1' }, 'S'), startMs - 4_200_000, {
          atMs: startMs,
        }),
      ])
    this.acts = new ControlActs(runtime, clock)
    this.call = placeCalls({ runtime, acts: this.acts, photos: this.photos })
    for (const laneId of runtime.lanes.keys())
      runtime.dispatch(laneId, { type: 'rsuUp', psamTerminals: [], rsuId: '' })
  }

  stands(north = 0, accuracyMm: number | null = 3_000): void {
    const position = { ...center, latMicrodeg: center.latMicrodeg + north, accuracyMm }
    const atIso = isoOf(startMs + ++this.ids * 1000)
    this.call['place.position']({ laneId: 'handheld', atIso, position })
  }

  charge(
    of = plate,
    laneId = 'handheld',
    commandId = `place-${++this.ids}-cmd`,
    confirmed: { amountFen?: number } = {},
  ) {
    const who = { by: '收费员', reason: '巡场', commandId }
    return this.call['place.charge']({ laneId, plate: of, ...confirmed, ...who }, 'attendant')
  }

  quote(of = plate) {
    return this.call['place.quote']({ laneId: 'handheld', plate: of })
  }

  settle(means: 'cash' | 'later') {
    const commandId = `settle-${++this.ids}-cmd`
    const who = { by: '收费员', reason: '现金', commandId }
    return this.acts.settle({ laneId: 'exit', means, ...who }, 'attendant')
  }

  get view() {
    return this.call['place.state']({ laneId: 'handheld' }).places[0]
  }

  rows<K extends LedgerRow['kind']>(kind: K): Extract<LedgerRow, { kind: K }>[] {
    return this.ledger.list.filter(
      (row): row is Extract<LedgerRow, { kind: K }> => row.kind === kind,
    )
  }
}
