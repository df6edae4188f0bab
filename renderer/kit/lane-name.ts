// The name of a lane in the reader's language, wherever a row only has its id.
// The device on the workbench is called by its link; what the board does not have (any more) keeps its id.
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
