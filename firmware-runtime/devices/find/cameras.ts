// All searches for cameras at once: ONVIF, and the makers' own searches for cameras with ONVIF off.
// A single host with a port gets all queries there; it does not answer those of other makers.
import { randomUUID } from 'node:crypto'
import type { CameraSearch } from '../pure/camera/search.ts'
import { cameraSearches } from '../pure/camera/searches.ts'
import type { FoundCamera } from '../ports/find.ts'
import { CameraList, type ProbeOptions } from './answers.ts'
import { askByUdp } from './ask-by-udp.ts'
import { probeCameras } from './ws-discovery.ts'

/** One maker's query on a named card, with its answers. */
export async function askMaker(
  { group, hearGroup, question, camera }: CameraSearch,
  { card, to = group, waitMs, enough = Infinity }: ProbeOptions,
): Promise<readonly FoundCamera[]> {
  const id = randomUUID().toUpperCase()
  const found = new CameraList()
  await askByUdp({ card, to, waitMs, question: question(id), hearGroup }, (answer, from) => {
    const one = camera(answer, id, from)
    if (one !== null) found.add(one)
    return found.size >= enough
  })
  return found.all()
}

export async function camerasOn(card: string, waitMs: number): Promise<readonly FoundCamera[]> {
  const makers = cameraSearches.map((search) => askMaker(search, { card, waitMs }))
  return (await Promise.all([probeCameras({ card, waitMs }), ...makers])).flat()
}

/** `port`: null for the usual port of each search. */
export async function camerasAt(
  host: string,
  port: number | null,
  waitMs: number,
): Promise<readonly FoundCamera[]> {
  const card = '0.0.0.0'
  const at = (usual: number) => ({ card, to: { host, port: port ?? usual }, waitMs })
  const makers = cameraSearches.map((search) => askMaker(search, at(search.group.port)))
  return (await Promise.all([probeCameras(at(3_702)), ...makers])).flat()
}
