// Opens the page of a stay from a row of a list, of the board or of a pile.
// A row without a stay, or a person who may not read it, opens nothing.
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
