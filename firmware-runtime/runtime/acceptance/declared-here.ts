// What the lot of a folder declares of itself: lot.json, the interfaces of its province, and its test OBUs.
import { declarationOf, type Declaration } from '../../acceptance/declaration.ts'
import type { LotConfig } from '../../core/lot/config.ts'
import { channelNames } from '../../core/values/destination-members.ts'
import { provinceOf } from '../../platforms/dialects.ts'
import { loadLot } from '../folder/lot-file.ts'
import { testObusHere } from './test-obus.ts'

/** What a lot says of itself, from which its declaration is made. Throws FILE-02. */
export const declaredHere = (dir: string, config: LotConfig) => ({
  chargeMode: config.chargeMode,
  lanes: config.lanes.map(({ id, direction, rsu }) => ({
    laneId: id,
    direction,
    hasAntenna: rsu !== null,
  })),
  testObus: testObusHere(dir),
  platforms: channelNames.filter((name) => (config[name] ?? null) !== null),
  interfaces: (provinceOf(config)?.dialect.interfaces ?? []).map(({ id }) => id),
})

/** Throws FILE-02. */
export const declarationHere = (dir: string): Declaration =>
  declarationOf(declaredHere(dir, loadLot(dir).config))
