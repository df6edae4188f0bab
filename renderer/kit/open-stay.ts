// All of one stay is on the page of its passage: rows of lists, of the board and of piles open it.
// A row without a stay opens nothing, and neither does one for who may not read it.
import { useSeat } from './seat-store.ts'
import { useRouter } from 'vue-router'

export function useOpenStay(): (stayId: string | null) => void {
  const router = useRouter()
  const seat = useSeat()
  return (stayId) => {
    if (stayId !== null && seat.can('ledger.timeline'))
      void router.push(`/ledger/${encodeURIComponent(stayId)}`)
  }
}
