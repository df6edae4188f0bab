// Drives an antenna on a link of its own for survey row 6, by the bench driver, which reads OBUs and releases them.
// Its settings must be known (SET-07): a survey changes no settings.
import type { DrivenAntenna } from '../../runs/cross-read-run.ts'
import { BenchRsu, benchFolder } from '#devices/desk/bench/bench-rsu.ts'

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
    // An OBU that answers but cannot be read still takes part in the neighbour's traffic.
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
