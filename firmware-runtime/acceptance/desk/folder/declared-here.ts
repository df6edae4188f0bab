// What a lot declares: the members of lot.json, the interfaces of its province, and its test OBUs.
import type { Aim } from '../service/session.ts'
import { declarationOf, type Declaration } from '../../pure/declaration.ts'
import { openLayoutOf, openOf } from '#lane/pure/layouts/index.ts'
import { joinedPlatform, type ChannelName, type LotConfig } from '#base/pure/lot/config.ts'
import { runningLot } from '#base/pure/lot/streets.ts'
import { channelNames } from '#base/pure/lot/destination-members.ts'
import { provinceOf } from '#ledger/pure/platforms/dialects.ts'
import { loadLot } from '#lane/folder/lot-file.ts'
import { testObusHere } from './test-obus.ts'

/** A platform without a channel is not joined. In an aimed run the target platform stands for the record platform. */
function isJoined(config: LotConfig, name: ChannelName, isAimed: boolean): boolean {
  if (name === 'platform') return isAimed || joinedPlatform(config) !== null
  return (config[name] ?? null) !== null
}

/** The facts of the lot from which its declaration is made. Throws FILE-02. */
export const declaredHere = (dir: string, config: LotConfig, aim: Aim | null) => ({
  chargeMode: config.chargeMode,
  watch: openOf(openLayoutOf(config) ?? '')?.watch ?? null,
  // A pile is an antenna lane of the running lot.
  lanes: runningLot(config).lanes.map(({ id, direction, rsu }) => ({
    laneId: id,
    direction,
    hasAntenna: rsu !== null,
  })),
  testObus: testObusHere(dir),
  platforms: channelNames.filter((name) => isJoined(config, name, aim !== null)),
  interfaces: (provinceOf(config)?.dialect.interfaces ?? []).map(({ id }) => id),
})

/** Throws FILE-02. */
export const declarationHere = (dir: string, aim: Aim | null): Declaration =>
  declarationOf(declaredHere(dir, loadLot(dir).config, aim))
