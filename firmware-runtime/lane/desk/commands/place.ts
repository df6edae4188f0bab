// `etc-lane place state | quote | charge | record | position`: piles and handhelds, used by a person with name and reason. Exit
// code of a charge: 0 paid, 1 it needs a person or is not over yet.
import { setTimeout as pause } from 'node:timers/promises'
import type { PlaceView } from '../../calls/place-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { photoUploadBytesMax } from '#base/pure/data/photo.ts'
import { mustBePhoto } from '#base/desk/folder/measure-photos.ts'
import { readBytes } from '#base/process/read-file.ts'
import { act, commandOf, whoOf, printed } from '#base/desk/commands/acts.ts'
import { folderOf, runningClient, type RuntimeClient } from '#base/desk/commands/client.ts'
import { heldDraft } from '#base/desk/commands/held-draft.ts'

const pollMs = 100
const waitSecUsual = 30
/** States in which nothing more happens by itself. */
const over: readonly PlaceView['state'][] = ['idle', 'manual', 'asking']

async function settled(client: RuntimeClient, laneId: string, waitSec: number): Promise<PlaceView> {
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const [place] = (await client.call('place.state', { laneId })).places
    if (place === undefined) throw new LaneFault('PLACE-07', { field: '--lane', value: laneId })
    if (over.includes(place.state) || waitedMs >= waitSec * 1000) return place
    await pause(pollMs)
  }
}

const charge = act(
  [
    'place charge --data DIR --lane L --plate P [--amount FEN] --by NAME --reason TEXT [--command-id ID] [--wait SEC]',
  ],
  async (values) => {
    const client = runningClient(folderOf(values.data))
    const { lane: laneId, plate, amount, wait = waitSecUsual } = values
    const who = whoOf(values)
    const answer = await client.call('place.charge', {
      laneId,
      plate,
      ...(amount === undefined ? {} : { amountFen: amount }),
      ...who,
    })
    const place = await settled(client, laneId, wait)
    const ok = place.state === 'idle'
    return printed({ ...answer, ok, commandId: who.commandId, place }, ok)
  },
)

/** `--photo`: of the car there, by which another person confirms the plate (`arrears confirm`). */
const record = act(
  [
    'place record --data DIR --lane L --space ID --plate P [--photo JPEG] --by NAME --reason TEXT [--command-id ID]',
  ],
  async (values) => {
    const client = runningClient(folderOf(values.data))
    const { lane: laneId, space: spaceId, plate, photo } = values
    const who = whoOf(values)
    const jpeg = photo === undefined ? null : readBytes(photo, photoUploadBytesMax)
    if (jpeg !== null) mustBePhoto(jpeg, photo ?? '')
    const photoDraft = jpeg === null ? undefined : await heldDraft(client, jpeg)
    const args = { laneId, spaceId, plate, ...who }
    const answer = await client.call(
      'place.record',
      photoDraft === undefined ? args : { ...args, photoDraft },
    )
    return printed({ ...answer, commandId: who.commandId }, true)
  },
)

export const placeCommand = commandOf('place', [charge, record])
