// The name of a lane in the window's language, for rows that only have its id.
// The device on the workbench is named by its link; an id that the board does not know is shown as it is.
import { useBoard } from '../api/board-store.ts'
import { useWords } from './words.ts'

export function useLaneName(): (laneId: string) => string {
  const board = useBoard()
  const words = useWords()
  return (laneId) => {
    if (board.bench?.laneId === laneId) return board.bench.rsu.link
    const lane = board.lanes.find((l) => l.laneId === laneId)
    return lane === undefined ? laneId : words.of(lane.name)
  }
}
