// An antenna on a link of its own, driven for row 6: by the driver of the bench, which reads OBUs and lets
// them go. Its settings must be known already (SET-07): a survey changes none of them.
import type { DrivenAntenna } from '../../app/survey/cross-read-run.ts'
import { BenchRsu, benchFolder } from '../bench/bench-rsu.ts'

export async function driveAntenna(
  link: string,
  folder = benchFolder(),
  signal?: AbortSignal,
): Promise<DrivenAntenna> {
  const onAnswer = new Set<(obuId: string, frame: string) => void>()
  const bench = await BenchRsu.open(link, folder, {
    program: 'etc-lane survey',
    mustBeMet: true,
    ...(signal === undefined ? {} : { signal }),
  })
  const { handle, settingsStore } = bench
  settingsStore.onSignal.add((obuSignal) => {
    // An OBU that answers and cannot be read takes part in the neighbour's traffic all the same.
    if (obuSignal.type === 'trigger' || obuSignal.obuId === null) return
    if (obuSignal.type === 'frame' && (obuSignal.direction === 'out' || obuSignal.frame !== 'B2'))
      return
    for (const tell of onAnswer)
      tell(obuSignal.obuId, obuSignal.type === 'frame' ? obuSignal.hex : '')
  })
  const search = (on: boolean): void => handle.command({ do: 'search', on })
  search(false)
  return { onAnswer, search, close: () => bench.close() }
}
