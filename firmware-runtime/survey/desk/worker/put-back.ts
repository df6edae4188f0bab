// Switches off antennas that a crashed survey left searching: contacts each one when Studio starts again. The survey
// page shows the result.
import type { PutBackView } from '../../calls/measure-views.ts'
import { apiErrorOf } from '#base/process/api-fault.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { BenchRsu } from '#devices/desk/bench/bench-rsu.ts'
import { drivenNotes, type DrivenNote } from '#devices/desk/bench/driven-notes.ts'

async function putBack(folder: string, note: DrivenNote): Promise<LaneFault | null> {
  try {
    const bench = await BenchRsu.open(note.link, folder, {
      program: 'etc-lane survey',
      mustBeMet: true,
      keepsOff: true,
      putBack: () => undefined,
    })
    bench.close()
    return null
  } catch (error) {
    if (error instanceof LaneFault) return error
    throw error
  }
}

/** One after another. An antenna that another program drives now is skipped; that program keeps the note. */
export async function putBackAll(
  folder: string,
  left: readonly DrivenNote[],
): Promise<readonly PutBackView[]> {
  const notes = drivenNotes(folder)
  const putBacks: PutBackView[] = []
  for (const note of left) {
    const fault = await putBack(folder, note)
    if (fault?.code === 'LINK-03') continue
    // A device that waits for its power to be entered has answered, so its search is off.
    const isOff = notes.of(note.link) === null
    const { link, program, sinceIso } = note
    const why = isOff ? null : (fault ?? new LaneFault('LINK-02', { value: link }))
    putBacks.push({ link, program, sinceIso, fault: why === null ? null : apiErrorOf(why) })
  }
  return putBacks
}
