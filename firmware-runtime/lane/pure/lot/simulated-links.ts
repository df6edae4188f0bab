// Links of a lot that go to simulators: `sim:`, or an address of this machine, where no device of a lane and no platform
// is. Written into the ledger at each start, so that a later change of the lot file changes nothing of what happened.
import { channelNames } from '#base/pure/lot/destination-members.ts'
import { hostOf, isLoopback } from '#base/pure/lot/simulated.ts'
import type { ChannelName, LotConfig } from '#base/pure/lot/config.ts'

const isSimulated = (url: string): boolean =>
  url.startsWith('sim:') || isLoopback(hostOf(url) ?? '')

/** `laneId/device`, or the name of the destination. */
export function simulatedLinks(config: Pick<LotConfig, 'lanes' | ChannelName>): readonly string[] {
  const devices = config.lanes.flatMap(({ id, rsu, camera, barrier }) =>
    Object.entries({ rsu, camera, barrier }).map(([name, url]) => [`${id}/${name}`, url] as const),
  )
  const channels = channelNames.map((name) => {
    const channel = config[name] ?? null
    return [name, channel === null || channel === 'later' ? null : channel.url] as const
  })
  return [...devices, ...channels].flatMap(([name, url]) =>
    url !== null && isSimulated(url) ? [name] : [],
  )
}
