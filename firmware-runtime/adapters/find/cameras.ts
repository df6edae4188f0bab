// Every way to ask for cameras, at once: ONVIF, and the makers' own searches for those with ONVIF off.
// One host with a port is asked all three there: what is no question to it, it does not answer.
import type { FoundCamera } from '../../ports/find.ts'
import { askDahua } from './dahua-search.ts'
import { askSadp } from './sadp.ts'
import { probeCameras } from './ws-discovery.ts'

export async function camerasOn(card: string, waitMs: number): Promise<readonly FoundCamera[]> {
  const ways = [probeCameras, askSadp, askDahua]
  return (await Promise.all(ways.map((ask) => ask({ card, waitMs })))).flat()
}

/** `port`: null for the usual one of each way. */
export async function camerasAt(
  host: string,
  port: number | null,
  waitMs: number,
): Promise<readonly FoundCamera[]> {
  const card = '0.0.0.0'
  const at = (usual: number) => ({ card, to: { host, port: port ?? usual }, waitMs })
  const found = [probeCameras(at(3_702)), askSadp(at(37_020)), askDahua(at(37_810))]
  return (await Promise.all(found)).flat()
}
