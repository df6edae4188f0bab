// What waits for the person who is signed in, read anew every minute, for each person, and when a test has left a boom
// up. Empty on a workbench on which no lot is set up, and for a role that may not read it.
import { computed } from 'vue'
import { useBoard } from '../../api/board-store.ts'
import { useAnswer, useEvery } from './fresh.ts'
import { useSeat } from './seat-store.ts'

export function useMyMatters() {
  const board = useBoard()
  const seat = useSeat()
  const isRead = (): boolean =>
    board.status !== null && (board.mode !== 'workbench' || board.isSetup)
  const { data, read } = useAnswer(
    'inbox.get',
    () => (isRead() ? {} : null),
    () => `${seat.me?.id} ${board.board?.raised?.length ?? 0}`,
  )
  useEvery(60_000, read)
  const mine = computed(() => (data.value?.rows ?? []).filter(({ isMine }) => isMine))
  return { mine, read }
}
