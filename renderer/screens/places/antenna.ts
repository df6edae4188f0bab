// The antenna of a place in words: heard so many seconds ago, lost and why, or taken over by whom.
// As the top bar says it of the antenna of a lane.
import { computed, type ComputedRef } from 'vue'
import type { LaneView } from '../../../firmware-runtime/api/views.ts'
import { useBoard } from '../../api/board-store.ts'
import { useWords } from '../../app/words.ts'

/** A blip is not an alarm (ui.md section 3). */
const lostAfterMs = 10_000

interface Said {
  readonly tone: 'ok' | 'warn' | 'bad' | 'off'
  readonly word: string
}

export function useAntenna(lane: () => LaneView | undefined): ComputedRef<Said> {
  const board = useBoard()
  const words = useWords()
  const { t } = words
  return computed(() => {
    const device = lane()?.devices.rsu
    if (device === undefined) return { tone: 'off', word: t('common.none') }
    const heardMs = board.heardMsAgo(device)
    const heard =
      heardMs === null
        ? t('top.neverHeard')
        : t('top.heard', { seconds: Math.floor(heardMs / 1_000) })
    if (device.state === 'up') return { tone: 'ok', word: `${t('top.up')} · ${heard}` }
    const { reason } = device
    const why = reason === undefined ? [] : [words.known('top.why', reason)]
    const word = [t('top.down'), ...why, heard].join(' · ')
    return { tone: heardMs === null || heardMs > lostAfterMs ? 'bad' : 'warn', word }
  })
}
